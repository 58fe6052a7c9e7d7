/* plugin.cc: the plugin for one Clang: its options, and the one go over the unit. */
#include "clang.h"

#include "clang/Frontend/FrontendPluginRegistry.h"
#include "clang/Frontend/MultiplexConsumer.h"
#include "clang/Lex/MacroInfo.h"
#include "clang/Lex/Preprocessor.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

using namespace clang;

static struct options options;

/* ---- The go over the unit ---- */

void say_error(struct unit *unit, SourceLocation place, const char *message) {
    DiagnosticsEngine &diagnostics = unit->compiler->getDiagnostics();
    diagnostics.Report(place, diagnostics.getCustomDiagID(DiagnosticsEngine::Error, "%0"))
        << message;
}

static void report_error(void *context, const struct model_place *where, const char *message) {
    struct unit *unit = (struct unit *)context;
    if (where->object != THIMBLE_NONE) {
        say_error(unit, unit->objects[where->object]->getLocation(), message);
        return;
    }
    const FunctionDecl *decl = function_of_index(unit, where->function);
    bool at_parameter = where->parameter != THIMBLE_NONE && where->parameter < decl->getNumParams();
    say_error(unit,
              at_parameter ? decl->getParamDecl(where->parameter)->getLocation()
                           : decl->getLocation(),
              message);
}

static bool declares(struct unit *unit, const char *name) {
    ASTContext &context = *unit->context;
    return !context.getTranslationUnitDecl()->lookup(&context.Idents.get(name)).empty();
}

/* Whether NDEBUG has left an assert that does not look at its operand. In input
 * that was preprocessed before, nobody can tell. */
static bool asserts_emptied(struct unit *unit) {
    Preprocessor &preprocessor = unit->compiler->getPreprocessor();
    const MacroInfo *macro = preprocessor.getMacroInfo(preprocessor.getIdentifierInfo("assert"));
    if (!macro || !preprocessor.isMacroDefined("NDEBUG") || macro->getNumParams() == 0)
        return false;
    std::string body;
    for (const Token &token : macro->tokens())
        body += preprocessor.getSpelling(token) + " ";
    return naming_assert_emptied(macro->params().front()->getName().str().c_str(), body.c_str());
}

static void collect_functions(struct unit *unit, llvm::SmallVectorImpl<FunctionDecl *> &out) {
    for (Decl *decl : unit->context->getTranslationUnitDecl()->decls())
        if (FunctionDecl *function = dyn_cast<FunctionDecl>(decl))
            if (function->isThisDeclarationADefinition() && function->getBody())
                out.push_back(function);
}

/* First of all, so that tests stand in their order. */
static void read_early(struct unit *unit, FunctionDecl *function) {
    if (naming_matters(unit->options->prefix, name_of(function)))
        read_function(unit, function);
    read_marks(unit, function);
}

/* Functions of fixtures' names that the unit only declares. */
static void read_declared_fixtures(struct unit *unit) {
    enum thimble_fixture_kind kind;
    const char *value;
    for (Decl *decl : unit->context->getTranslationUnitDecl()->decls())
        if (FunctionDecl *function = dyn_cast<FunctionDecl>(decl))
            if (naming_is_fixture(name_of(function), &kind, &value))
                read_function(unit, function);
}

static void do_unit(struct unit *unit) {
    if (declares(unit, NAMING_MARKER))
        model_includes_header(unit->model);
    if (asserts_emptied(unit))
        model_asserts_emptied(unit->model);

    llvm::SmallVector<FunctionDecl *, 64> functions;
    collect_functions(unit, functions);
    for (FunctionDecl *function : functions)
        read_early(unit, function);
    if (model_serves_tests(unit->model))
        read_declared_fixtures(unit);
    struct call_graph *calls =
        model_serves_tests(unit->model) ? read_calls(unit, functions) : nullptr;
    emitter_init(unit);
    const CodeGenOptions &code = unit->compiler->getCodeGenOpts();
    if (code.OptimizationLevel || code.PrepareForLTO || code.PrepareForThinLTO)
        references_optimized(unit->model);
    for (FunctionDecl *function : functions)
        if (seams_rewrite_body(in_system_header(unit, function->getLocation())))
            rewrite_function(unit, function);
    for (Decl *decl : unit->context->getTranslationUnitDecl()->decls())
        if (VarDecl *variable = dyn_cast<VarDecl>(decl)) {
            check_marks(unit, variable);
            if (variable->getInit())
                note_uses(unit, variable);
        }
    read_objects(unit, functions);

    model_finish(unit->model, report_error, unit);
    char *installation = installation_of(&options);
    model_installed_in(unit->model, installation);
    free(installation);
    if (calls) {
        for (FunctionDecl *function : functions)
            keep_calls(unit, function, calls);
        call_graph_free(calls);
    }
    if (unit->compiler->getDiagnostics().hasErrorOccurred())
        return;
    for (FunctionDecl *function : functions)
        if (naming_is_program_main(name_of(function), is_internal(function), false))
            emit_program_main(unit, function);
    emit_unit(unit);
}

static void write_report(struct unit *unit) {
    if (!unit->options->report)
        return;
    int failed = report_write(unit->model, unit->options->report);
    if (!failed)
        return;
    std::string text = std::string("thimble: cannot write the report '") + unit->options->report +
                       "': " + strerror(failed);
    say_error(unit, SourceLocation(), text.c_str());
}

/* ---- Holding declarations back ---- */

namespace {

/* repr_NAME or equal_NAME, as far as can be told before the unit is known as a whole. */
static bool may_speak_for_type(const FunctionDecl *function) {
    unsigned count = function->getNumParams();
    if (!naming_type_spoken_for(name_of(function)) || count < 1 || count > 2)
        return false;
    for (const ParmVarDecl *parameter : function->parameters()) {
        QualType type = parameter->getType()->getPointeeType();
        if (type.isNull() || !type.isConstQualified() || !type->isRecordType())
            return false;
    }
    return true;
}

/* Stands around all other consumers, the code generator among them. It hands on what is
 * declared when the unit is known as a whole and no code of it was made yet. */
class Whole : public MultiplexConsumer {
  public:
    Whole(std::vector<std::unique_ptr<ASTConsumer>> others, CompilerInstance &compiler,
          llvm::StringRef file)
        : MultiplexConsumer(std::move(others)), compiler(compiler), file(file.str()) {
    }

    /* The others are being initialized already: see Start. */
    void Initialize(ASTContext &) override {
    }

    bool HandleTopLevelDecl(DeclGroupRef group) override {
        for (Decl *decl : group)
            keep_from_unused_warnings(decl);
        held.push_back({DECLARED, group});
        return true;
    }

    void HandleInterestingDecl(DeclGroupRef group) override {
        held.push_back({INTERESTING, group});
    }

    void CompleteTentativeDefinition(VarDecl *variable) override {
        held.push_back({COMPLETED, DeclGroupRef(variable)});
    }

    void HandleTranslationUnit(ASTContext &context) override {
        struct unit unit = {};
        if (!compiler.getDiagnostics().hasErrorOccurred())
            work(context, &unit);
        for (Decl *decl : unit.added)
            held.push_back({DECLARED, DeclGroupRef(decl)});
        if (std::unique_ptr<CodeGenerator> twin = begin_twin(compiler, context)) {
            for (const struct held &one : held)
                hand_on(one, twin.get());
            end_twin(compiler, context, std::move(twin));
        }
        for (const struct held &one : held)
            hand_on(one, nullptr);
        MultiplexConsumer::HandleTranslationUnit(context);
    }

  private:
    enum kind { DECLARED, INTERESTING, COMPLETED };
    struct held {
        enum kind kind;
        DeclGroupRef group;
    };

    /* To all the others, or to the twin. */
    void hand_on(const struct held &one, CodeGenerator *twin) {
        if (one.kind == COMPLETED) {
            Decl *decl = const_cast<DeclGroupRef &>(one.group).getSingleDecl();
            twin ? twin->CompleteTentativeDefinition(cast<VarDecl>(decl))
                 : MultiplexConsumer::CompleteTentativeDefinition(cast<VarDecl>(decl));
        } else if (twin) {
            twin->HandleTopLevelDecl(one.group);
        } else if (one.kind == DECLARED) {
            MultiplexConsumer::HandleTopLevelDecl(one.group);
        } else {
            MultiplexConsumer::HandleInterestingDecl(one.group);
        }
    }

    void work(ASTContext &context, struct unit *unit) {
        char *directory = getcwd(nullptr, 0);
        unit->options = &options;
        unit->compiler = &compiler;
        unit->context = &context;
        unit->main_file = file.c_str();
        unit->model = model_new(&options, file.c_str(), directory ? directory : "",
                                "Clang " CLANG_VERSION_STRING);
        do_unit(unit);
        write_report(unit);
        model_free(unit->model);
        free(directory);
    }

    /* Names by which the runner finds fixtures and the like are used, whoever else uses
     * them; but only in a unit with a test or the header. Clang warns before the unit's end is
     * heard of here, so what came before the first of them is marked when that comes. What
     * speaks for a type does so in any unit. */
    void keep_from_unused_warnings(Decl *decl) {
        NamedDecl *named = dyn_cast<NamedDecl>(decl);
        if (!named)
            return;
        const FunctionDecl *function = dyn_cast<FunctionDecl>(decl);
        if (function && function->hasBody() && naming_is_test(options.prefix, name_of(named))) {
            decl->setIsUsed();
            serves_tests = true;
        } else if (naming_is_marker(name_of(named))) {
            serves_tests = true;
        } else if (naming_serves_tests(name_of(named))) {
            serving.push_back(decl);
        } else if (function && function->hasBody() && may_speak_for_type(function)) {
            decl->setIsUsed();
        }
        if (!serves_tests)
            return;
        for (Decl *one : serving)
            one->setIsUsed();
        serving.clear();
    }

    CompilerInstance &compiler;
    std::string file;
    std::vector<struct held> held;
    std::vector<Decl *> serving;
    bool serves_tests = false;
};

/* Is there to be initialized, as the first of all consumers: then all of them are there
 * and nothing was parsed yet. */
class Start : public ASTConsumer {
  public:
    Start(CompilerInstance &compiler, llvm::StringRef file) : compiler(compiler), file(file.str()) {
    }

    void Initialize(ASTContext &) override {
        std::vector<std::unique_ptr<ASTConsumer>> others;
        others.push_back(compiler.takeASTConsumer());
        compiler.setASTConsumer(std::make_unique<Whole>(std::move(others), compiler, file));
    }

  private:
    CompilerInstance &compiler;
    std::string file;
};

/* ---- What Clang asks for ---- */

class Action : public PluginASTAction {
  protected:
    std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &compiler,
                                                   llvm::StringRef file) override {
        if (!makes_code(compiler) || !is_c(compiler) ||
            options_excludes(&options, file.str().c_str()))
            return std::make_unique<ASTConsumer>();
        if (options.frames)
            keep_frame_pointers(compiler);
        add_lines(&options, compiler, file.str().c_str());
        return std::make_unique<Start>(compiler, file);
    }

    bool ParseArgs(const CompilerInstance &compiler,
                   const std::vector<std::string> &args) override {
        bool good = true;
        options_init(&options);
        for (const std::string &arg : args) {
            size_t equals = arg.find('=');
            bool valued = equals != std::string::npos;
            std::string key = arg.substr(0, equals), value = valued ? arg.substr(equals + 1) : "";
            char message[1024];
            if (options_set(&options, key.c_str(), valued ? value.c_str() : nullptr, message,
                            sizeof message))
                continue;
            DiagnosticsEngine &diagnostics = compiler.getDiagnostics();
            diagnostics.Report(diagnostics.getCustomDiagID(DiagnosticsEngine::Error, "%0"))
                << message;
            good = false;
        }
        return good;
    }

    ActionType getActionType() override {
        return AddBeforeMainAction;
    }

  private:
    static bool makes_code(const CompilerInstance &compiler) {
        switch (compiler.getFrontendOpts().ProgramAction) {
        case frontend::EmitAssembly:
        case frontend::EmitBC:
        case frontend::EmitLLVM:
        case frontend::EmitLLVMOnly:
        case frontend::EmitCodeGenOnly:
        case frontend::EmitObj:
            return true;
        default:
            return false;
        }
    }

    static bool is_c(const CompilerInstance &compiler) {
        const LangOptions &language = compiler.getLangOpts();
        if (language.CPlusPlus)
            fputs("thimble: note: a C++ unit is left alone\n", stderr);
        return !language.CPlusPlus && !language.ObjC;
    }
};

} // namespace

static FrontendPluginRegistry::Add<Action>
    registered("thimble", "test discovery, seams and allocation sites for C");
