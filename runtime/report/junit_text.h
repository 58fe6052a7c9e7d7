/* junit_text.h: text and times of an XML report. */
#ifndef REPORT_JUNIT_TEXT_H
#define REPORT_JUNIT_TEXT_H

#include "../base/text.h"
#include "sink.h"

/* Any bytes, as an element's content and in an attribute's value: what XML 1.0 has no
 * character for becomes U+FFFD. */
void _thimble_put_xml(struct sink *, const char *bytes, size_t length);
void _thimble_put_attribute_value(struct sink *, const char *bytes, size_t length);

/* ` NAME="VALUE"`. */
void _thimble_put_attribute(struct sink *, const char *name, const struct span *value);
void _thimble_put_attribute_string(struct sink *, const char *name, const char *value);
void _thimble_put_attribute_seconds(struct sink *, const char *name, double seconds);

/* As the format's own tools write it: 2026-01-31T23:59:59, UTC. */
void _thimble_put_timestamp(struct text *, int64_t seconds_since_1970);

#endif
