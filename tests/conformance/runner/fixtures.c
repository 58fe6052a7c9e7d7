// shell: mkdir tmp; TMPDIR=$PWD/tmp ./tests; find tmp -mindepth 1
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <thimble.h>
#include <unistd.h>

static void join(char *out, size_t size, const char *folder, const char *name) {
    size_t needed = strlen(folder) + strlen(name) + 2;
    assert(needed <= size);
    strcpy(out, folder);
    strcat(out, "/");
    strcat(out, name);
}

void test_tmp_path_is_an_empty_folder(const char *tmp_path) {
    struct stat status;
    assert(tmp_path[0] == '/');
    assert(stat(tmp_path, &status) == 0 && S_ISDIR(status.st_mode));
    assert(rmdir(tmp_path) == 0);
    assert(mkdir(tmp_path, 0700) == 0);
}

void test_tmp_path_can_be_filled(const char *tmp_path) {
    char path[4096], inner[4096];
    join(path, sizeof(path), tmp_path, "folder");
    assert(mkdir(path, 0700) == 0);
    join(inner, sizeof(inner), path, "file");
    FILE *file = fopen(inner, "w");
    assert(file != NULL);
    fputs("text", file);
    fclose(file);
    assert(chmod(path, 0500) == 0);
}

void test_capture_sees_both_outputs(struct capture *capture) {
    printf("out");
    fprintf(stderr, "err");
    assert(write(1, "put", 3) == 3);
    assert(strcmp(captured_stdout(capture), "putout") == 0);
    assert(strcmp(captured_stderr(capture), "err") == 0);
    printf(" more");
    assert(strstr(captured_stdout(capture), " more") != NULL);
}

void test_capture_starts_empty(struct capture *capture) {
    assert(captured_stdout(capture)[0] == '\0');
    assert(captured_stderr(capture)[0] == '\0');
}

void test_all_at_once(struct capture *capture, const char *tmp_path) {
    printf("%s", tmp_path);
    assert(strcmp(captured_stdout(capture), tmp_path) == 0);
}

static void test_const_and_names_do_not_matter(const char *const tmp_path) {
    assert(tmp_path != NULL);
}
