int count(const char *species);
int weigh(int animal);
int ask(int (*question)(const char *), const char *species);
int cages(void);
double average(int animals, double weight);
