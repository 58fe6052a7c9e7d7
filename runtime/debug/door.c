/* The symbol that a debugger looks for, and which question gets which answer. */
#include "door.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "answer.h"

#define MEMORY _thimble_debug_memory

static const char *answer(void);

extern const char __start_thimble_text[] __attribute__((weak, visibility("hidden")));
extern const char __stop_thimble_text[] __attribute__((weak, visibility("hidden")));

#define ADDRESS(of) ((uintptr_t)(of))
THIMBLE_API struct thimble_debug_door thimble_debug_door = {
    .magic = DOOR_MAGIC,
    .version = DOOR_VERSION,
    .text_start = ADDRESS(__start_thimble_text),
    .text_end = ADDRESS(__stop_thimble_text),
    .question = ADDRESS(MEMORY.question),
    .question_size = sizeof(MEMORY.question),
    .answer = ADDRESS(answer),
    .stack = ADDRESS(MEMORY.stack + sizeof(MEMORY.stack)),
    .room = ADDRESS(MEMORY.room),
    .room_size = sizeof(MEMORY.room),
};

/* ---- The answer ---- */

static struct text text;
static const char *words[4];

void _thimble_refuse(const struct text *why) {
    text.length = 0;
    _thimble_puts(&text, "error: ");
    _thimble_put(&text, why->data, why->length);
    _thimble_leave_answer();
}

void _thimble_refuse_with(const char *format, ...) {
    char buffer[1024];
    struct text why = _thimble_text(buffer, sizeof(buffer));
    va_list arguments;
    va_start(arguments, format);
    _thimble_vprintf(&why, format, arguments);
    va_end(arguments);
    _thimble_refuse(&why);
}

uintptr_t _thimble_asked_number(const char *word) {
    char *end;
    uintptr_t number = (uintptr_t)strtoull(word, &end, 16);
    if (strncmp(word, "0x", 2) != 0 || *end || end == word + 2)
        _thimble_refuse_with("'%s' is no address: that is hexadecimal, as 0x55d0", word);
    return number;
}

/* ---- The question ---- */

#pragma weak _thimble_answer_mocks
#pragma weak _thimble_answer_calls
#pragma weak _thimble_answer_patch
#pragma weak _thimble_answer_repr
#pragma weak _thimble_answer_test

static const struct {
    const char *word, *arguments;
    answer_maker *make; /* null: not linked */
    int least;          /* arguments */
} questions[] = {
    {"mocks", "", _thimble_answer_mocks, 0},
    {"calls", " FUNCTION", _thimble_answer_calls, 1},
    {"seams", " [GLOB]", _thimble_answer_seams, 0},
    {"patch", " FUNCTION ADDRESS NAME", _thimble_answer_patch, 2},
    {"objects", " [TYPE]", _thimble_answer_objects, 0},
    {"where", " ADDRESS", _thimble_answer_where, 1},
    {"snapshot", " [FILE]", _thimble_answer_snapshot, 0},
    {"repr", " ADDRESS SIZE", _thimble_answer_repr, 2},
    {"test", "", _thimble_answer_test, 0},
};
#define COUNT (sizeof(questions) / sizeof(*questions))

static void __attribute__((noreturn)) refuse_question(void) {
    char buffer[512];
    struct text why = _thimble_text(buffer, sizeof(buffer));
    _thimble_printf(&why, "'%.40s' is no question; what can be asked:", words[0]);
    for (size_t i = 0; i < COUNT; i++)
        _thimble_printf(&why, "%s%s%s", i ? ", " : " ", questions[i].word, questions[i].arguments);
    _thimble_refuse(&why);
}

static void make(void) {
    size_t i = 0;
    while (i < COUNT && strcmp(questions[i].word, words[0]) != 0)
        i++;
    if (i == COUNT)
        refuse_question();
    if (questions[i].least > 0 && !*words[questions[i].least])
        _thimble_refuse_with("say %s%s", questions[i].word, questions[i].arguments);
    if (!questions[i].make)
        _thimble_refuse_with("this program is linked without mocks and tests (--program): ask "
                             "in a test program");
    questions[i].make(&text, words + 1);
    while (text.length > 0 && text.data[text.length - 1] == '\n')
        text.data[--text.length] = '\0';
}

static void take_apart(char *at) {
    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
        words[i] = at;
        at += strcspn(at, "\t\n");
        if (*at)
            *at++ = '\0';
    }
}

static const char *answer(void) {
    int saved = errno;
    _thimble_end_abandoned();
    /* Where nothing refers to the door the linker may leave it out. */
    MEMORY.question[thimble_debug_door.question_size - 1] = '\0';
    take_apart(MEMORY.question);
    text = _thimble_text(MEMORY.answer, sizeof(MEMORY.answer));
    text.grows = true;
    _thimble_make_guarded(make);
    errno = saved;
    return text.data;
}
