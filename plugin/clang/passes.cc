/* passes.cc: what has to be done to the code that older Clangs have made. The code generator
 * has its own copy of the options by the time a plugin is asked for: where the syntax tree
 * has no word for it, it takes a pass, and this very file is named as the plugin of LLVM's
 * that brings it. */
#include "clang.h"

#if CLANG_VERSION_MAJOR < 19

#include "llvm/Passes/PassBuilder.h"
#include "llvm/Passes/PassPlugin.h"

#include <dlfcn.h>

static llvm::SmallVector<void (*)(llvm::Module &), 2> wanted;

namespace {

struct Wanted : llvm::PassInfoMixin<Wanted> {
    llvm::PreservedAnalyses run(llvm::Module &module, llvm::ModuleAnalysisManager &) {
        for (auto one : wanted)
            one(module);
        return llvm::PreservedAnalyses::none();
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
                passes.addPass(Wanted());
            });
    };
    return info;
}

void add_pass(clang::CompilerInstance &compiler, void (*pass)(llvm::Module &)) {
    static const char here = 0;
    Dl_info own;
    if (!dladdr(&here, &own))
        return;
    if (wanted.empty())
        compiler.getCodeGenOpts().PassPlugins.push_back(own.dli_fname);
    wanted.push_back(pass);
}

#endif
