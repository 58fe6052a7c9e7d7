/* Tests of the program as a whole, from its command line to its output. */
#include <stdio.h>
#include <string.h>
#include <thimble.h>

#define ZOO(...) run_zoo((char *[]){"zoo", __VA_ARGS__, NULL})

static int run_zoo(char **argv) {
    int argc = 0;
    while (argv[argc] != NULL)
        argc++;
    return program_main(argc, argv);
}

static char *fixture_path(const char *tmp_path) {
    static char path[4096];
    snprintf(path, sizeof(path), "%s/zoo.db", tmp_path);
    return path;
}

void test_a_day_at_the_zoo(char *path, struct capture *capture) {
    assert(ZOO(path, "add", "Jojo", "gorilla", "60") == 0);
    assert(ZOO(path, "add", "Spot", "dog", "30") == 0);
    assert(ZOO(path, "feed") == 0);
    assert(ZOO(path, "feed") == 0);
    assert(strcmp(captured_stdout(capture), "Jojo the gorilla is fed\n"
                                            "Spot the dog is fed\n"
                                            "2 fed\n"
                                            "0 fed\n") == 0);
}

void test_a_wrong_command_shows_the_usage(struct capture *capture) {
    assert(ZOO("zoo.db", "sing") == 2);
    assert(strncmp(captured_stderr(capture), "usage: zoo DATABASE", 19) == 0);
}

/* The test behind it runs once for each of these. */
static const struct period {
    const char *name;
    char *text;
    int status;
} cases_test_a_feeding_period_is_in_minutes[] = {
    {"a minute", "1", 0},  {"a week", "10080", 0}, {"more", "10081", 2},  {"none", "0", 2},
    {"negative", "-5", 2}, {"a unit", "30m", 2},   {"a word", "soon", 2}, {"nothing", "", 2},
};

void test_a_feeding_period_is_in_minutes(const struct period *period, char *path) {
    assert(ZOO(path, "add", "Jojo", "gorilla", period->text) == period->status);
}

void test_a_wrong_feeding_period_is_shown(char *path, struct capture *capture) {
    ZOO(path, "add", "Jojo", "gorilla", "soon");
    assert_equal(captured_stderr(capture),
                 "zoo: a feeding period is 1 to 10080 minutes, not 'soon'\n");
}

void test_a_missing_folder_is_an_error(const char *tmp_path, struct capture *capture) {
    char path[4096];
    snprintf(path, sizeof(path), "%s/nowhere/zoo.db", tmp_path);
    assert(ZOO(path, "list") == 1);
    assert(strstr(captured_stderr(capture), "zoo: cannot open ") != NULL);
}
