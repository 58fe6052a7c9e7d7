struct zoo;
union cage;
struct unknown;
struct zoo *zoo_open(const char *name);
void zoo_close(struct zoo *);
union cage *zoo_cage(void);
const char *show(const struct zoo *);
