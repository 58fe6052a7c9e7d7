// flags: -fplugin-arg-thimble-exclude
// error: ?
void test_11(void);
