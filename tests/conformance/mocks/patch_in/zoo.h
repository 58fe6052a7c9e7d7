int feed(int animal);
int morning(void);
int evening(void);
int night(void);
