// flags: -fplugin-arg-thimble-exclude=*cluded.c
int untouched(int x);

static int inner(int x) {
    return x + 1;
}

int untouched(int x) {
    return inner(x);
}

void test_not_found(void);

void test_not_found(void) {
}
