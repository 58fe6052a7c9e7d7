// flags: -fplugin-arg-thimble-seams=some
// error: ?
void test_3(void);
