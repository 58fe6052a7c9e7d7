/* frames.cc: that the way to a failure can be told: frames, and the lines of calls. */
#include "clang.h"

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

void add_lines(CompilerInstance &compiler) {
    CodeGenOptions &options = compiler.getCodeGenOpts();
    if (!command_line_decides(options))
        options.setDebugInfo(debugging::DebugLineTablesOnly);
}

/* ---- Frame pointers ---- */

#if CLANG_VERSION_MAJOR >= 19

void keep_frame_pointers(clang::CompilerInstance &compiler) {
    compiler.getCodeGenOpts().setFramePointer(clang::CodeGenOptions::FramePointerKind::All);
}

#else

/* The code generator has its own copy of the options by the time a plugin is asked for,
 * and the syntax tree has no word for it: so it takes a pass, and this very file is
 * named as the plugin of LLVM's that brings it. */

#include "llvm/IR/Module.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Passes/PassPlugin.h"

#include <dlfcn.h>

namespace {

struct KeepFramePointers : llvm::PassInfoMixin<KeepFramePointers> {
    llvm::PreservedAnalyses run(llvm::Module &module, llvm::ModuleAnalysisManager &) {
        for (llvm::Function &function : module)
            if (!function.isDeclaration())
                function.addFnAttr("frame-pointer", "all");
        return llvm::PreservedAnalyses::all();
    }
    static bool isRequired() {
        return true; /* at -O0 too */
    }
};

} // namespace

extern "C" __attribute__((visibility("default"))) llvm::PassPluginLibraryInfo
llvmGetPassPluginInfo() {
    llvm::PassPluginLibraryInfo info = {};
    info.APIVersion = LLVM_PLUGIN_API_VERSION;
    info.PluginName = "thimble";
    info.PluginVersion = "1";
    info.RegisterPassBuilderCallbacks = [](llvm::PassBuilder &builder) {
        builder.registerPipelineStartEPCallback(
            [](llvm::ModulePassManager &passes, llvm::OptimizationLevel) {
                passes.addPass(KeepFramePointers());
            });
    };
    return info;
}

void keep_frame_pointers(clang::CompilerInstance &compiler) {
    static const char here = 0;
    Dl_info own;
    if (dladdr(&here, &own))
        compiler.getCodeGenOpts().PassPlugins.push_back(own.dli_fname);
}

#endif
