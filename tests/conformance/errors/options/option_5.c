// flags: -fplugin-arg-thimble-allocs=maybe
// error: ?
void test_5(void);
