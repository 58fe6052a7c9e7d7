#include <stdio.h>

int main(void) {
    puts("a tool");
    return 3;
}
