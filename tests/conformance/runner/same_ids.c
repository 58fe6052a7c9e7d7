// not-modes: lto thinlto
// shell: printf 'static void test_adds(void) {\n}\n' >twice.c
// shell: for i in 1 2; do eval "$CC $MODE $("$THIMBLE_PREFIX"/bin/thimble flags --cc $CC --cflags) -DVARIANT=$i -c twice.c -o twice_$i.o"; done
// shell: eval "$CC $MODE twice_1.o twice_2.o $("$THIMBLE_PREFIX"/bin/thimble flags --cc $CC --libs) -o twice"
// shell: ./twice
// shell: ./twice -l
// shell: printf '#line 7 "twice.c"\nstatic void test_adds(void) {\n}\n' >other.c
// shell: eval "$CC $MODE $("$THIMBLE_PREFIX"/bin/thimble flags --cc $CC --cflags) -c other.c"
// shell: eval "$CC $MODE twice_1.o other.o $("$THIMBLE_PREFIX"/bin/thimble flags --cc $CC --libs) -o other"
// shell: ./other
void test_nothing(void) {
}
