/* rewriter.cc: calls into seams and sites.
 *
 * A call f(a, b) becomes
 *
 *     (A = a, B = b, S = slot, S ? S(A, B) : f(A, B))
 *
 * where only operands that do something or cost something get a temporary. The
 * direct call stays what it was, so that it is inlined and folded as before. What
 * is said about a block stands in the direct branch: what a replacement returns
 * is nobody's allocation.
 */
#include "build.h"
#include "tracking.h"

#include "clang/AST/StmtOpenMP.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace {

struct rewriting {
    struct unit *unit;
    FunctionDecl *function;
    /* What each call became: one can stand in two places of the tree. One that has to
     * stay as it is stands for itself. */
    llvm::DenseMap<const CallExpr *, Expr *> done{};
    struct tracking tracking {};
    /* How many loops come whose bounds a directive has evaluated. */
    unsigned loops = 0;
    /* What comes in front of the calls that report failed asserts, each taken apart once. */
    llvm::DenseMap<const CallExpr *, Expr *> operands{};
    /* There is a block in the function that a jump may leave. */
    bool comes_back = false;
    /* Conditions around that never hold. */
    unsigned dead = 0;
    /* Those whose bounds were visited. */
    llvm::SmallPtrSet<const VariableArrayType *, 4> arrays{};
};

} // namespace

static void visit(struct rewriting *, Stmt **);

static void visit_below(struct rewriting *rewriting, Stmt *node) {
    for (Stmt *&child : node->children())
        if (child)
            visit(rewriting, &child);
}

/* ---- Operands ---- */

/* Whether both branches can hold the operand itself. */
static bool is_repeatable(struct unit *unit, const Expr *operand) {
    if (operand->getType()->isRecordType())
        return !operand->HasSideEffects(*unit->context);
    const Expr *base = operand->IgnoreParenCasts();
    if (const DeclRefExpr *reference = dyn_cast<DeclRefExpr>(base))
        return !isa<VarDecl>(reference->getDecl());
    return isa<IntegerLiteral, CharacterLiteral, FloatingLiteral, clang::StringLiteral>(base);
}

/* Makes the call's operands such that the call can stand twice. The parentheses keep
 * Clang's evaluator of constants from taking a temporary for the place of an argument
 * behind the `...`, where it would find nothing. */
static void save_operands(struct unit *unit, CallExpr *call, struct sequence *before) {
    for (unsigned i = 0; i < call->getNumArgs(); i++)
        if (!is_repeatable(unit, call->getArg(i)))
            call->setArg(i,
                         build_parentheses(unit, build_temporary(unit, before, call->getArg(i))));
}

/* ---- Seams ---- */

/* The arguments but for those that are left out. */
static llvm::SmallVector<Expr *, 8> passed_arguments(const CallExpr *call, unsigned left_out) {
    llvm::SmallVector<Expr *, 8> args;
    for (unsigned i = 0; i < call->getNumArgs(); i++)
        if (i >= 32 || !(left_out >> i & 1))
            args.push_back(const_cast<Expr *>(call->getArg(i)));
    return args;
}

/* The same call to what the slot holds. Of the function's attributes none are promised
 * of a replacement, since they are the declaration's. */
static Expr *replaced_call(struct unit *unit, const CallExpr *call, const FunctionDecl *decl,
                           unsigned left_out, Expr *replacement) {
    ASTContext &context = *unit->context;
    QualType type =
        left_out ? context.getPointerType(decl->getType()) : call->getCallee()->getType();
    return build_call(unit, build_cast(unit, type, CK_BitCast, replacement),
                      passed_arguments(call, left_out), call->getType(), call->getBeginLoc());
}

static FunctionDecl *variadic_function(struct unit *unit) {
    ASTContext &context = *unit->context;
    if (unit->variadic)
        return unit->variadic;
    QualType args[] = {context.VoidPtrTy, context.UnsignedIntTy, context.VoidPtrTy};
    QualType type =
        context.getFunctionType(context.VoidTy, args, FunctionProtoType::ExtProtoInfo());
    unit->variadic = declare_function(unit, EMISSION_VARIADIC, type, SC_Extern);
    unit->variadic->addAttr(WeakAttr::CreateImplicit(context));
    return unit->variadic;
}

/* (thimble_variadic(&unit, type, REPLACEMENT), REPLACED), where only the call knows what is
 * passed; else REPLACED. */
static Expr *passed_told(struct unit *unit, const CallExpr *call, uint32_t function,
                         unsigned left_out, Expr *replacement, Expr *replaced) {
    ASTContext &context = *unit->context;
    SourceLocation place = call->getBeginLoc();
    if (!call_types_needed(unit->model, function))
        return replaced;
    llvm::SmallVector<uint32_t, 8> types;
    for (const Expr *arg : passed_arguments(call, left_out))
        types.push_back(read_type(unit, arg->getType().getUnqualifiedType()));
    uint32_t type = call_types_add(unit->model, function, types.data(), types.size());
    FunctionDecl *decl = variadic_function(unit);
    Expr *callee = build_cast(unit, context.getPointerType(decl->getType()),
                              CK_FunctionToPointerDecay, build_reference(unit, decl, place));
    Expr *told = build_call(unit, callee,
                            {unit_address(unit, place),
                             build_number(unit, context.UnsignedIntTy, type, place), replacement},
                            context.VoidTy, place);
    return BinaryOperator::Create(context, told, replaced, BO_Comma, replaced->getType(),
                                  VK_PRValue, OK_Ordinary, place, FPOptionsOverride());
}

/* The function that a call of decl is about: of fortify's __printf_chk the plain printf,
 * when the unit knows it. `left_out` gets the arguments that this one does not take. */
static const FunctionDecl *plain_function(struct unit *unit, const FunctionDecl *decl,
                                          unsigned *left_out) {
    const char *symbol = symbol_of(unit, decl);
    *left_out = naming_added_arguments(symbol);
    if (!*left_out)
        return decl;
    ASTContext &context = *unit->context;
    IdentifierInfo &name = context.Idents.get(naming_canonical(symbol));
    unsigned count = decl->getNumParams() - (unsigned)__builtin_popcount(*left_out);
    for (NamedDecl *found : context.getTranslationUnitDecl()->lookup(&name))
        if (FunctionDecl *plain = dyn_cast<FunctionDecl>(found))
            if (plain->getNumParams() == count)
                return plain;
    *left_out = 0;
    return decl;
}

static Expr *guarded(struct unit *unit, const CallExpr *call, Expr *direct,
                     const FunctionDecl *plain, unsigned left_out, struct sequence *before) {
    uint32_t function = read_function(unit, plain);
    uint32_t slot = model_seam(unit->model, function);
    Expr *replacement = build_temporary(unit, before, slot_value(unit, slot, call->getBeginLoc()));
    Expr *replaced = replaced_call(unit, call, plain, left_out, replacement);
    return build_choice(unit, replacement,
                        passed_told(unit, call, function, left_out, replacement, replaced), direct);
}

/* ---- The walk ---- */

static Expr *rewritten_call(struct rewriting *rewriting, CallExpr *call, const FunctionDecl *decl) {
    struct unit *unit = rewriting->unit;
    struct call facts = read_call(unit, call, decl);
    enum seam_decision decision = seams_decide(unit->options, &facts);
    struct allocator allocator;
    bool allocates = find_site(&rewriting->tracking, call, decl, &allocator);
    struct sequence before;
    if (Expr *operands = rewriting->operands.lookup(call))
        before.steps.push_back(operands);
    if (decision == SEAM_NO && !allocates)
        return build_sequence(unit, &before, call, call);

    QualType measured = measured_type_of(call);
    unsigned left_out;
    const FunctionDecl *plain = plain_function(unit, decl, &left_out);
    save_operands(unit, call, &before);
    Expr *value = call;
    if (allocates)
        value = build_tracked(&rewriting->tracking, call, measured, plain, &allocator);
    if (decision != SEAM_NO)
        value = guarded(unit, call, value, plain, left_out, &before);
    return build_sequence(unit, &before, value, call);
}

static Expr *rewritten_pointer_call(struct rewriting *rewriting, CallExpr *call) {
    struct allocator allocator;
    if (!find_site(&rewriting->tracking, call, nullptr, &allocator))
        return call;
    return build_tracked(&rewriting->tracking, call, measured_type_of(call), nullptr, &allocator);
}

/* Clang's __LINE__ of a macro's call over several lines is the last of them. */
static void correct_line(struct unit *unit, CallExpr *call) {
    const SourceManager &sources = unit->compiler->getSourceManager();
    for (unsigned i = 0; i < call->getNumArgs(); i++) {
        const Expr *number = call->getArg(i)->IgnoreParenCasts();
        SourceLocation place = number->getBeginLoc();
        if (!isa<IntegerLiteral>(number) || !place.isMacroID() ||
            Lexer::getImmediateMacroName(place, sources, unit->compiler->getLangOpts()) !=
                "__LINE__")
            continue;
        SourceLocation where = call->getBeginLoc();
        call->setArg(
            i, build_number(unit, call->getArg(i)->getType(), place_of(unit, where).line, where));
    }
}

static Expr *visit_call(struct rewriting *rewriting, CallExpr *call) {
    ASTContext &context = *rewriting->unit->context;
    FunctionDecl *decl = call->getDirectCallee();
    unsigned builtin = decl ? decl->getBuiltinID() : 0;
    if (builtin && context.BuiltinInfo.isUnevaluated(builtin))
        return call;
    if (builtin == Builtin::BI__builtin_call_with_static_chain)
        return call; /* its operand has to be a call */
    if (decl && seams_takes_place(symbol_of(rewriting->unit, decl)))
        correct_line(rewriting->unit, call);
    if (decl) {
        check_values(rewriting->unit, call, decl);
        check_injection(rewriting->unit, call, decl);
    }
    bool marker = decl && naming_is_marker(name_of(decl));
    rewriting->dead += marker; /* of its operand only the description stays */
    visit_below(rewriting, call);
    rewriting->dead -= marker;
    if (marker)
        return marked(rewriting->unit, call);
    if (decl && naming_comes_back(name_of(decl)))
        rewriting->comes_back = true;
    return decl ? rewritten_call(rewriting, call, decl) : rewritten_pointer_call(rewriting, call);
}

/* What a function or an initializer refers to, as far as that says what is in the object
 * file. */
static void note_reference(struct unit *unit, const Decl *from, const ValueDecl *decl, bool dead) {
    const VarDecl *variable = dyn_cast<VarDecl>(decl);
    if (variable ? !variable->hasGlobalStorage() : !isa<FunctionDecl>(decl))
        return;
    if (!surely_exists(unit, decl))
        references_add(unit->model, key_of_decl(from), REFERENCES_FOREIGN);
    else if (!dead && !decl->isExternallyVisible())
        references_add(unit->model, key_of_decl(from), key_of_decl(decl));
}

static void note_use(struct unit *unit, const Decl *from, const DeclRefExpr *reference, bool dead) {
    const FunctionDecl *decl = dyn_cast<FunctionDecl>(reference->getDecl());
    if (decl && naming_use_counts(unit->options->prefix, name_of(decl)))
        model_function_used(unit->model, read_function(unit, decl));
    note_reference(unit, from, reference->getDecl(), dead);
}

/* What nobody has to refer to. */
static void note_root(struct unit *unit, const Decl *decl, bool external) {
    if (external || decl->hasAttr<UsedAttr>() || decl->hasAttr<ConstructorAttr>() ||
        decl->hasAttr<DestructorAttr>())
        references_add(unit->model, REFERENCES_ROOT, key_of_decl(decl));
}

static void note_uses_in(struct unit *unit, const VarDecl *variable, const Stmt *node) {
    if (const DeclRefExpr *reference = dyn_cast<DeclRefExpr>(node))
        note_use(unit, variable, reference, false);
    for (const Stmt *child : node->children())
        if (child)
            note_uses_in(unit, variable, child);
}

void note_uses(struct unit *unit, const VarDecl *variable) {
    note_root(unit, variable, variable->isExternallyVisible());
    note_uses_in(unit, variable, variable->getInit());
}

/* Below a node of which only one operand counts. */
static void visit_only(struct rewriting *rewriting, Stmt *node, const Stmt *chosen) {
    for (Stmt *&child : node->children())
        if (child == chosen)
            visit(rewriting, &child);
}

/* The value of a condition that is a constant, or -1. */
static int constant_condition(struct unit *unit, const Expr *condition) {
    Expr::EvalResult result;
    if (!condition->EvaluateAsInt(result, *unit->context, Expr::SE_NoSideEffects))
        return -1;
    return result.Val.getInt().getBoolValue();
}

/* The one operand of ?:, && and || that is left where a constant decides, or null. */
static const Expr *remaining_operand(struct unit *unit, const Stmt *node) {
    if (const ConditionalOperator *choice = dyn_cast<ConditionalOperator>(node)) {
        int value = constant_condition(unit, choice->getCond());
        return value < 0 ? nullptr : value ? choice->getTrueExpr() : choice->getFalseExpr();
    }
    const BinaryOperator *operation = dyn_cast<BinaryOperator>(node);
    if (!operation || !operation->isLogicalOp())
        return nullptr;
    int value = constant_condition(unit, operation->getLHS());
    bool decides = value == (operation->getOpcode() == BO_LOr);
    return value < 0 ? nullptr : decides ? operation->getLHS() : operation->getRHS();
}

/* The bounds that a type has and that are known only when it runs. */
static void visit_bounds(struct rewriting *rewriting, QualType type) {
    for (;;) {
        if (const VariableArrayType *array = dyn_cast<VariableArrayType>(type.getTypePtr())) {
            if (!rewriting->arrays.insert(array).second)
                return;
            if (array->getSizeExpr())
                visit(rewriting, &*StmtIterator(array));
            type = array->getElementType();
        } else if (const ArrayType *array = dyn_cast<ArrayType>(type.getTypePtr())) {
            type = array->getElementType();
        } else if (const PointerType *pointer = dyn_cast<PointerType>(type.getTypePtr())) {
            type = pointer->getPointeeType();
        } else if (const ParenType *paren = dyn_cast<ParenType>(type.getTypePtr())) {
            type = paren->getInnerType();
        } else {
            return;
        }
    }
}

/* static void NAME(T *object) { FUNCTION(object); }, the call rewritten, for one variable;
 * or null where it stays as it is. */
static FunctionDecl *cleanup_function(struct rewriting *rewriting, FunctionDecl *decl,
                                      SourceLocation place) {
    struct unit *unit = rewriting->unit;
    ASTContext &context = *unit->context;
    const FunctionProtoType *type = decl->getType()->getAs<FunctionProtoType>();
    if (!type || type->getNumParams() != 1)
        return nullptr;
    QualType own = context.getFunctionType(context.VoidTy, type->getParamType(0),
                                           FunctionProtoType::ExtProtoInfo());
    std::string name = "thimble.cleanup." + std::to_string(unit->added.size());
    FunctionDecl *caller = declare_function(unit, name.c_str(), own, SC_Static);
    Expr *function = build_cast(unit, context.getPointerType(decl->getType()),
                                CK_FunctionToPointerDecay, build_reference(unit, decl, place));
    Expr *object = build_load(unit, build_reference(unit, caller->getParamDecl(0), place));
    Expr *call = build_call(unit, function, {object}, decl->getReturnType(), place);
    Expr *rewritten = rewritten_call(rewriting, cast<CallExpr>(call), decl);
    if (rewritten == call)
        return nullptr;
    caller->setBody(rewritten);
    caller->addAttr(NoDebugAttr::CreateImplicit(context));
    caller->addAttr(AlwaysInlineAttr::CreateImplicit(context));
    unit->added.push_back(caller);
    return caller;
}

/* The call of a cleanup function is written nowhere: it goes through a function of ours
 * that makes it. */
static void visit_cleanup(struct rewriting *rewriting, VarDecl *variable) {
    const CleanupAttr *cleanup = variable->getAttr<CleanupAttr>();
    if (!cleanup)
        return;
    FunctionDecl *caller =
        cleanup_function(rewriting, cleanup->getFunctionDecl(), variable->getLocation());
    if (!caller)
        return;
    variable->dropAttr<CleanupAttr>();
    variable->addAttr(CleanupAttr::CreateImplicit(*rewriting->unit->context, caller));
}

static void visit_declaration(struct rewriting *rewriting, Decl *decl) {
    if (TypedefNameDecl *name = dyn_cast<TypedefNameDecl>(decl))
        visit_bounds(rewriting, name->getUnderlyingType());
    VarDecl *variable = dyn_cast<VarDecl>(decl);
    if (!variable)
        return;
    check_marks(rewriting->unit, variable);
    visit_bounds(rewriting, variable->getType());
    visit_cleanup(rewriting, variable);
    if (!variable->getInit())
        return;
    note_initializer(&rewriting->tracking, variable);
    if (variable->hasGlobalStorage())
        note_uses(rewriting->unit, variable);
    else
        visit(rewriting, variable->getInitAddress());
}

/* sizeof evaluates its operand only where its type has a size that is known when it
 * runs. */
static bool is_evaluated(const UnaryExprOrTypeTraitExpr *trait) {
    return trait->getKind() == UETT_SizeOf && trait->getTypeOfArgument()->isVariableArrayType();
}

/* A call in the statement that must be a tail call stays one. */
static void keep_tail_call(struct rewriting *rewriting, const AttributedStmt *statement) {
    if (!hasSpecificAttr<MustTailAttr>(statement->getAttrs()))
        return;
    if (ReturnStmt *last = dyn_cast<ReturnStmt>(const_cast<Stmt *>(statement->getSubStmt())))
        if (Expr *value = last->getRetValue())
            if (CallExpr *call = dyn_cast<CallExpr>(value->IgnoreParens())) {
                rewriting->done[call] = call;
                visit_below(rewriting, call);
            }
}

/* A choice that a constant makes: what the other branch refers to is not in the object
 * file. */
static void visit_choice(struct rewriting *rewriting, IfStmt *choice) {
    int value = constant_condition(rewriting->unit, choice->getCond());
    for (Stmt *&child : choice->children()) {
        bool never = (value == 0 && child == choice->getThen()) ||
                     (value == 1 && child == choice->getElse());
        rewriting->dead += never;
        if (child)
            visit(rewriting, &child);
        rewriting->dead -= never;
    }
}

static void visit_body(struct rewriting *rewriting, Stmt *body) {
    visit(rewriting, &body);
}

/* ---- OpenMP ---- */

static void visit_declarations(struct rewriting *rewriting, const Stmt *statement) {
    if (const DeclStmt *declarations = dyn_cast_or_null<DeclStmt>(statement))
        for (Decl *decl : declarations->decls())
            visit_declaration(rewriting, decl);
}

/* What a directive is about became the body of a function. It is stored behind the
 * initializers of what it captures. */
static void visit_captured(struct rewriting *rewriting, CapturedStmt *captured) {
    Stmt **body = &*captured->children().end();
    if (*body != captured->getCapturedStmt())
        return;
    visit(rewriting, body);
    captured->getCapturedDecl()->setBody(*body);
}

/* A clause's operands, and the bounds of a loop, are evaluated into variables in front.
 * Of an atomic update the parts are kept a second time, out of reach: calls in it stay
 * direct. */
static void visit_directive(struct rewriting *rewriting, OMPExecutableDirective *directive) {
    if (isa<OMPAtomicDirective>(directive))
        return;
    for (OMPClause *clause : directive->clauses()) {
        if (const OMPClauseWithPreInit *early = OMPClauseWithPreInit::get(clause))
            visit_declarations(rewriting, early->getPreInitStmt());
        for (Stmt *&child : clause->children())
            if (child)
                visit(rewriting, &child);
    }
    if (OMPLoopDirective *loop = dyn_cast<OMPLoopDirective>(directive)) {
        visit_declarations(rewriting, loop->getPreInits());
        rewriting->loops = loop->getLoopsNumber();
    }
    visit_below(rewriting, directive);
    rewriting->loops = 0;
}

/* Puts the assert into a block with the variables that its operands take. */
static bool visit_assert(struct rewriting *rewriting, Stmt **place) {
    struct asserted asserted = {};
    if (!find_assert(rewriting->unit, *place, &asserted) ||
        !rewriting->operands.insert({asserted.call, nullptr}).second)
        return false;
    take_apart(rewriting->unit, rewriting->function, *place, &asserted);
    rewriting->operands[asserted.call] = asserted.operands;
    *place = build_block(rewriting->unit, asserted.variables, *place);
    visit(rewriting, place);
    return true;
}

static void visit(struct rewriting *rewriting, Stmt **place) {
    Stmt *node = *place;
    if (isa<PseudoObjectExpr>(node))
        return; /* what a call became */
    if (isa<IfStmt, ConditionalOperator, BinaryOperator>(node) && visit_assert(rewriting, place))
        return;
    if (CallExpr *call = dyn_cast<CallExpr>(node)) {
        auto known = rewriting->done.find(call);
        if (known != rewriting->done.end()) {
            *place = known->second;
            return;
        }
        note_flow(&rewriting->tracking, call);
        Expr *became = visit_call(rewriting, call);
        rewriting->done[call] = became;
        *place = became;
        return;
    }
    note_flow(&rewriting->tracking, node);
    if (DeclRefExpr *reference = dyn_cast<DeclRefExpr>(node))
        note_use(rewriting->unit, rewriting->function, reference, rewriting->dead);
    if (InitListExpr *list = dyn_cast<InitListExpr>(node))
        mark_object(rewriting->unit, list);
    if (DeclStmt *declarations = dyn_cast<DeclStmt>(node))
        for (Decl *decl : declarations->decls())
            visit_declaration(rewriting, decl);
    else if (GenericSelectionExpr *generic = dyn_cast<GenericSelectionExpr>(node))
        visit_only(rewriting, node, generic->getResultExpr());
    else if (ChooseExpr *choose = dyn_cast<ChooseExpr>(node))
        visit_only(rewriting, node, choose->getChosenSubExpr());
    else if (BlockExpr *block = dyn_cast<BlockExpr>(node))
        visit_body(rewriting, block->getBody());
    else if (IfStmt *choice = dyn_cast<IfStmt>(node))
        visit_choice(rewriting, choice);
    else if (CapturedStmt *captured = dyn_cast<CapturedStmt>(node))
        visit_captured(rewriting, captured);
    else if (OMPExecutableDirective *directive = dyn_cast<OMPExecutableDirective>(node))
        visit_directive(rewriting, directive);
    else if (isa<ForStmt>(node) && rewriting->loops) {
        rewriting->loops--;
        visit_only(rewriting, node, cast<ForStmt>(node)->getBody());
    } else if (AttributedStmt *attributed = dyn_cast<AttributedStmt>(node)) {
        keep_tail_call(rewriting, attributed);
        visit_below(rewriting, node);
    } else if (UnaryExprOrTypeTraitExpr *trait = dyn_cast<UnaryExprOrTypeTraitExpr>(node)) {
        if (is_evaluated(trait) && trait->isArgumentType())
            visit_bounds(rewriting, trait->getArgumentType());
        else if (is_evaluated(trait))
            visit_below(rewriting, node);
    } else if (const Expr *remaining = remaining_operand(rewriting->unit, node))
        visit_only(rewriting, node, remaining);
    else if (!isa<ConstantExpr>(node))
        visit_below(rewriting, node);
}

/* LLVM takes an aggregate apart that is passed in memory where it sees all calls (at -O3, at
 * the link), and what it makes of the parameter is no variable, optimized or not. That it does
 * not see all of them the attribute `used` says. */
static bool takes_aggregate(const FunctionDecl *decl) {
    for (const ParmVarDecl *parameter : decl->parameters()) {
        QualType type = parameter->getType();
        if (!type->isScalarType() || type->isAnyComplexType())
            return true;
    }
    return false;
}

/* Behind a jump a local may be anywhere but in its variable, unless each line of the source
 * is done as it stands there. */
static void keep_locals(struct unit *unit, FunctionDecl *decl) {
    ASTContext &context = *unit->context;
    decl->dropAttr<AlwaysInlineAttr>();
    decl->dropAttr<MinSizeAttr>();
    if (!decl->hasAttr<OptimizeNoneAttr>())
        decl->addAttr(OptimizeNoneAttr::CreateImplicit(context));
    if (!decl->hasAttr<NoInlineAttr>())
        decl->addAttr(NoInlineAttr::CreateImplicit(context));
    if (takes_aggregate(decl) && !decl->hasAttr<UsedAttr>())
        decl->addAttr(UsedAttr::CreateImplicit(context));
}

void rewrite_function(struct unit *unit, FunctionDecl *decl) {
    struct rewriting rewriting = {unit, decl};
    tracking_begin(&rewriting.tracking, unit, decl);
    note_root(unit, decl, decl->isExternallyVisible() && !decl->isInlined());
    for (ParmVarDecl *parameter : decl->parameters())
        visit_bounds(&rewriting, parameter->getOriginalType());
    visit_body(&rewriting, decl->getBody());
    tracking_end(&rewriting.tracking);
    if (rewriting.comes_back)
        keep_locals(unit, decl);
}
