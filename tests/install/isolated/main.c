int admit(int age);

int main(void) {
    return admit(30);
}
