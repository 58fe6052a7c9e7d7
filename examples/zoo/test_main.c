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

void test_a_day_at_the_zoo(const char *tmp_path, struct capture *capture) {
    char path[4096];
    snprintf(path, sizeof(path), "%s/zoo.db", tmp_path);

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

void test_a_feeding_period_is_a_number_of_minutes(const char *tmp_path, struct capture *capture) {
    static const char *const wrong[] = {"soon", "", "30m", "0", "-5", "10081"};
    char path[4096];
    snprintf(path, sizeof(path), "%s/zoo.db", tmp_path);
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        assert(ZOO(path, "add", "Jojo", "gorilla", (char *)wrong[i]) == 2);
    assert(ZOO(path, "add", "Jojo", "gorilla", "10080") == 0);
    assert(strstr(captured_stderr(capture), "not 'soon'") != NULL);
}

void test_a_missing_folder_is_an_error(const char *tmp_path, struct capture *capture) {
    char path[4096];
    snprintf(path, sizeof(path), "%s/nowhere/zoo.db", tmp_path);
    assert(ZOO(path, "list") == 1);
    assert(strstr(captured_stderr(capture), "zoo: cannot open ") != NULL);
}
