/* Without an `extern inline` anywhere: a call that is not inlined does not link. */
inline int twice(int x) {
    return 2 * x;
}
