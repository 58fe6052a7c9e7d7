// not-modes: pedantic
// run: -s -q
#include <stddef.h>
#include <thimble.h>
#include <uchar.h>

void test_characters(void) {
    print_repr((char)'a', (char)'\a', (char)'\'', (char)'"', (char)'\\', (char)'\0', (char)'\033',
               (char)'\377', 'a');
    wchar_t letter = L'a', accented = 0xe9, none = -1;
    char16_t line = u'\n', half = 0xd800;
    char32_t face = 0x1f600;
    print_repr(letter, accented, none, line, half, face);
}

void test_strings(void) {
    const char *none = 0;
    char text[] = "Spot";
    char *pointer = text;
    print_repr("5", "", text, pointer, none, (const char *)"say \"hi\"\n\t\\");
    print_repr("\0011", "\xff" "a", "K\303\266ln \342\202\254", "\303", "what?\?!", "a\0b\0001");
    print_repr("\342\200\256 turns around", "\302\205");
}

void test_arrays_of_characters(void) {
    char full[4] = {'a', 'b', 'c', 'd'}, zeros[4] = {0}, names[3][8] = {"Spot", "", {'1', '2', '3', '4', '5', '6', '7', '8'}};
    char with_zero[8] = {'a', 0, '1'};
    print_repr(full, zeros, names, with_zero);
}

void test_wide_strings(void) {
    const wchar_t *wide = L"w\x20ac\x110000" L"a?";
    const char16_t *sixteen = u"\xd83d\xde00 \xd800";
    char32_t array[8] = U"x\x1f600";
    print_repr(wide, sixteen, array);
}

void test_bytes_are_text_where_they_read_like_text(void) {
    unsigned char bytes[6] = {1, 2, 255}, *text = (unsigned char *)"Spot", *number = bytes;
    print_repr(bytes, text, number);
}

void test_a_long_string_is_cut_by_the_limit_only(void) {
    char text[600];
    for (int i = 0; i < 599; i++)
        text[i] = 'a';
    text[599] = '\0';
    char *pointer = text;
    print_repr(pointer);
    repr_set_limit(40);
    print_repr(pointer, text);
}
