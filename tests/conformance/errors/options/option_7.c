// flags: -fplugin-arg-thimble-allocator=pool
// error: ?
void test_7(void);
