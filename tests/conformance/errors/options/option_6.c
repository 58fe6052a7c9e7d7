// flags: -fplugin-arg-thimble-prefix=
// error: ?
void test_6(void);
