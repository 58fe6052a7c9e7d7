void check_animals(int count);
void check_sum(int a, int b, int c);
int limit(void);

#include <assert.h>

static inline void check_inline(int x) {
    assert(x < limit());
}
