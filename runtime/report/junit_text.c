#include "junit_text.h"

#include <string.h>

#include "escape.h"

/* Line breaks and tabs are written as numbers, without which a reader changes them. */
static const char *spell(const char *character, size_t size, char room[SPELLED_ROOM]) {
    (void)room;
    switch (size == 1 ? character[0] : '\0') {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\r':
        return "&#13;";
    default:
        break;
    }
    uint32_t point = size ? _thimble_code_point(character, size) : 0;
    bool holds =
        (point >= ' ' && point != 0xfffe && point != 0xffff) || point == '\n' || point == '\t';
    return holds ? NULL : "\xef\xbf\xbd";
}

void _thimble_put_xml(struct sink *sink, const char *bytes, size_t length) {
    _thimble_put_spelled(sink, bytes, length, spell);
}

static const char *spell_in_attribute(const char *character, size_t size, char room[SPELLED_ROOM]) {
    if (size == 1 && character[0] == '\n')
        return "&#10;";
    if (size == 1 && character[0] == '\t')
        return "&#9;";
    return spell(character, size, room);
}

void _thimble_put_attribute_value(struct sink *sink, const char *bytes, size_t length) {
    _thimble_put_spelled(sink, bytes, length, spell_in_attribute);
}

void _thimble_put_attribute(struct sink *sink, const char *name, const struct span *value) {
    _thimble_sink_printf(sink, " %s=\"", name);
    _thimble_put_attribute_value(sink, value->bytes, value->length);
    _thimble_sink_puts(sink, "\"");
}

void _thimble_put_attribute_string(struct sink *sink, const char *name, const char *value) {
    _thimble_put_attribute(sink, name, &(struct span){value, strlen(value)});
}

void _thimble_put_attribute_seconds(struct sink *sink, const char *name, double seconds) {
    _thimble_sink_printf(sink, " %s=\"", name);
    _thimble_sink_seconds(sink, seconds, 3);
    _thimble_sink_puts(sink, "\"");
}

static bool is_leap(int year) {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* gmtime would read the time zone, which allocates. */
void _thimble_put_timestamp(struct text *text, int64_t seconds) {
    static const int days_of[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int days = (int)(seconds / 86400), rest = (int)(seconds % 86400);
    int year = 1970, month = 0;
    for (; days >= 365 + is_leap(year); year++)
        days -= 365 + is_leap(year);
    for (; days >= days_of[month] + (month == 1 && is_leap(year)); month++)
        days -= days_of[month] + (month == 1 && is_leap(year));
    _thimble_printf(text, "%04d-%02d-%02dT%02d:%02d:%02d", year, month + 1, days + 1, rest / 3600,
                    rest / 60 % 60, rest % 60);
}
