// flags: -fplugin-arg-thimble-nonsense
// error: ?
void test_2(void);
