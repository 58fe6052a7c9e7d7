/* frames.cc: keeps frame pointers, for option frames. Whether a function has one is no
 * matter of the syntax tree, and the code generator has its own copy of the options by
 * the time a plugin is asked for: so it takes a pass, which this very file is as a
 * plugin of LLVM's. */
#include "clang.h"

#include "clang/Basic/Version.h"
#include "llvm/IR/Module.h"
#include "llvm/Passes/PassBuilder.h"
#if CLANG_VERSION_MAJOR >= 22
#include "llvm/Plugins/PassPlugin.h"
#else
#include "llvm/Passes/PassPlugin.h"
#endif

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
