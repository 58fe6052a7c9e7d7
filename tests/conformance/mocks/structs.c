// run: -j 1
#include <string.h>
#include <thimble.h>

struct cursor {
    int (*next)(int row);
    void (*close)(void);
};

struct database {
    const char *path;
    int (*get_animals)(const char *species);
    double (*weigh)(int animal, float scale);
    struct cursor cursor;
    struct cursor more[2];
    int (*handlers[3])(int);
    unsigned flag : 3;
    __extension__ struct {
        int (*hidden)(int);
    };
    union {
        int number;
        int (*first)(int);
        char *(*second)(void);
    } either;
    int (*missing)(int);
    const struct database *next;
};

static int get(const char *species) {
    return species[0];
}

static int same(int row) {
    return row;
}

static void nothing(void) {
}

static double half(int animal, float scale) {
    return animal * (double)scale / 2;
}

static struct database database = {
    "zoo.db", get, half, {same, nothing}, {{same, nothing}, {same, nothing}}, {same, same, same}, 5, {same},
    {.first = same}, NULL, NULL,
};

void test_every_function_in_it(void) {
    mock_struct(&database);
    assert(database.get_animals("dog") == 0 && database.weigh(3, 1) == 0);
    assert(database.cursor.next(1) == 0 && database.more[1].next(2) == 0);
    assert(database.handlers[2](7) == 0 && database.hidden(8) == 0 && database.either.first(9) == 0);
    assert(database.missing(10) == 0);
    database.cursor.close();
    assert(database.flag == 5 && !strcmp(database.path, "zoo.db") && !database.next);
    assert(mock_call_count(database.cursor.close) == 1);
    assert(mock_call_count(database.more[0].close) == 0);
    assert_called_once_with(database.get_animals, "dog");
    assert_called_once_with(database.missing, 10);
}

void test_all_is_put_back(void) {
    assert(database.get_animals == get && database.weigh == half);
    assert(database.cursor.next == same && database.more[1].close == nothing);
    assert(database.handlers[0] == same && database.hidden == same && database.either.first == same);
    assert(database.missing == NULL);
}

void test_told_what_to_return(void) {
    struct database *db = &database;
    mock_struct(db);
    mock_return(db->get_animals, 5);
    mock_return(database.cursor.next, 6);
    assert(db->get_animals("cat") == 5 && db->cursor.next(1) == 6 && db->more[0].next(1) == 0);
}

void test_a_name_in_a_message(void) {
    mock_struct(&database);
    database.more[1].next(4);
    assert_called_once_with(database.more[1].next, 5);
}

void test_a_name_behind_a_pointer(void) {
    struct database *all[1] = {&database};
    mock_struct(all[0]);
    all[0]->handlers[1](4);
    assert_called_once_with(all[0]->handlers[1], 5);
}

void test_an_array_of_structs(void) {
    mock_struct(&database.more[1]);
    assert(database.more[1].next(4) == 0 && database.more[0].next(4) == 4);
}

void test_a_local_one(void) {
    struct cursor cursor = {NULL, NULL};
    mock_struct(&cursor);
    assert(cursor.next(1) == 0);
}

static const struct cursor constant = {same, nothing};

void test_a_constant(void) {
    mock_struct(&constant);
}

void test_a_null_pointer(void) {
    struct database *db = NULL;
    mock_struct(db);
}

struct unknown;

void test_of_an_unknown_type(void) {
    mock_struct((struct unknown *)(void *)&database);
}

typedef int quick __attribute__((vector_size(16)));

static struct odd {
    int (*fine)(int);
    quick (*vector)(int);
} odd;

void test_what_cannot_be_mocked(void) {
    mock_struct(&odd);
}
