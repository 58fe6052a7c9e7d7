// Ordinary tests of all kinds. Those that are to fail say so in their names.

#define _GNU_SOURCE 1

#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <thimble.h>
#include <unistd.h>

#include "zoo.h"

void test_adds(void) {
    struct animal *zoo = zoo_add(zoo_add(NULL, "Spot", 4), "Jojo", 2);
    assert(zoo_legs(zoo) == 6);
    assert(strcmp(zoo->name, "Jojo") == 0 && zoo->legs == 2);
    assert_equal(zoo->weight, 3.0);
    zoo_free(zoo);
}

void test_saves(const char *tmp_path) {
    char path[4096], line[100];
    snprintf(path, sizeof(path), "%s/zoo", tmp_path);
    struct animal *zoo = zoo_add(NULL, "Spot", 4);
    assert(zoo_save(zoo, path) == 0);
    zoo_free(zoo);
    FILE *file = fopen(path, "r");
    assert(fgets(line, sizeof(line), file));
    fclose(file);
    assert(strcmp(line, "Spot 4\n") == 0);
}

void test_saves_nowhere(void) {
    errno = 0;
    assert(zoo_save(NULL, "/nowhere/at/all") == -1 && errno == ENOENT);
}

void test_says_what_is_eaten(struct capture *capture) {
    assert(feed("Spot", 3) == 3);
    assert(strcmp(captured_stdout(capture), "Spot eats 3\n") == 0);
}

void test_feeds_each_once(void) {
    mock(feed);
    mock_return(feed, 2);
    struct animal *zoo = zoo_add(zoo_add(NULL, "Spot", 4), "Jojo", 2);
    assert(feed_all(zoo) == 4);
    assert(mock_call_count(feed) == 2);
    assert_called_with(feed, "Spot", 4);
    zoo_free(zoo);
}

static int eat_twice(const char *name, int portions) {
    return 2 * portions + (int)strlen(name);
}

void test_patches(void) {
    struct animal *zoo = zoo_add(NULL, "Spot", 4);
    with_patch(feed, eat_twice) {
        assert(feed_all(zoo) == 12);
    }
    patch(feed, eat_twice);
    assert(feed_all(zoo) == 12);
    zoo_free(zoo);
}

void test_has_no_memory(void) {
    mock(malloc);
    assert(!animal_new("Spot", 4));
    assert(mock_call_count(malloc) == 1);
}

void test_prints(void) {
    struct animal animal = {.name = "Spot", .legs = 4, .weight = 6};
    assert(strstr(repr(animal), "\"Spot\""));
    print_repr(animal.legs, animal.name);
}

void test_compares(void) {
    struct animal one = {.name = "Spot", .legs = 4}, two = {.name = strdup("Spot"), .legs = 4};
    assert_equal(one, two);
    free((char *)two.name);
}

// ---- Threads and processes ----

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int fed;

static void *feed_in_thread(void *zoo) {
    for (int i = 0; i < 20; i++) {
        struct animal *own = zoo_add(NULL, "Guest", 3);
        int eaten = feed_all(zoo) + feed_all(own);
        zoo_free(own);
        pthread_mutex_lock(&lock);
        fed += eaten;
        pthread_mutex_unlock(&lock);
    }
    return NULL;
}

static void feed_in_threads(void) {
    struct animal *zoo = zoo_add(NULL, "Spot", 4);
    pthread_t threads[4];
    fed = 0;
    for (int i = 0; i < 4; i++)
        assert(pthread_create(&threads[i], NULL, feed_in_thread, zoo) == 0);
    for (int i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
    zoo_free(zoo);
}

void test_feeds_in_threads(void) {
    feed_in_threads();
    assert(fed == 4 * 20 * 7);
}

void test_mocks_in_threads(void) {
    mock(feed);
    mock_return(feed, 1);
    feed_in_threads();
    assert(fed == 4 * 20 * 2);
    assert(mock_call_count(feed) == 160);
}

static void *feed_until_full(void *zoo) {
    for (int i = 0; i < 200; i++)
        feed_all(zoo);
    return NULL;
}

void test_patches_while_threads_call(void) {
    struct animal *zoo = zoo_add(NULL, "Spot", 4);
    pthread_t threads[4];
    for (int i = 0; i < 4; i++)
        assert(pthread_create(&threads[i], NULL, feed_until_full, zoo) == 0);
    for (int i = 0; i < 20; i++) {
        with_patch(feed, eat_twice) {
            patch_in("zoo.c", feed, eat_twice);
        }
        mock_return(feed, 1);
    }
    for (int i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
    zoo_free(zoo);
}

static void *expect_in_thread(void *unused) {
    expect(fed >= 0);
    return unused;
}

void test_expects_in_threads(void) {
    pthread_t threads[4];
    for (int i = 0; i < 4; i++)
        pthread_create(&threads[i], NULL, expect_in_thread, NULL);
    for (int i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
}

void test_has_a_child(void) {
    pid_t child = fork();
    if (child == 0)
        _exit(feed("Spot", 3));
    int status;
    assert(waitpid(child, &status, 0) == child && WEXITSTATUS(status) == 3);
}

static volatile sig_atomic_t signalled;

static void note(int signal) {
    signalled = signal;
}

void test_handles_a_signal(void) {
    signal(SIGUSR1, note);
    raise(SIGUSR1);
    assert(signalled == SIGUSR1);
}

// ---- These fail ----

void test_fails(void) {
    struct animal *zoo = zoo_add(NULL, "Spot", 4);
    assert(zoo_legs(zoo) == 5);
}

void test_fails_to_expect(void) {
    expect(feed("Spot", 1) == 2);
    expect_equal(feed("Spot", 1), 3);
}

void test_fails_with_a_difference(void) {
    struct animal one = {.name = "Spot", .legs = 4}, two = {.name = "Jojo", .legs = 2};
    assert_equal(one, two);
}

void test_fails_at_a_call(void) {
    mock(feed);
    feed("Spot", 3);
    assert_called_with(feed, "Jojo", 3);
}

static void *fail(void *unused) {
    assert(fed < 0);
    return unused;
}

void test_fails_in_a_thread(void) {
    pthread_t thread;
    pthread_create(&thread, NULL, fail, NULL);
    pthread_join(thread, NULL);
}

void test_fails_as_it_exits(void) {
    exit(3);
}

void test_fails_as_it_aborts(void) {
    abort();
}

void test_fails_as_it_is_killed(void) {
    raise(SIGTERM);
}
