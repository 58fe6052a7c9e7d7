// flags: -fplugin-arg-thimble-report=$BUILD/report.json
// link: none
// modes: O2
// compilers: gcc
// shell: grep -o '"kind": "[^}]*' report.json
// shell: sed -n '/"pairs"/,$p' report.json
#include <stdio.h>
#include <stdlib.h>

struct zoo;

void zoo_free(struct zoo *zoo);
void cage_free(int how, void *cage);
struct zoo *zoo_resize(struct zoo *zoo, int size);
struct zoo *zoo_new(void) __attribute__((malloc(zoo_free)));
struct zoo *zoo_that_grows(void) __attribute__((malloc(zoo_free), malloc(zoo_resize)));
void *cage_new(void) __attribute__((malloc, malloc(cage_free, 2)));
char *label_new(void) __attribute__((malloc(free)));
struct zoo *never_called(void) __attribute__((malloc(zoo_free)));

void f(void);
void f(void) {
    /* What returns a pointer may give back or not. */
    zoo_free(zoo_new());
    zoo_free(zoo_resize(zoo_that_grows(), 2));
    cage_free(1, cage_new());
    free(label_new());
    FILE *file = fopen("nowhere", "r");
    if (file)
        fclose(file);
}
