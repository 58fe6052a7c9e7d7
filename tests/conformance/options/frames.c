// flags: -fplugin-arg-thimble-frames=on
// link: none
// modes: O2 O3
// shell: objdump -d frames.o | grep -qE 'mov +%rsp,%rbp' && echo the frame pointer is kept
int feed(int grams);
int feed_twice(int grams);

/* At these levels the compiler needs no frame pointer here. */
int feed_twice(int grams) {
    return feed(grams) + feed(grams + 1);
}
