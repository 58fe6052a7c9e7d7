// flags: -fplugin-arg-thimble-allocator=pool:x
// error: ?
void test_8(void);
