struct animal {
    const char *name;
    int age;
};

typedef struct {
    double from, to;
} range;

union number {
    int whole;
    unsigned char bytes[8];
};

struct kennel {
    int count;
    struct animal *animals[3];
    range size;
};

struct tree {
    struct tree *left, *right;
    int key, balance;
};
