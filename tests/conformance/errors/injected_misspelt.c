// not-modes: pedantic
// error-gcc: 27: 'struct database' has no member named 'get_anmals'; did you mean 'get_animals'?
// error-gcc: 27: 'struct database' has no member named 'get_anmals'; did you mean 'get_animals'?
// error-gcc: 27: 'struct database' has no member named 'get_anmals'; did you mean 'get_animals'?
// error-gcc: 27: 'struct database' has no member named 'get_anmals'; did you mean 'get_animals'?
// error-gcc: 27: first argument to '__builtin_choose_expr' not a constant
// error-gcc: 28: 'feeed' undeclared (first use in this function); did you mean 'feed'?
// error-gcc: 28: first argument to '__builtin_choose_expr' not a constant
// error-clang: 27: no member named 'get_anmals' in 'struct database'; did you mean 'get_animals'?
// error-clang: 27: no member named 'get_anmals' in 'struct database'; did you mean 'get_animals'?
// error-clang: 27: no member named 'get_anmals' in 'struct database'; did you mean 'get_animals'?
// error-clang: 27: no member named 'get_anmals' in 'struct database'; did you mean 'get_animals'?
// error-clang: 28: use of undeclared identifier 'feeed'; did you mean 'feed'?
// error-clang: 28: use of undeclared identifier 'feeed'; did you mean 'feed'?
// error-clang: 28: use of undeclared identifier 'feeed'; did you mean 'feed'?
// error-clang: 28: use of undeclared identifier 'feeed'; did you mean 'feed'?
#include <thimble.h>

struct database {
    int (*get_animals)(int zoo);
} db;

int feed(const char *name, int grams);

/* What there is not the compiler knows by itself. */
void test_misspelt(void) {
    mock_return(db.get_anmals, 1);
    mock(feeed);
}
