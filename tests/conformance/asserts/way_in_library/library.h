void check(int x);
void visit(void (*visitor)(int), int last);
