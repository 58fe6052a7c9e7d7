/* layout.h: a finished model as a blob (see thimble/abi.h). */
#ifndef CORE_LAYOUT_H
#define CORE_LAYOUT_H

#include "model.h"

/* The blob's bytes in the target's byte order; the caller frees them. */
unsigned char *layout_blob(const struct model *, bool big_endian, uint32_t *size);

#endif
