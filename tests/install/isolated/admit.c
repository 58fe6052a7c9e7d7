int open_door(int number);
int admit(int age);

int admit(int age) {
    return open_door(age < 12 ? 2 : 1);
}
