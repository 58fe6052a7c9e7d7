#include "answer.h"

#include <stdio.h>

int main(void)
{
    printf("answer %d\n", answer());
    return 0;
}
