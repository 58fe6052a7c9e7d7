static inline int doubled(int x) {
    return 2 * x;
}

int outer(int x);
int through_other_unit(int x);
int halved(int x);
