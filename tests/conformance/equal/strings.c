// run: -j 1
#include <string.h>
#include <thimble.h>
#include <wchar.h>

/* Strings that differ: by character, and by line where there are several. */

struct animal {
    char name[12];
    const char *sound;
};

void test_a_literal(void) {
    const char *name = "Spod";
    assert_equal(name, "Spot");
}

void test_two_variables(void) {
    const char *name = "Spot", *expected = "Spit";
    assert_equal(name, expected);
}

void test_one_is_longer(void) {
    char name[8] = "Spot";
    const char *expected = "Spotty";
    assert_equal(name, expected);
    assert_equal(expected, name);
}

void test_the_longer_one_first(void) {
    assert_equal("Spotty", "Spot");
}

void test_empty(void) {
    const char *name = "";
    assert_equal(name, "Spot");
}

void test_escapes(void) {
    const char *name = "tab\there, quote\"here, \001";
    assert_equal(name, "tab\there, quote\"here, \002");
}

void test_utf8(void) {
    const char *name = "gr\303\274n, \303\251t\303\251";
    assert_equal(name, "gr\303\274n, \303\251t\303\250");
}

void test_null(void) {
    const char *name = NULL;
    assert_equal(name, "Spot");
}

void test_not_null(void) {
    const char *name = "Spot";
    assert_equal(name, NULL);
}

void test_wide(void) {
    const wchar_t *name = L"gr\374n";
    assert_equal(name, L"gr\374m");
}

void test_no_zero(void) {
    char bare[4] = {'S', 'p', 'o', 't'};
    const char *expected = "Spotty";
    assert_equal(bare, expected);
}

void test_long(void) {
    char a[2000], b[2000];
    memset(a, 'x', sizeof a - 1);
    a[sizeof a - 1] = '\0';
    memcpy(b, a, sizeof b);
    b[1000] = 'y';
    assert_equal(a, b);
}

void test_long_without_a_name(void) {
    const char *text = "The quick brown fox jumps over the lazy dog, and the dog does not mind.";
    assert_equal(text, "The quick brown fox jumps over the lazy dog, and the dog does not care.");
}

void test_in_a_struct(void) {
    struct animal spot = {"Spot", "Woof"}, expected = {"Spot", "Wuff"};
    assert_equal(spot, expected);
}

void test_a_line(void) {
    const char *text = "one\ntwo\nthree\nfour\nfive\nsix\nseven\n";
    assert_equal(text, "one\ntwo\nthree\nfore\nfive\nsix\nseven\n");
}

void test_lines_more_and_less(void) {
    const char *text = "{\n  \"name\": \"Spot\",\n  \"legs\": 4,\n  \"sound\": \"Woof\",\n  \"tame\": true,\n"
                       "  \"food\": \"bone\",\n  \"age\": 7,\n  \"weight\": 12.5\n}\n";
    const char *wanted = "{\n  \"name\": \"Spot\",\n  \"kind\": \"dog\",\n  \"legs\": 4,\n  \"sound\": \"Woof\",\n"
                         "  \"tame\": true,\n  \"food\": \"bone\",\n  \"age\": 8,\n}\n";
    assert_equal(text, wanted);
}

void test_the_last_newline(void) {
    const char *text = "one\ntwo";
    assert_equal(text, "one\ntwo\n");
}

void test_an_empty_line(void) {
    const char *text = "one\n\ntwo\n", *wanted = "one\ntwo\n";
    assert_equal(text, wanted);
}

void test_blanks(void) {
    const char *text = "one\ttab \ntwo\\\n", *wanted = "one\ttab\ntwo\\\n";
    assert_equal(text, wanted);
}

static char *many_lines(char *to, int changed) {
    char *at = to;
    for (int i = 0; i < 500; i++) {
        memcpy(at, "line 000\n", 9);
        at[5] = (char)('0' + i / 100);
        at[6] = (char)('0' + i / 10 % 10);
        at[7] = (char)('0' + i % 10);
        at[0] = i == changed || i == changed + 30 ? 'L' : 'l';
        at += 9;
    }
    *at = '\0';
    return to;
}

void test_many_lines(void) {
    static char a[5000], b[5000];
    assert_equal(many_lines(a, -1), many_lines(b, 300));
}

void test_all_lines_differ_but_one(void) {
    static char a[5000], b[5000];
    many_lines(a, 4);
    many_lines(b, -1);
    for (char *at = b; *at; at++)
        if (*at == 'l')
            *at = 'L';
    assert_equal(a, b);
}

void test_all_lines_differ(void) {
    static char a[5000], b[5000];
    many_lines(a, -1);
    many_lines(b, -1);
    for (char *at = b; *at; at++)
        if (*at == 'l')
            *at = 'L';
    assert_equal(a, b);
}
