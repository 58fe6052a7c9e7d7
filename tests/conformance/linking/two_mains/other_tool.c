#include <stdio.h>

int main(int argc, char **argv) {
    (void)argv;
    printf("another tool, %d\n", argc);
    return 4;
}
