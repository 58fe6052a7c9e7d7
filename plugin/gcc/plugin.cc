/* plugin.cc: the plugin for one GCC: its options, and the one go over the unit. */
#include "gcc.h"

__attribute__((visibility("default"))) int plugin_is_GPL_compatible;

static struct options options;
static void (*parse_file)(void);

/* A name that the unit's text never had is no identifier. */
static bool includes_header(void) {
    return maybe_get_identifier(NAMING_MARKER) != NULL_TREE;
}

/* Whether NDEBUG has left an assert that does not look at its operand. In input
 * that was preprocessed before, nobody can tell. */
static bool asserts_emptied(void) {
    cpp_hashnode *ndebug = cpp_lookup(parse_in, (const unsigned char *)"NDEBUG", 6);
    cpp_hashnode *assert_macro = cpp_lookup(parse_in, (const unsigned char *)"assert", 6);
    if (!cpp_macro_p(ndebug) || !cpp_macro_p(assert_macro) || !cpp_user_macro_p(assert_macro))
        return false;
    const char *definition = (const char *)cpp_macro_definition(parse_in, assert_macro);
    const char *open = strchr(definition, '(');
    const char *close = open ? strchr(open, ')') : nullptr;
    if (!close || close == open + 1)
        return false;
    char *parameter = xstrndup(open + 1, strcspn(open + 1, ",)"));
    bool emptied = naming_assert_emptied(parameter, close + 1);
    free(parameter);
    return emptied;
}

static void report_error(void *, const struct model_place *where, const char *message) {
    if (where->object != THIMBLE_NONE) {
        error_at(DECL_SOURCE_LOCATION(object_of_index(where->object)), "%s", message);
        return;
    }
    tree decl = function_of_index(where->function);
    location_t place = DECL_SOURCE_LOCATION(decl);
    if (where->parameter != THIMBLE_NONE) {
        tree parm = DECL_ARGUMENTS(decl);
        for (uint32_t i = where->parameter; parm && i > 0; i--)
            parm = DECL_CHAIN(parm);
        if (parm)
            place = DECL_SOURCE_LOCATION(parm);
    }
    error_at(place, "%s", message);
}

/* The functions with a body, in the order of the source. Nodes of nested ones are
 * among them. */
static auto_vec<tree> *defined_functions(void) {
    auto_vec<cgraph_node *> nodes;
    cgraph_node *node;
    FOR_EACH_FUNCTION (node)
        if (DECL_SAVED_TREE(node->decl) && !DECL_ARTIFICIAL(node->decl))
            nodes.safe_push(node);
    nodes.qsort([](const void *a, const void *b) {
        return (*(cgraph_node *const *)a)->order - (*(cgraph_node *const *)b)->order;
    });
    auto_vec<tree> *decls = new auto_vec<tree>;
    unsigned i;
    FOR_EACH_VEC_ELT (nodes, i, node)
        decls->safe_push(node->decl);
    return decls;
}

/* Names by which the runner finds fixtures and the like are used, whoever else uses
 * them. */
static void keep_from_unused_warnings(const struct model *model) {
    symtab_node *node;
    if (!model_serves_tests(model))
        return;
    FOR_EACH_SYMBOL (node) {
        const char *name = name_of(DECL_NAME(node->decl));
        if (name && (naming_serves_tests(name) || naming_is_test(options.prefix, name)))
            TREE_USED(node->decl) = 1;
    }
}

static void do_unit(struct model *model, const char *installation) {
    if (includes_header())
        model_includes_header(model);
    if (asserts_emptied())
        model_asserts_emptied(model);

    auto_vec<tree> *functions = defined_functions();
    unsigned i;
    tree decl;
    FOR_EACH_VEC_ELT (*functions, i, decl) {
        if (naming_matters(options.prefix, name_of(DECL_NAME(decl))))
            read_function(model, decl);
        read_marks(model, decl);
    }
    if (model_serves_tests(model))
        read_declared_fixtures(model);
    struct call_graph *calls = model_serves_tests(model) ? read_calls(*functions) : nullptr;
    emitter_init();
    if (optimize || flag_lto)
        references_optimized(model);
    FOR_EACH_VEC_ELT (*functions, i, decl)
        if (seams_rewrite_body(in_system_header(decl)))
            rewrite_function(&options, model, decl);
    varpool_node *variable;
    FOR_EACH_VARIABLE (variable) {
        check_marks(variable->decl);
        if (DECL_INITIAL(variable->decl) && DECL_INITIAL(variable->decl) != error_mark_node)
            note_uses(&options, model, variable->decl);
    }
    read_objects(model, *functions);

    model_finish(model, report_error, nullptr);
    model_installed_in(model, installation);
    keep_from_unused_warnings(model);
    if (calls) {
        keep_calls(*functions, calls);
        call_graph_free(calls);
    }
    if (!seen_error()) {
        FOR_EACH_VEC_ELT (*functions, i, decl)
            if (naming_is_program_main(name_of(DECL_NAME(decl)), is_internal(decl),
                                       decl_function_context(decl) != NULL_TREE))
                emit_program_main(decl);
        emit_unit(model);
    }
    delete functions;
}

static void write_report(const struct model *model) {
    if (!options.report)
        return;
    int failed = report_write(model, options.report);
    if (failed)
        error_at(UNKNOWN_LOCATION, "thimble: cannot write the report %qs: %s", options.report,
                 xstrerror(failed));
}

/* Runs in place of the front end's parse_file: behind it the unit is known as a
 * whole, and no function of it has been compiled yet. */
static void parse_and_do_unit(void) {
    macros_watch();
    conditions_declare();
    parse_file();
    if (seen_error() || flag_syntax_only || flag_preprocess_only || pch_file ||
        options_excludes(&options, main_input_filename))
        return;
    char *compiler = xasprintf("GCC %s", gcc_version.basever);
    struct model *model = model_new(&options, main_input_filename, get_src_pwd(), compiler);
    char *installation = installation_of(&options);
    do_unit(model, installation);
    write_report(model);
    model_free(model);
    free(compiler);
    free(installation);
}

/* The value of argument number i. The one that GCC hands over lacks its last character for
 * each '=' in it. */
static const char *whole_value(const struct plugin_name_args *info, int i) {
    size_t length = strlen(info->base_name);
    for (unsigned at = 0; at < save_decoded_options_count; at++) {
        const struct cl_decoded_option *option = &save_decoded_options[at];
        if (option->opt_index != OPT_fplugin_arg_ ||
            strncmp(option->arg, info->base_name, length) || option->arg[length] != '-' || i--)
            continue;
        const char *value = strchr(option->arg, '=');
        return value ? value + 1 : nullptr;
    }
    return nullptr;
}

static bool read_options(struct plugin_name_args *info) {
    bool good = true;
    options_init(&options);
    for (int i = 0; i < info->argc; i++) {
        char message[1024];
        if (options_set(&options, info->argv[i].key, whole_value(info, i), message, sizeof message))
            continue;
        error_at(UNKNOWN_LOCATION, "%s", message);
        good = false;
    }
    return good;
}

__attribute__((visibility("default"))) int plugin_init(struct plugin_name_args *info,
                                                       struct plugin_gcc_version *version) {
    /* The structures of GCC's insides may differ from one release to the next. */
    if (strcmp(version->basever, gcc_version.basever)) {
        error_at(UNKNOWN_LOCATION,
                 "thimble: this plugin was built for GCC %s, the compiler is GCC %s: build "
                 "Thimble again with this compiler%'s plugin headers",
                 gcc_version.basever, version->basever);
        return 0;
    }
    if (!read_options(info))
        return 0;
    static struct plugin_info about = {
        .version = "Thimble for GCC",
        .help = "  -fplugin-arg-thimble-KEY[=VALUE]; an unknown KEY lists all of them",
    };
    register_callback(info->base_name, PLUGIN_INFO, nullptr, &about);
    if (options.frames)
        keep_frame_pointers();
    add_lines(&options);
    hints_init(info->base_name);
    marks_init(info->base_name);
    conditions_init(info->base_name, &options);
    if (flag_preprocess_only)
        macros_watch();
    parse_file = lang_hooks.parse_file;
    lang_hooks.parse_file = parse_and_do_unit;
    return 0;
}
