// run:
// run: -k no_such_test
#include <stdio.h>

int greet(const char *name);

int greet(const char *name) {
    return printf("Hello, %s!\n", name);
}

int main(int argc, char **argv) {
    for (int i = 1; i < argc; i++)
        greet(argv[i]);
    return argc == 1 ? 2 : 0;
}
