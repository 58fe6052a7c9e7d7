// not-modes: pedantic
// error-gcc: 7: nobody provides parameter 2 of test_unnamed, which has no name: thimble knows const char *tmp_path and struct capture *capture
// error-clang: 7: warning: omitting the parameter name in a function definition is a C2... extension...
// error-clang: 7: nobody provides parameter 2 of test_unnamed, which has no name: thimble knows const char *tmp_path and struct capture *capture
#include <thimble.h>

void test_unnamed(const char *tmp_path, int) {
    assert(tmp_path);
}
