// link: program
// run: 0
// shell: THIMBLE_MEMORY=zoo.dump ./tests 1
// not-modes: sanitize
/* What a debugger asks in a program. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern struct thimble_debug_door {
    uint64_t magic, version, text_start, text_end, question, question_size, answer, stack, room,
        room_size;
} thimble_debug_door;

static void ask(const char *question) {
    strcpy((char *)(uintptr_t)thimble_debug_door.question, question);
    printf("> %s\n", question);
    puts(((const char *(*)(void))(uintptr_t)thimble_debug_door.answer)());
}

struct animal {
    const char *name;
    int legs;
};

int main(int argc, char **argv) {
    uint64_t code = (uint64_t)(uintptr_t)thimble_debug_door.answer, here = (uintptr_t)main;
    int recorded = argc > 1 && *argv[1] == '1';
    printf("%.4s %d, our code %s, the program's %s\n", (const char *)&thimble_debug_door.magic,
           (int)thimble_debug_door.version,
           code - thimble_debug_door.text_start <
                   thimble_debug_door.text_end - thimble_debug_door.text_start
               ? "is there"
               : "is not there",
           here - thimble_debug_door.text_start <
                   thimble_debug_door.text_end - thimble_debug_door.text_start
               ? "too"
               : "is not");
    printf("room %s, stack %s\n", thimble_debug_door.room_size >= 256 * 1024 ? "enough" : "too small",
           thimble_debug_door.stack % 16 == 0 ? "aligned" : "unaligned");
    struct animal *animal = malloc(sizeof(*animal));
    if (!animal)
        return 1;
    *animal = (struct animal){NULL, 4};
    ask("objects\tstruct animal");
    ask("snapshot");
    if (!recorded) {
        ask("mocks");
        ask("test");
        ask("repr\t0x10\t4");
        ask("seams\tput*");
        ask("seams\tstrcpy");
    }
    free(animal);
    return 0;
}
