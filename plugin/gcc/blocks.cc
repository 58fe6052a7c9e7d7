/* blocks.cc: functions that a jump takes back to the end of one of their blocks.
 *
 * A local that was changed since the block began may be anywhere by then, in a register that
 * the jump puts back to what it was. One that is volatile is in memory. Only the declaration
 * is made so, when all of it is parsed: nobody is warned of qualifiers that the source does
 * not have.
 */
#include "gcc.h"

static void keep(tree decl) {
    if (TREE_CODE(decl) != PARM_DECL && !VAR_P(decl))
        return;
    if (VAR_P(decl) && (TREE_STATIC(decl) || DECL_EXTERNAL(decl) || DECL_HARD_REGISTER(decl)))
        return;
    TREE_THIS_VOLATILE(decl) = 1;
    TREE_SIDE_EFFECTS(decl) = 1;
}

static void keep_in(tree block) {
    for (tree decl = BLOCK_VARS(block); decl; decl = DECL_CHAIN(decl))
        keep(decl);
    for (tree inner = BLOCK_SUBBLOCKS(block); inner; inner = BLOCK_CHAIN(inner))
        keep_in(inner);
}

/* In a copy of the function that is made for certain arguments, the parameters would be
 * variables of another make. */
static void keep_from_clones(tree decl) {
    if (!lookup_attribute("noclone", DECL_ATTRIBUTES(decl)))
        DECL_ATTRIBUTES(decl) =
            tree_cons(get_identifier("noclone"), NULL_TREE, DECL_ATTRIBUTES(decl));
}

void keep_locals(tree decl) {
    keep_from_clones(decl);
    for (tree parameter = DECL_ARGUMENTS(decl); parameter; parameter = DECL_CHAIN(parameter))
        keep(parameter);
    if (DECL_INITIAL(decl) && TREE_CODE(DECL_INITIAL(decl)) == BLOCK)
        keep_in(DECL_INITIAL(decl));
}
