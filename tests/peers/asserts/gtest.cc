#include "common.h"

#include <cstring>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <ostream>

TEST(zoo, numbers) {
    EXPECT_EQ(count_legs(), 18);
}

TEST(zoo, line) {
    EXPECT_STREQ(notice(), wanted_notice);
}

static bool fed_up_to(int fed, const char *last) {
    return fed == 2 && strcmp(last, "Spot") == 0;
}

TEST(zoo, condition) {
    const char *last;
    int fed = feed_animals(&last);
    EXPECT_PRED2(fed_up_to, fed, last);
}

TEST(zoo, lines) {
    EXPECT_STREQ(report(), wanted_report);
}

static std::ostream &operator<<(std::ostream &out, enum kind kind) {
    static const char *const kinds[] = {"CAT", "DOG", "PARROT"};
    return out << kinds[kind];
}

static std::ostream &operator<<(std::ostream &out, const animal &animal) {
    return out << "{ .name = \"" << animal.name << "\", .legs = " << animal.legs
               << ", .weight = " << animal.weight << ", .kind = " << animal.kind << " }";
}

TEST(zoo, struct) {
    using namespace testing;
    EXPECT_THAT(find_animal("Spot"),
                AllOf(Field("name", &animal::name, StrEq("Spot")), Field("legs", &animal::legs, 4),
                      Field("weight", &animal::weight, 12.5), Field("kind", &animal::kind, DOG)));
}

TEST(zoo, array) {
    int hours[8], wanted[8] = {6, 8, 10, 12, 14, 16, 18, 20};
    feeding_hours(hours);
    EXPECT_THAT(hours, testing::ElementsAreArray(wanted));
}

TEST(zoo, tolerance) {
    EXPECT_NEAR(total_weight(), 61.3, 0.01);
}

TEST(zoo, null) {
    EXPECT_NE(keeper_of("Nessie"), nullptr);
}

static std::ostream &operator<<(std::ostream &out, enum food food) {
    return out << "(" << (food & MEAT ? " MEAT" : "") << (food & FISH ? " FISH" : "")
               << (food & HAY ? " HAY" : "") << " )";
}

TEST(zoo, flags) {
    EXPECT_EQ(diet_of("Jojo"), static_cast<food>(MEAT | FISH));
}

static void check_meals(const char *name) {
    EXPECT_EQ(meals_of(name), 2);
}

TEST(zoo, helper) {
    {
        SCOPED_TRACE("Spot");
        check_meals("Spot");
    }
    {
        SCOPED_TRACE("Jojo");
        check_meals("Jojo");
    }
}
