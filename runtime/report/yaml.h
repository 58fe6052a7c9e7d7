/* yaml.h: a map of strings between --- and ..., as TAP has it behind a test. */
#ifndef REPORT_YAML_H
#define REPORT_YAML_H

#include "../base/text.h"
#include "sink.h"

/* Any bytes as a value: readable where they can be, lines below the key. What is no UTF-8
 * becomes U+FFFD. */
void _thimble_put_yaml(struct sink *, const char *indent, const char *key, const struct span *);

#endif
