#include "check.h"

#include <stdio.h>
#include <string.h>

static int passed, failed;

void check(bool condition, const char *file, int line, const char *what) {
    if (condition) {
        passed++;
        return;
    }
    failed++;
    printf("%s:%d: %s\n", file, line, what);
}

void check_text(const char *got, const char *wanted, const char *file, int line) {
    bool same = strcmp(got, wanted) == 0;
    check(same, file, line, "another text was wanted");
    if (!same)
        printf("  got    '%s'\n  wanted '%s'\n", got, wanted);
}

void check_contains(const char *got, const char *part, const char *file, int line) {
    bool found = strstr(got, part) != NULL;
    check(found, file, line, "a part of the text is missing");
    if (!found)
        printf("  got    '%s'\n  wanted '%s'\n", got, part);
}

int check_failures(void) {
    return failed;
}

int main(void) {
    check_arena();
    check_text_building();
    check_peek();
    check_symbols();
    check_registry();
    check_paths();
    check_words();
    check_expressions();
    check_options();
    check_selection();
    check_last_failed();
    check_files();
    check_reports();
    check_ways();
    check_subtests();
    check_leaving();
    check_door();
    printf("%d passed, %d failed\n", passed, failed);
    return failed > 0;
}
