/* isolate_words.c: what the words of the link command say. */
#include "isolate.h"

#include <stdlib.h>
#include <string.h>

/* ---- Files of arguments ---- */

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Makes the word at *from, without its quotes and backslashes, which follow a shell's rules,
 * and leaves *from behind it. */
static char *read_word(char **from) {
    char *word = *from, *to = word, quote = 0;
    for (; **from && (quote || !is_blank(**from)); ++*from) {
        if (quote ? **from == quote : **from == '"' || **from == '\'')
            quote = quote ? 0 : **from;
        else if (**from == '\\' && quote != '\'' && (*from)[1])
            *to++ = *++*from;
        else
            *to++ = **from;
    }
    *from += **from != '\0';
    *to = '\0';
    return word;
}

/* Nothing where the file cannot be read: the compiler will say so. The words stay. */
static void add_words_of(struct words *words, const char *path) {
    FILE *from = fopen(path, "r");
    size_t size = from && fseek(from, 0, SEEK_END) == 0 ? (size_t)ftell(from) : 0;
    char *text = from ? calloc(1, size + 1) : NULL;
    if (text) {
        rewind(from);
        text[fread(text, 1, size, from)] = '\0';
        while (*(text += strspn(text, " \t\r\n")))
            add_word(words, read_word(&text));
    }
    if (from)
        fclose(from);
}

struct words expand(char *const *command) {
    struct words words = {0};
    for (; *command; command++)
        if (**command == '@')
            add_words_of(&words, *command + 1);
        else
            add_word(&words, *command);
    return words;
}

const char *linked_file(const struct words *link) {
    const char *file = "a.out";
    for (size_t i = 0; i < link->count; i++)
        if (strcmp(link->all[i], "-o") == 0 && i + 1 < link->count)
            file = link->all[++i];
        else if (strncmp(link->all[i], "-o", 2) == 0)
            file = link->all[i] + 2;
    return file;
}

/* ---- Compiling ---- */

/* What stands in front of a compiler and runs it. */
static bool runs_compiler(const char *word) {
    static const char *const names[] = {"ccache", "sccache", "distcc", "icecc", "env"};
    const char *slash = strrchr(word, '/');
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(slash ? slash + 1 : word, names[i]) == 0)
            return true;
    return false;
}

/* For which machine and system code is made. */
static bool concerns_code(const char *word) {
    static const char *const beginnings[] = {"-m", "--target=", "--sysroot=", "--gcc-toolchain="};
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++)
        if (strncmp(word, beginnings[i], strlen(beginnings[i])) == 0)
            return true;
    return false;
}

static bool concerns_code_with_next(const char *word) {
    return strcmp(word, "-target") == 0 || strcmp(word, "--sysroot") == 0;
}

struct words compile_command(const struct words *link, const char *source, const char *object) {
    struct words command = {0};
    size_t i = 0;
    for (; i + 1 < link->count && runs_compiler(link->all[i]); i++)
        add_word(&command, link->all[i]);
    add_word(&command, link->all[i]);
    for (i++; i < link->count; i++) {
        bool with_next = concerns_code_with_next(link->all[i]) && i + 1 < link->count;
        if (with_next || concerns_code(link->all[i]))
            add_word(&command, link->all[i]);
        if (with_next)
            add_word(&command, link->all[++i]);
    }
    static const char *const fixed[] = {"-w", "-O1", "-fPIC", "-fno-lto", "-x", "c", "-c"};
    for (i = 0; i < sizeof fixed / sizeof *fixed; i++)
        add_word(&command, fixed[i]);
    add_word(&command, source);
    add_word(&command, "-o");
    add_word(&command, object);
    return command;
}
