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

static bool defines_ndebug(void) {
    bool defines = false;
    for (unsigned i = 1; i < save_decoded_options_count; i++) {
        const struct cl_decoded_option *option = &save_decoded_options[i];
        const char *name = option->arg ? option->arg : "";
        if (strncmp(name, "NDEBUG", 6) || (name[6] && name[6] != '='))
            continue;
        if (option->opt_index == OPT_D || option->opt_index == OPT_U)
            defines = option->opt_index == OPT_D;
    }
    return defines;
}

/* As if the command line said -g1: functions, what is inlined where, and lines. The options
 * that are kept here are those that a link with -flto finds in the object file. */
void add_lines(const struct options *options) {
    if (command_line_decides() ||
        !traced_source(options, in_fnames ? in_fnames[0] : "", defines_ndebug()))
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

struct reading {
    struct call_graph *const calls;
    const uint64_t caller;
};

static tree read_call_in(tree *place, int *walk_subtrees, void *data) {
    struct reading *reading = (struct reading *)data;
    tree node = *place;
    if (TYPE_P(node)) {
        *walk_subtrees = 0;
    } else if (TREE_CODE(node) == FUNCTION_DECL) {
        call_graph_add(reading->calls, CALL_GRAPH_POINTER, DECL_UID(node));
    } else if (TREE_CODE(node) == COMPOUND_LITERAL_EXPR) {
        walk_tree(&DECL_INITIAL(COMPOUND_LITERAL_EXPR_DECL(node)), read_call_in, data, nullptr);
    } else if (TREE_CODE(node) == CALL_EXPR) {
        tree callee = get_callee_fndecl(node);
        call_graph_add(reading->calls, reading->caller,
                       callee ? DECL_UID(callee) : CALL_GRAPH_POINTER);
        *walk_subtrees = !callee;
        for (int i = 0; callee && i < call_expr_nargs(node); i++)
            walk_tree_without_duplicates(&CALL_EXPR_ARG(node, i), read_call_in, data);
    }
    return NULL_TREE;
}

struct call_graph *read_calls(const vec<tree> &functions) {
    struct call_graph *calls = call_graph_new();
    unsigned i;
    tree decl;
    FOR_EACH_VEC_ELT (functions, i, decl) {
        struct reading reading = {calls, DECL_UID(decl)};
        walk_tree_without_duplicates(&DECL_SAVED_TREE(decl), read_call_in, &reading);
    }
    struct reading reading = {calls, CALL_GRAPH_POINTER};
    varpool_node *variable;
    FOR_EACH_VARIABLE (variable)
        if (DECL_INITIAL(variable->decl) && DECL_INITIAL(variable->decl) != error_mark_node)
            walk_tree_without_duplicates(&DECL_INITIAL(variable->decl), read_call_in, &reading);
    call_graph_finish(calls);
    return calls;
}

/* Leaves a frame or a call for each. A circle of tail calls may need a stack without end
 * when it is made of frames: there they stay what they were. */
static tree changed(tree optimization, bool recursive) {
    cl_optimization_restore(&global_options, &global_options_set, TREE_OPTIMIZATION(optimization));
    if (!recursive)
        flag_optimize_sibling_calls = 0;
    flag_ipa_icf_functions = 0;
    flag_partial_inlining = 0;
    flag_tree_tail_merge = 0;
    flag_crossjumping = 0;
    return build_optimization_node(&global_options, &global_options_set);
}

void keep_calls(const vec<tree> &functions, const struct call_graph *calls) {
    unsigned i;
    tree decl;
    FOR_EACH_VEC_ELT (functions, i, decl) {
        tree own = DECL_FUNCTION_SPECIFIC_OPTIMIZATION(decl);
        bool recursive = call_graph_recursive(calls, DECL_UID(decl));
        if (own || recursive)
            DECL_FUNCTION_SPECIFIC_OPTIMIZATION(decl) =
                changed(own ? own : optimization_default_node, recursive);
    }
    optimization_default_node = changed(optimization_default_node, false);
    optimization_current_node = optimization_default_node;
}
