#include "zoo.h"

#include <errno.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <thimble.h>
#include <unistd.h>

/* ---- Values ---- */

/* What a compiler can't know to stay as it is. */
animal_t spot = {"Spot", 4, 1, -2, BLUE, NULL, {.grams = 5}, {1, 2}, zoo_feed};
animal_t jojo = {"Jojo", 2, 0, 1, RED, &spot, {.grams = 6}, {3, 4}, NULL};
const animal_t *const first = &jojo;
struct place places[2] = {{1, 2}, {3, 4}};
struct place (*two_places)[2] = &places;
int table[2][3] = {{1, 2, 3}, {4, 5, 6}};
const char *words[] = {"hay", "a \"word\"", NULL};
const char *const *word = words;
const wchar_t wide[] = L"wide";
unsigned char bytes[3] = {1, 2, 200};
signed char small = -3;
char letter = 'x';
bool yes = true;
short little = -300;
long far_away = -5000000000L;
unsigned long many = 18446744073709551615UL;
float half = 0.5f;
double tenth = 0.1;
long double longer = 0.1L;
double complex turned = 1.0 - 0.5 * I;
enum color color = GREEN;
enum diet diet = HAY | MEAT;
struct flock *flock;
struct keeper *keeper;
void *nothing, *something = (void *)16;
struct ticket ticket = {7};
const volatile struct place *watched = &places[1];
unsigned long *missing = (unsigned long *)24;
int (*feeding)(const char *, int) = zoo_feed;
void (**handlers)(int, struct keeper *, ...) = (void *)32;
int four_ints __attribute__((vector_size(16))) = {1, 2, 3, 4};
__extension__ static __int128 very_large = (__int128)1 << 100;
union {
    uint32_t word;
    uint8_t part[4];
} parts = {.word = 258};

const char *repr_ticket(const struct ticket *);

const char *repr_ticket(const struct ticket *it) {
    return it->number == 7 ? "ticket(7)" : "ticket(?)";
}

/* The debugger says of each what this prints. */
static void print_values(void) {
    print_repr(spot, jojo, first, *first, first->next, first->next->where, spot.name, spot.legs);
    print_repr(spot.wild, spot.mood, spot.color, spot.grams, spot.feed, &spot, places, places[1]);
    print_repr(two_places, table, table[1], words, word, *word, wide, bytes, small, letter, yes);
    print_repr(little, far_away, many, half, tenth, longer, turned, color, diet, flock);
    print_repr(keeper, nothing, something, ticket, &ticket, watched, missing, feeding);
    print_repr(handlers, four_ints, very_large, parts, small + 1, tenth * 2, -7);
    print_repr(first->where.row ? &spot : &jojo, *feeding);
}

void test_a_values(void) {
    int count = 3;
    spot.next = &jojo; /* a circle */
    keeper = zoo_keeper();
    flock = malloc(sizeof(*flock) + 2 * sizeof(short));
    *flock = (struct flock){2};
    flock->weights[0] = 3;
    flock->weights[1] = 4;
    errno = 4;
    print_values();
    here(); /* values */
    free(flock);
    expect(count + errno == 7);
}

/* ---- Mocks ---- */

int fed, counted;

int fake_feed(const char *name, int grams) {
    return name[0] + grams;
}

void test_b_mocks(void) {
    mock_return_each(zoo_count, 1, 2);
    zoo_count();
    here(); /* mocks */
    counted = zoo_count();
    fed = zoo_feed("Spot", 5);
    here(); /* patched */
    fed = zoo_feed("Spot", 5);
    here(); /* as it was */
}

/* ---- Memory ---- */

void test_c_memory(void) {
    int on_stack = 1;
    animal_t *bello = zoo_new("Bello");
    char *again = bello->name + 3, *old = malloc(7); /* made to be freed */
    free(old);                                       /* freed */
    __asm__ volatile("" : "+r"(old), "+r"(again) : "r"(&on_stack) : "memory");
    here(); /* memory */
    __asm__ volatile("" : "+r"(old), "+r"(again) : "r"(&on_stack) : "memory");
    free(bello);
}

/* ---- A thread that holds the heap's lock ---- */

static pthread_barrier_t barrier;

static void *wait_in_thread(void *unused) {
    pthread_barrier_wait(&barrier);
    here(); /* thread */
    pthread_barrier_wait(&barrier);
    return unused;
}

void test_d_thread(void) {
    enum { BLOCKS = 64 };
    static void *blocks[BLOCKS];
    pthread_t thread;
    pthread_barrier_init(&barrier, NULL, 2);
    pthread_create(&thread, NULL, wait_in_thread, NULL);
    pthread_barrier_wait(&barrier);
    pthread_barrier_wait(&barrier);
    pthread_join(thread, NULL);
    pthread_create(&thread, NULL, wait_in_thread, NULL);
    for (int i = 0; i < BLOCKS; i++)
        blocks[i] = malloc(100000); /* more than the heap has */
    for (int i = 0; i < BLOCKS; i++)
        free(blocks[i]);
    pthread_barrier_wait(&barrier);
    pthread_barrier_wait(&barrier);
    pthread_join(thread, NULL);
}

/* ---- The end ---- */

void test_e_abort(void) {
    if (getenv("DIES"))
        give_up();
}

void test_f_deep(void) {
    if (getenv("DIES"))
        deep_down(0);
}
