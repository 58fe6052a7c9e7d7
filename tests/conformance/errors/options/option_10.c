// flags: -fplugin-arg-thimble-sems=all
// error: ?
void test_10(void);
