int length_of_copy(const char *text);
