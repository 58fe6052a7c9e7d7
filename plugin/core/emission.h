/* emission.h: the names and numbers of what emitters put into an object file. */
#ifndef CORE_EMISSION_H
#define CORE_EMISSION_H

/* A unit's static data; no source can spell these names. */
#define EMISSION_BLOB "thimble.blob"
#define EMISSION_SYMBOLS "thimble.symbols"
#define EMISSION_SLOTS "thimble.slots"
#define EMISSION_UNIT "thimble.unit"

/* main's body under a local name, and the weak aliases of it. */
#define EMISSION_MAIN_BODY "thimble.main"
#define EMISSION_MAIN "main"
#define EMISSION_PROGRAM_MAIN "program_main"

/* The unit's constructor and destructor call these, before and after all that the unit
 * does itself: at the first priority that is the users'. */
#define EMISSION_REGISTER "thimble_register"
#define EMISSION_UNREGISTER "thimble_unregister"
/* Where an assert's operands go, in front of the call that reports it. */
#define EMISSION_OPERANDS "thimble_operands"
/* What a call passes beyond what its function's type says, in front of a call that goes to
 * another. */
#define EMISSION_VARIADIC "thimble_variadic"
enum { EMISSION_PRIORITY = 101 };

#endif
