/* twin.cc: tables of lines from older Clangs, whose code generator can no longer be told to
 * make them when a plugin is asked for. A second one, which was told, makes the same code
 * of the same declarations; when the first has made it, each of its instructions is given
 * the line of its twin. */
#include "clang.h"

#if CLANG_VERSION_MAJOR < 19

#include "clang/CodeGen/ModuleBuilder.h"
#include "llvm/IR/DIBuilder.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"

static struct {
    bool expected;
    std::unique_ptr<llvm::LLVMContext> context;
    std::unique_ptr<llvm::Module> module;
} twin;

/* ---- Making it ---- */

std::unique_ptr<clang::CodeGenerator> begin_twin(clang::CompilerInstance &compiler,
                                                 clang::ASTContext &context) {
    if (!twin.expected)
        return nullptr;
    /* What there is to say, the first one says. */
    compiler.getDiagnostics().setSuppressAllDiagnostics(true);
    clang::CodeGenOptions options = compiler.getCodeGenOpts();
    options.CoverageMapping = false; /* for which there has to be somebody else */
    twin.context = std::make_unique<llvm::LLVMContext>();
    std::unique_ptr<clang::CodeGenerator> generator(clang::CreateLLVMCodeGen(
        compiler.getDiagnostics(), "twin",
#if CLANG_VERSION_MAJOR >= 15
        &compiler.getVirtualFileSystem(),
#endif
        compiler.getHeaderSearchOpts(), compiler.getPreprocessorOpts(), options, *twin.context));
    generator->Initialize(context);
    return generator;
}

void end_twin(clang::CompilerInstance &compiler, clang::ASTContext &context,
              std::unique_ptr<clang::CodeGenerator> generator) {
    generator->HandleTranslationUnit(context);
    twin.module.reset(generator->ReleaseModule());
    compiler.getDiagnostics().setSuppressAllDiagnostics(false);
}

/* ---- Copying its lines ---- */

namespace {

struct Copying {
    llvm::Module &module;
    llvm::DIBuilder builder;
    llvm::DenseMap<const llvm::Metadata *, llvm::DIScope *> scopes{};

    llvm::DIFile *file(const llvm::DIFile *file) {
        return builder.createFile(file->getFilename(), file->getDirectory());
    }
};

} // namespace

/* The places of two functions' instructions are the same where the instructions are. */
static bool are_alike(const llvm::Function &one, const llvm::Function &other) {
    auto at = llvm::inst_begin(other), end = llvm::inst_end(other);
    for (const llvm::Instruction &instruction : llvm::instructions(one)) {
        if (at == end || at->getOpcode() != instruction.getOpcode())
            return false;
        ++at;
    }
    return at == end && one.size() == other.size();
}

static llvm::DISubprogram *copy_function(struct Copying *copying, const llvm::DISubprogram *from) {
    llvm::DIBuilder &builder = copying->builder;
    llvm::DIFile *file = copying->file(from->getFile());
    llvm::DISubroutineType *type = builder.createSubroutineType(builder.getOrCreateTypeArray({}));
    return builder.createFunction(file, from->getName(), from->getLinkageName(), file,
                                  from->getLine(), type, from->getScopeLine(), from->getFlags(),
                                  from->getSPFlags());
}

/* A function; or, where part of it stands in another file, that part. */
static llvm::DIScope *copy_scope(struct Copying *copying, const llvm::DIScope *from) {
    llvm::DIScope *&copy = copying->scopes[from];
    if (copy)
        return copy;
    llvm::DIScope *made = nullptr;
    if (const auto *function = llvm::dyn_cast<llvm::DISubprogram>(from))
        made = copy_function(copying, function);
    else if (const auto *part = llvm::dyn_cast<llvm::DILexicalBlockFile>(from))
        made = copying->builder.createLexicalBlockFile(copy_scope(copying, part->getScope()),
                                                       copying->file(part->getFile()),
                                                       part->getDiscriminator());
    else if (const auto *block = llvm::dyn_cast<llvm::DILexicalBlock>(from))
        made = copy_scope(copying, block->getScope());
    return copying->scopes[from] = made; /* the map may have grown meanwhile */
}

static void copy_lines(struct Copying *copying, llvm::Function &to, const llvm::Function &from) {
    to.setSubprogram(llvm::cast<llvm::DISubprogram>(copy_scope(copying, from.getSubprogram())));
    auto at = llvm::inst_begin(from);
    for (llvm::Instruction &instruction : llvm::instructions(to)) {
        if (const llvm::DILocation *place = (at++)->getDebugLoc())
            instruction.setDebugLoc(llvm::DILocation::get(
                to.getContext(), place->getLine(), place->getColumn(),
                copy_scope(copying, place->getScope()), nullptr, place->isImplicitCode()));
    }
}

static void copy_unit(struct Copying *copying, const llvm::DICompileUnit *from) {
    copying->builder.createCompileUnit(
        from->getSourceLanguage(), copying->file(from->getFile()), from->getProducer(),
        from->isOptimized(), from->getFlags(), 0, "", llvm::DICompileUnit::LineTablesOnly, 0,
        from->getSplitDebugInlining(), false, from->getNameTableKind());
    copying->module.addModuleFlag(llvm::Module::Warning, "Debug Info Version",
                                  llvm::DEBUG_METADATA_VERSION);
}

static void copy_all_lines(llvm::Module &module) {
    if (!twin.module || module.getNamedMetadata("llvm.dbg.cu"))
        return;
    auto units = twin.module->debug_compile_units();
    if (units.begin() == units.end())
        return;
    struct Copying copying = {module, llvm::DIBuilder(module)};
    copy_unit(&copying, *units.begin());
    for (llvm::Function &function : module) {
        const llvm::Function *other = twin.module->getFunction(function.getName());
        if (!function.isDeclaration() && other && other->getSubprogram() &&
            are_alike(function, *other))
            copy_lines(&copying, function, *other);
    }
    copying.builder.finalize();
    twin.module.reset();
}

void expect_twin(clang::CompilerInstance &compiler) {
    twin.expected = true;
    add_pass(compiler, copy_all_lines);
}

#else

std::unique_ptr<clang::CodeGenerator> begin_twin(clang::CompilerInstance &, clang::ASTContext &) {
    return nullptr;
}

void end_twin(clang::CompilerInstance &, clang::ASTContext &,
              std::unique_ptr<clang::CodeGenerator>) {
}

#endif
