#include <string.h>
#include <thimble.h>

int greet(const char *name);

void test_main_prints(struct capture *capture) {
    char *arguments[] = {(char *)"greet", (char *)"Jojo", (char *)"Spot", NULL};
    assert(program_main(3, arguments) == 0);
    assert(strcmp(captured_stdout(capture), "Hello, Jojo!\nHello, Spot!\n") == 0);
}

void test_main_with_mocks(void) {
    char *arguments[] = {(char *)"greet", (char *)"Jojo", NULL};
    mock(greet);
    assert(program_main(2, arguments) == 0);
    assert_called_once_with(greet, "Jojo");
}

void test_main_fails(void) {
    char *arguments[] = {(char *)"greet", NULL};
    assert(program_main(1, arguments) == 2);
}
