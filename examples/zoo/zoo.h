/* zoo.h: feeding rounds. */
#ifndef ZOO_H
#define ZOO_H

#include <sqlite3.h>
#include <stdbool.h>
#include <time.h>

#include "database.h"

/* Whether the animal has gone for its feeding period without food. */
bool is_due(const struct animal *animal, time_t now);

/* Feeds every animal that is due and writes down when. Returns how many were
 * fed, or -1 where the database failed. */
int feed_animals(sqlite3 *database);

/* Prints each animal and when it is due. Returns how many, or -1. */
int list_animals(sqlite3 *database);

#endif
