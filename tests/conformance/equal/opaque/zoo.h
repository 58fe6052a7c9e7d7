struct zoo;
struct never;
struct rival; /* one here and another there */

struct zoo *open_zoo(const char *name, int animals);
void close_zoo(struct zoo *);
struct never *some_address(int);
struct rival *some_rival(int);
