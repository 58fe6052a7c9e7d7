// not-modes: pedantic
// libs: -lffi
// run: -s -q
#define _GNU_SOURCE
#include <ffi.h>
#include <netinet/in.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <thimble.h>
#include <time.h>

void test_libc(void) {
    time_t moment = 1000000000;
    struct tm broken;
    struct stat status;
    gmtime_r(&moment, &broken);
    memset(&status, 0, sizeof status);
    status.st_size = 42;
    status.st_mode = 0100644;
    broken.tm_zone = "GMT";
    print_repr(broken, status, ((struct timespec){1, 2}), stdout);
}

void test_a_union_of_the_system(void) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = 80};
    struct in6_addr six;
    memset(&six, 0, sizeof six);
    six.s6_addr[15] = 1;
    print_repr(address, six);
}

static int forget(sqlite3_vtab *table) {
    (void)table;
    return 0;
}

void test_sqlite(void) {
    sqlite3_module module = {.iVersion = 3, .xDestroy = forget};
    sqlite3 *none = NULL;
    print_repr(module, none);
}

void test_libffi(void) {
    ffi_type *types[] = {&ffi_type_sint32, NULL};
    ffi_cif call = {.abi = FFI_DEFAULT_ABI, .nargs = 1, .arg_types = types, .rtype = &ffi_type_void};
    print_repr(call);
}
