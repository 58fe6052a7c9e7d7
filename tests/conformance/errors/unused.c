// flags: -Wno-error=unused-function
// not-modes: pedantic
// error: 10: warning: ...fixture_of_a_kind...
// error: 6: warning: ...setup...
/* Without a test the other names mean nothing, and the compiler speaks as ever. */
static int setup(void) {
    return 1;
}

static void fixture_of_a_kind(void) {
}
