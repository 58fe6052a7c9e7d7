// flags: -fplugin-arg-thimble-seam-builtin=
// error: ?
void test_9(void);
