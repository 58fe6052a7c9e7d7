/* frames.cc: keeps frame pointers, for option frames. */
#include "clang.h"

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
