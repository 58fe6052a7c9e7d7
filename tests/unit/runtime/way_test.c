/* From addresses to lines, with commands that answer in their own ways. */
#include "../../../runtime/runner/way.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"

static char command[] = "/tmp/thimble-way-XXXXXX";
static const struct test test = {.name = "test_feeds"};

/* The command is this script from now on; null is none. */
static void set_command(const char *script) {
    int file = open(command, O_WRONLY | O_TRUNC | O_CLOEXEC);
    if (script)
        CHECK(write(file, script, strlen(script)) == (ssize_t)strlen(script));
    close(file);
    setenv("THIMBLE_COMMAND", script ? command : "/nonexistent/thimble", 1);
}

static const char *way_of(struct symbols *symbols, const char *message) {
    static struct text text;
    text = _thimble_growing_text();
    _thimble_put_way(&text, symbols, &test, message, strlen(message));
    return text.data;
}

/* In a module "zoo" an address is a line of zoo.c, 9 that and a call of it that was inlined;
 * of others a name is known. */
static const char zoo[] =
    "#!/bin/sh\n"
    "[ \"$*\" = symbols ] || exit 4\n"
    "while read -r module address; do\n"
    "  case \"$module $address\" in\n"
    "  'zoo 9') printf 'inlined\\t./zoo.h\\t7\\ncaller\\tzoo.c\\t9\\n\\n' ;;\n"
    "  'zoo '*) printf 'line_%s\\tzoo.c\\t%d\\n\\n' $address $address ;;\n"
    "  'name '*) printf 'qsort\\t\\t0\\n\\n' ;;\n"
    "  *) echo ;;\n"
    "  esac\n"
    "done\n";

static void check_lines(void) {
    struct symbols symbols = {0};
    set_command(zoo);
    CHECK_TEXT(way_of(&symbols, "zoo.c:3: what\n  more\n\1f 1 3 ? zoo\n\1c 1 4 ? zoo\n"
                                "\1c 1 9 ? zoo\n\1c 1 1 ? name\n\1c 1 1 ? nothing\n\1t 1 5 ? zoo\n"
                                "left 1 process"),
               "zoo.c:3: what\n  more\n  called from zoo.c:4 in line_4\n"
               "  called from zoo.h:7 in inlined\n  called from zoo.c:9 in caller\n"
               "  called from zoo.c:5 in line_5\nleft 1 process");
    CHECK_TEXT(way_of(&symbols, "zoo.c:7: what\n\1f 1 9 ? zoo"),
               "zoo.c:7: what\n  called from zoo.c:9 in caller");
    CHECK_TEXT(way_of(&symbols, "zoo.c:3: what\n\1f 1 3 ? zoo"), "zoo.c:3: what");
    CHECK_TEXT(way_of(&symbols, "zoo.c:3: what\n\1f 1 3 ? zoo\n\1t 1 1 ? name"),
               "zoo.c:3: what\n  called from test_feeds");
    /* The function that the text is about is left out where it is the innermost: it may have
     * called as its last act, and have no frame. */
    CHECK_TEXT(way_of(&symbols, "zoo.c:7: what\n\1i 1 9 inlined zoo\n\1c 1 4 ? zoo"),
               "zoo.c:7: what\n  called from zoo.c:9 in caller\n  called from zoo.c:4 in line_4");
    CHECK_TEXT(way_of(&symbols, "zoo.c:7: what\n\1i 1 9 drop zoo"),
               "zoo.c:7: what\n  called from zoo.h:7 in inlined\n  called from zoo.c:9 in caller");
    CHECK_TEXT(way_of(&symbols, "zoo.c:7: what\n  allocated\n\1I 1 9 inlined zoo\n\1C 1 4 ? zoo\n"
                                "  freed\n\1i 1 3 line_3 zoo\n\1c 1 5 ? zoo"),
               "zoo.c:7: what\n  allocated\n    called from zoo.c:9 in caller\n"
               "    called from zoo.c:4 in line_4\n  freed\n  called from zoo.c:5 in line_5");
    _thimble_end_symbols(&symbols);
    CHECK(waitpid(-1, NULL, WNOHANG) < 0);
}

static void check_long_ways(void) {
    struct symbols symbols = {0};
    struct text message = _thimble_growing_text();
    _thimble_puts(&message, "zoo.c:1: what\n\1f 1 1 ? zoo");
    for (int i = 10; i < 20; i++)
        _thimble_printf(&message, "\n\1c 1 %d ? zoo", i);
    _thimble_puts(&message, "\n\1x 5 9 ? zoo\n\1x 100 20 ? zoo");
    for (int i = 30; i < 40; i++)
        _thimble_printf(&message, "\n\1c 1 %d ? zoo", i);
    const char *way = way_of(&symbols, message.data);
    CHECK_CONTAINS(way, "zoo.c:17 in line_17\n  ... 114 more calls ...\n  called from zoo.c:32 in");
    CHECK_CONTAINS(way, "what\n  called from zoo.c:10 in line_10\n");
    CHECK_CONTAINS(way, "called from zoo.c:39 in line_39");
    _thimble_end_symbols(&symbols);
}

static void check_other_text(void) {
    struct symbols symbols = {0};
    CHECK(!_thimble_holds_way("zoo.c:1: what", 13) && _thimble_holds_way("a\n\1", 3));
    CHECK_TEXT(way_of(&symbols, ""), "");
    CHECK_TEXT(way_of(&symbols, "zoo.c:3: \1f 1 3 ? zoo"), "zoo.c:3: \1f 1 3 ? zoo");
    CHECK_TEXT(way_of(&symbols, "a\n\1\n\1f\n\1f \n\1 1 2 3\nb"), "a\n\1\n\1f\n\1f \n\1 1 2 3\nb");
    CHECK(!symbols.process);
}

/* What the test's process knew is shown, and the run goes on. */
static void check_without(const char *script) {
    static const char message[] = "zoo.c:3: what\n\1f 1 3 ? zoo\n\1c 1 4 ? zoo\n\1t 1 5 main zoo";
    struct symbols symbols = {0};
    set_command(script);
    for (int i = 0; i < 2; i++)
        CHECK_TEXT(way_of(&symbols, message), "zoo.c:3: what\n  called from test_feeds");
    CHECK(symbols.gone && !symbols.process);
    CHECK(waitpid(-1, NULL, WNOHANG) < 0);
}

/* Where the stack could not be walked to its end, it is known to begin in the test. */
static void check_broken_ways(void) {
    struct symbols symbols = {0};
    set_command(zoo);
    CHECK_TEXT(way_of(&symbols, "zoo.c:3: what\n\1f 1 3 ? zoo\n\1t 1 0 ? ?"),
               "zoo.c:3: what\n  called from test_feeds");
    set_command("#!/bin/sh\nwhile read x; do printf 'test_feeds\\tzoo.c\\t3\\n\\n'; done\n");
    _thimble_end_symbols(&symbols);
    symbols = (struct symbols){0};
    CHECK_TEXT(way_of(&symbols, "zoo.c:3: what\n\1f 1 3 ? zoo\n\1t 1 0 ? ?"), "zoo.c:3: what");
    _thimble_end_symbols(&symbols);
}

void check_ways(void) {
    int file = mkstemp(command);
    fchmod(file, 0700);
    close(file);
    check_lines();
    check_long_ways();
    check_other_text();
    check_without(NULL);
    check_without("#!/bin/sh\nexit 4\n");
    check_without("#!/bin/sh\nread question; echo nonsense\n");
    check_without("#!/bin/sh\nexec yes\n");
    check_without("#!/bin/sh\nsleep 100\n");
    check_broken_ways();
    unlink(command);
    unsetenv("THIMBLE_COMMAND");
}
