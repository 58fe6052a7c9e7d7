/* blob.h: finding a unit's tables in its blob, trusting nothing that stands there. */
#ifndef REGISTRY_BLOB_H
#define REGISTRY_BLOB_H

#include "registry.h"

/* Fills in the tables of a unit of this runtime's format. Returns null, or what
 * is wrong with it. */
const char *_thimble_read_blob(struct unit *, const struct thimble_unit *);

#endif
