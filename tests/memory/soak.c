/* soak.c: 24 threads allocate, resize and free, each other's blocks too, while snapshots are
 * taken; what was made and what is left is counted by hand, and told in the end:
 * "FUNCTION made bytes live bytes". */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <thimble.h>
#include <unistd.h>

enum { THREADS = 24, OWN = 64, SHELVES = 512, MOST = 600, FUNCTIONS = 3 };

struct animal {
    int age;
    struct animal *next;
    char more[]; /* so that sizes differ */
};

static const char *const functions[FUNCTIONS] = {"make_animal", "replace", "grow_list"};

/* A block, and what it was when it was made. */
struct held {
    void *block;
    unsigned function;
    size_t size;
};

struct tally {
    size_t made, made_bytes, live, live_bytes;
};

static struct tally sums[FUNCTIONS];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct held shelves[SHELVES];
static pthread_mutex_t shelf_locks[SHELVES];
static atomic_int running;
static long each;

static unsigned next_random(unsigned *state) {
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

static struct animal *make_animal(size_t size) {
    struct animal *animal = malloc(size);
    return animal;
}

/* Is a wrapper: its caller is the site. */
static char *make_name(size_t size) {
    char *name = calloc(size, 1);
    return name;
}

static long *grow_list(long *list, size_t size) {
    list = realloc(list, size);
    return list;
}

static void keep(struct tally *tallies, struct held *held, unsigned function, size_t size) {
    tallies[function].made++;
    tallies[function].made_bytes += size;
    tallies[function].live++;
    tallies[function].live_bytes += size;
    held->function = function;
    held->size = size;
}

static void let_go(struct tally *tallies, const struct held *held) {
    if (!held->block)
        return;
    tallies[held->function].live--;
    tallies[held->function].live_bytes -= held->size;
}

/* What was there is freed, or resized. */
static void replace(struct tally *tallies, struct held *held, unsigned *state) {
    unsigned function = next_random(state) % FUNCTIONS;
    size_t size = sizeof(struct animal) + next_random(state) % (MOST - sizeof(struct animal));
    let_go(tallies, held);
    if (function == 2) {
        held->block = grow_list(held->block, size);
    } else {
        free(held->block);
        held->block = function ? (void *)make_name(size) : (void *)make_animal(size);
    }
    if (!held->block)
        abort();
    memset(held->block, 1, size);
    keep(tallies, held, function, size);
}

static void *work(void *seed) {
    unsigned state = (unsigned)(size_t)seed;
    struct held own[OWN] = {{0}};
    struct tally tallies[FUNCTIONS] = {{0}};
    for (long i = 0; i < each; i++) {
        if (next_random(&state) % 4) {
            replace(tallies, &own[next_random(&state) % OWN], &state);
            continue;
        }
        unsigned shelf = next_random(&state) % SHELVES;
        pthread_mutex_lock(&shelf_locks[shelf]);
        replace(tallies, &shelves[shelf], &state);
        pthread_mutex_unlock(&shelf_locks[shelf]);
    }
    for (int i = 0; i < OWN; i += 2) {
        let_go(tallies, &own[i]);
        free(own[i].block);
    }
    pthread_mutex_lock(&lock);
    for (int i = 0; i < FUNCTIONS; i++) {
        sums[i].made += tallies[i].made;
        sums[i].made_bytes += tallies[i].made_bytes;
        sums[i].live += tallies[i].live; /* of a thread alone it may be below 0 */
        sums[i].live_bytes += tallies[i].live_bytes;
    }
    pthread_mutex_unlock(&lock);
    running--;
    return NULL;
}

/* Whether it can be what was live at some moment. */
static int is_sane(const struct thimble_statistic *all) {
    for (; all->file; all++) {
        size_t most = THREADS * (OWN + 1) + SHELVES;
        if (strcmp(all->file, "soak.c") != 0 || strcmp(all->function, "main") == 0)
            continue;
        if (all->count > most || all->size > all->count * MOST ||
            all->size < all->count * sizeof(struct animal))
            return 0;
    }
    return 1;
}

int main(int argc, char **argv) {
    pthread_t threads[THREADS];
    int snapshots = 0, sane = 1;
    each = argc > 1 ? atol(argv[1]) / THREADS : 1000;
    running = THREADS;
    for (int i = 0; i < SHELVES; i++)
        pthread_mutex_init(&shelf_locks[i], NULL);
    for (size_t i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, work, (void *)(i + 1));
    do {
        struct thimble_snapshot *snapshot = tracker_snapshot();
        const struct thimble_statistic *all = tracker_statistics(snapshot, BY_LINE);
        sane &= snapshot && all && is_sane(all);
        tracker_free(all);
        tracker_free(snapshot);
        snapshots++;
        usleep(3000);
    } while (running);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    for (int i = 0; i < FUNCTIONS; i++)
        printf("%s %zu %zu %zu %zu\n", functions[i], sums[i].made, sums[i].made_bytes, sums[i].live,
               sums[i].live_bytes);
    fprintf(stderr, "%d snapshots, %s\n", snapshots, sane ? "all of them sane" : "NOT SANE");
    return !sane;
}
