struct zoo;
struct never;

struct zoo *open_zoo(const char *name, int animals);
void close_zoo(struct zoo *);
struct never *some_address(int);
