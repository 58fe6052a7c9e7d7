/* frames.cc: that the way to a failure can be told: frames, and the lines of calls. */
#include "gcc.h"

/* As if the command line said -fno-omit-frame-pointer: what it does not say, the target
 * decides later. */
void keep_frame_pointers(void) {
    flag_omit_frame_pointer = 0;
    global_options_set.x_flag_omit_frame_pointer = 1;
}

/* ---- Lines ---- */

/* -g0 and the like. */
static bool refuses_debugging(const struct cl_decoded_option *option) {
    return (option->opt_index == OPT_g || option->opt_index == OPT_ggdb) && option->arg &&
           strcmp(option->arg, "0") == 0;
}

static bool command_line_decides(void) {
    if (debug_info_level != DINFO_LEVEL_NONE)
        return true;
    for (unsigned i = 1; i < save_decoded_options_count; i++)
        if (refuses_debugging(&save_decoded_options[i]))
            return true;
    return false;
}

/* As if the command line said -g1: functions, what is inlined where, and lines. The options
 * that are kept here are those that a link with -flto finds in the object file. */
void add_lines(const struct options *options) {
    if (command_line_decides() || !traced_source(options, in_fnames ? in_fnames[0] : ""))
        return;
    debug_info_level = DINFO_LEVEL_TERSE;
    write_symbols = PREFERRED_DEBUGGING_TYPE;
    unsigned count = save_decoded_options_count;
    struct cl_decoded_option *all = XNEWVEC(struct cl_decoded_option, count + 1);
    memcpy(all, save_decoded_options, count * sizeof *all);
    generate_option(OPT_g, "1", 1, CL_C, &all[count]);
    save_decoded_options = all;
    save_decoded_options_count = count + 1;
}

/* ---- Calls ---- */

/* What leaves no frame behind, or one frame or call for two. */
static void forget_no_call(void) {
    flag_optimize_sibling_calls = 0;
    flag_ipa_icf_functions = 0;
    flag_partial_inlining = 0;
    flag_tree_tail_merge = 0;
    flag_crossjumping = 0;
}

static tree changed(tree optimization) {
    cl_optimization_restore(&global_options, &global_options_set, TREE_OPTIMIZATION(optimization));
    forget_no_call();
    return build_optimization_node(&global_options, &global_options_set);
}

void keep_calls(const vec<tree> &functions) {
    unsigned i;
    tree decl;
    FOR_EACH_VEC_ELT (functions, i, decl)
        if (tree own = DECL_FUNCTION_SPECIFIC_OPTIMIZATION(decl))
            DECL_FUNCTION_SPECIFIC_OPTIMIZATION(decl) = changed(own);
    optimization_default_node = changed(optimization_default_node);
    optimization_current_node = optimization_default_node;
}
