/* address.h: where a function of external linkage is, by the linker's name for it. */
#ifndef MOCK_ADDRESS_H
#define MOCK_ADDRESS_H

/* Null where nobody knows, or more than one could be meant. */
void (*_thimble_address_of(const char *symbol))(void);

#endif
