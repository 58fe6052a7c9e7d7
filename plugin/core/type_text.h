/* type_text.h: a type as C spells it, for messages and the report. */
#ifndef CORE_TYPE_TEXT_H
#define CORE_TYPE_TEXT_H

#include "model.h"

/* "const char *", "struct animal", "int (*)(void)"; cut where `out` ends. */
void type_text(const struct model *, uint32_t type, char *out, size_t size);

/* A function's declaration, with the parameters' names: "int feed(const char *name, int
 * grams)". */
void type_declaration(const struct model *, uint32_t function_type, const char *name, char *out,
                      size_t size);

#endif
