struct zoo {
    int (*count)(int);
};
extern struct zoo zoo;
extern int limit;
int feed(int animal);
int water(int animal);
int clean(int animal);
int all(int animal);
