#include <thimble.h>

struct animal {
    const char *name;
};

struct database {
    int (*count)(const char *species);
    struct animal (*get)(int i);
};

static int real_count(const char *species) {
    return species[0];
}

static struct animal real_get(int i) {
    static const struct animal animals[] = {{"Jojo"}, {"Spot"}};
    return animals[i];
}

static int fake_count(const char *species) {
    return species[0] == 'd' ? 12 : 0;
}

static struct database database = {real_count, real_get};

void test_patch_of_a_pointer(void) {
    patch(database.count, fake_count);
    assert(database.count("dog") == 12);
    assert(database.count == fake_count);
}

void test_mock_of_a_pointer(void) {
    mock_return(database.get, ((struct animal){"Nessie"}));
    assert(database.get(7).name[0] == 'N');
    assert_called_once_with(database.get, 7);
    assert(database.get != real_get);
}

void test_a_pointer_is_restored_behind_a_block(void) {
    with_patch(database.count, fake_count) {
        assert(database.count("dog") == 12);
    }
    assert(database.count == real_count);
}

void test_a_local_pointer(void) {
    int (*counter)(const char *) = real_count;
    patch(counter, fake_count);
    assert(counter("dog") == 12);
}
