struct visitor {
    const char *name;
    int age;
};

int open_door(int number);
double price(struct visitor visitor);
void log_visit(const char *format, ...);
extern int tickets_left;
int admit(struct visitor visitor);
int close_zoo(void);
