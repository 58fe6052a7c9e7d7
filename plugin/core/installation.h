/* installation.h: where the plugin that runs is installed. */
#ifndef CORE_INSTALLATION_H
#define CORE_INSTALLATION_H

/* The folder that holds bin/, lib/ and include/, absolute; or null where it can't be told.
 * To be freed. `inside` is an address in the plugin, which is lib/thimble/NAME.so there. */
char *installation_of(const void *inside);

#endif
