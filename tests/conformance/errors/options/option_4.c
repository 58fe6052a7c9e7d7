// flags: -fplugin-arg-thimble-seams
// error: ?
void test_4(void);
