/* frames.cc: that the way to a failure can be told: frames, and the lines of calls. */
#include "clang.h"

#include "clang/Lex/PreprocessorOptions.h"
#include "llvm/IR/Module.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

using namespace clang;

/* ---- Calls ---- */

static uint64_t key_of(const FunctionDecl *function) {
    return (uint64_t)(uintptr_t)function->getCanonicalDecl();
}

static void read_calls_in(struct call_graph *calls, uint64_t caller, const Stmt *node) {
    if (const CallExpr *call = dyn_cast<CallExpr>(node)) {
        const FunctionDecl *callee = call->getDirectCallee();
        call_graph_add(calls, caller, callee ? key_of(callee) : CALL_GRAPH_POINTER);
        for (const Expr *argument : call->arguments())
            read_calls_in(calls, caller, argument);
        if (!callee)
            read_calls_in(calls, caller, call->getCallee());
        return;
    }
    if (const DeclRefExpr *reference = dyn_cast<DeclRefExpr>(node))
        if (const FunctionDecl *function = dyn_cast<FunctionDecl>(reference->getDecl()))
            call_graph_add(calls, CALL_GRAPH_POINTER, key_of(function));
    for (const Stmt *child : node->children())
        if (child)
            read_calls_in(calls, caller, child);
}

struct call_graph *read_calls(struct unit *unit, llvm::ArrayRef<FunctionDecl *> functions) {
    struct call_graph *calls = call_graph_new();
    for (const FunctionDecl *function : functions)
        read_calls_in(calls, key_of(function), function->getBody());
    for (const Decl *decl : unit->context->getTranslationUnitDecl()->decls())
        if (const VarDecl *variable = dyn_cast<VarDecl>(decl))
            if (const Expr *initializer = variable->getInit())
                read_calls_in(calls, CALL_GRAPH_POINTER, initializer);
    call_graph_finish(calls);
    return calls;
}

void keep_calls(struct unit *unit, FunctionDecl *function, const struct call_graph *calls) {
    ASTContext &context = *unit->context;
    /* What must not touch the stack has its own way to call. */
    if (function->hasAttr<NakedAttr>())
        return;
    /* A call behind which nothing is left to do stays a call; but a circle of them may need
     * a stack without end when it is made of frames. */
    if (!call_graph_recursive(calls, key_of(function)))
        function->addAttr(DisableTailCallsAttr::CreateImplicit(context, SourceRange()));
    /* Two calls that look the same stay two. */
    const Attr *unmerged[] = {NoMergeAttr::CreateImplicit(context, SourceRange())};
    Stmt *body = function->getBody();
    function->setBody(AttributedStmt::Create(context, body->getBeginLoc(), unmerged, body));
}

/* ---- Lines ---- */

/* Whether a command line has -g0, of which nothing is left in what is passed on. */
static bool refuses_debugging(const char *command_line) {
    char words[1 << 16];
    FILE *file = fopen(command_line, "r");
    size_t length = file ? fread(words, 1, sizeof words - 1, file) : 0;
    words[length] = '\0';
    if (file)
        fclose(file);
    for (const char *word = words; word < words + length; word += strlen(word) + 1)
        if (strcmp(word, "-g0") == 0 || strcmp(word, "-ggdb0") == 0)
            return true;
    return false;
}

/* Clang's driver is this process or has started it. */
static bool command_line_decides(const CodeGenOptions &options) {
    char driver[64];
    snprintf(driver, sizeof driver, "/proc/%d/cmdline", (int)getppid());
    return options.getDebugInfo() != debugging::NoDebugInfo ||
           refuses_debugging("/proc/self/cmdline") || refuses_debugging(driver);
}

static bool defines_ndebug(CompilerInstance &compiler) {
    bool defines = false;
    for (const auto &macro : compiler.getPreprocessorOpts().Macros)
        if (llvm::StringRef(macro.first).split('=').first == "NDEBUG")
            defines = !macro.second; /* not undefined */
    return defines;
}

void add_lines(const struct options *options, CompilerInstance &compiler, const char *source_file) {
    CodeGenOptions &code = compiler.getCodeGenOpts();
    if (command_line_decides(code) ||
        !traced_source(options, source_file, defines_ndebug(compiler)))
        return;
    code.setDebugInfo(debugging::DebugLineTablesOnly);
#if CLANG_VERSION_MAJOR < 19
    expect_twin(compiler);
#endif
}

/* ---- Frame pointers ---- */

#if CLANG_VERSION_MAJOR >= 19

void keep_frame_pointers(CompilerInstance &compiler) {
    compiler.getCodeGenOpts().setFramePointer(CodeGenOptions::FramePointerKind::All);
}

#else

static void keep_frame_pointers_in(llvm::Module &module) {
    for (llvm::Function &function : module)
        if (!function.isDeclaration())
            function.addFnAttr("frame-pointer", "all");
}

void keep_frame_pointers(CompilerInstance &compiler) {
    add_pass(compiler, keep_frame_pointers_in);
}

#endif
