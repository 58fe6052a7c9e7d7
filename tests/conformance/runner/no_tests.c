// run:
// run: -l
int double_of(int x);

int double_of(int x) {
    return 2 * x;
}
