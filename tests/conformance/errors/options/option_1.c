// flags: -fplugin-arg-thimble-nonsense=1
// error: ?
void test_1(void);
