#include "check.h"

#include <stdio.h>
#include <string.h>

static int passed, failed;

void check(bool condition, const char *file, int line, const char *what) {
    passed += condition;
    failed += !condition;
    if (!condition)
        printf("%s:%d: %s\n", file, line, what);
}

void check_text(const char *got, const char *wanted, const char *file, int line) {
    bool equal = got && strcmp(got, wanted) == 0;
    passed += equal;
    failed += !equal;
    if (!equal)
        printf("%s:%d: got \"%s\", wanted \"%s\"\n", file, line, got ? got : "(null)", wanted);
}

void check_contains(const char *got, const char *part, const char *file, int line) {
    bool there = got && strstr(got, part);
    passed += there;
    failed += !there;
    if (!there)
        printf("%s:%d: got \"%s\", wanted \"%s\" in it\n", file, line, got ? got : "(null)", part);
}

int main(void) {
    check_options();
    check_naming();
    check_seams();
    check_allocators();
    check_sites();
    check_tables();
    check_types();
    check_discovery();
    check_fixtures_and_more();
    check_layout();
    check_report();
    check_expressions();
    check_value_types();
    check_traced();
    check_call_graph();
    check_call_types();
    check_references();
    check_injection();
    printf("%d passed, %d failed\n", passed, failed);
    return failed != 0;
}
