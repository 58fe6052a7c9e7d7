/* rewriter.cc: calls into seams, allocating calls into sites, markers into
 * constants.
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

using namespace clang;

namespace {

struct rewriting {
    struct unit *unit;
    const FunctionDecl *function;
    /* What each call became: one can stand in two places of the tree. One that has to
     * stay as it is stands for itself. */
    llvm::DenseMap<const CallExpr *, Expr *> done{};
    /* The pointer type that a call's value becomes. */
    llvm::DenseMap<const CallExpr *, QualType> wanted{};
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

/* The same call to what the slot holds. Of the function's attributes none are promised
 * of a replacement, since they are the declaration's. */
static Expr *replaced_call(struct unit *unit, const CallExpr *call, const FunctionDecl *decl,
                           unsigned left_out, Expr *replacement) {
    ASTContext &context = *unit->context;
    QualType type =
        left_out ? context.getPointerType(decl->getType()) : call->getCallee()->getType();
    llvm::SmallVector<Expr *, 8> args;
    for (unsigned i = 0; i < call->getNumArgs(); i++)
        if (i >= 32 || !(left_out >> i & 1))
            args.push_back(const_cast<Expr *>(call->getArg(i)));
    return build_call(unit, build_cast(unit, type, CK_BitCast, replacement), args, call->getType(),
                      call->getBeginLoc());
}

/* The function whose seam a call of decl is: of fortify's __printf_chk the plain printf,
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
                     const FunctionDecl *decl, struct sequence *before) {
    unsigned left_out;
    const FunctionDecl *plain = plain_function(unit, decl, &left_out);
    uint32_t slot = model_seam(unit->model, read_function(unit, plain));
    Expr *replacement = build_temporary(unit, before, slot_value(unit, slot, call->getBeginLoc()));
    return build_choice(unit, replacement, replaced_call(unit, call, plain, left_out, replacement),
                        direct);
}

/* ---- Sites ---- */

static Expr *argument(const CallExpr *call, unsigned position) {
    return position && position <= call->getNumArgs()
               ? const_cast<Expr *>(call->getArg(position - 1))
               : nullptr;
}

static Expr *as_size(struct unit *unit, Expr *number) {
    return build_cast(unit, unit->context->getSizeType(), CK_IntegralCast, number);
}

/* What the allocator is asked for, in bytes. */
static Expr *size_expression(struct unit *unit, const CallExpr *call,
                             const struct allocator *allocator) {
    ASTContext &context = *unit->context;
    QualType type = context.getSizeType();
    SourceLocation place = call->getBeginLoc();
    if (!allocators_size_known(allocator, call->getNumArgs()))
        return build_number(unit, type, UINT64_MAX, place);
    Expr *size = as_size(unit, argument(call, allocator->size));
    Expr *count = argument(call, allocator->count);
    if (!count)
        return size;
    return BinaryOperator::Create(context, as_size(unit, count), size, BO_Mul, type, VK_PRValue,
                                  OK_Ordinary, place, FPOptionsOverride());
}

/* The type of the last sizeof in the tree. */
static QualType measured_type(const Stmt *node) {
    if (const UnaryExprOrTypeTraitExpr *trait = dyn_cast<UnaryExprOrTypeTraitExpr>(node))
        return trait->getKind() == UETT_SizeOf ? trait->getTypeOfArgument() : QualType();
    QualType last;
    for (const Stmt *child : node->children())
        if (child)
            if (QualType found = measured_type(child); !found.isNull())
                last = found;
    return last;
}

/* The type that an element of the block has, as far as the source tells. */
static uint32_t element_type(struct rewriting *rewriting, const CallExpr *call, QualType measured,
                             const struct allocator *allocator) {
    struct unit *unit = rewriting->unit;
    QualType wanted = rewriting->wanted.lookup(call);
    QualType target = (wanted.isNull() ? call->getType() : wanted)->getPointeeType();
    struct element_hints hints = {};
    hints.converted = !wanted.isNull();
    hints.to_void = target.isNull() || target->isVoidType();
    hints.to_char = !target.isNull() && target->isSpecificBuiltinType(BuiltinType::Char_S);
    hints.to_char |= !target.isNull() && target->isSpecificBuiltinType(BuiltinType::Char_U);
    hints.to_function = !target.isNull() && target->isFunctionType();
    hints.measured = !measured.isNull();
    switch (allocators_element(allocator, &hints)) {
    case ELEMENT_CHAR:
        return read_type(unit, unit->context->CharTy);
    case ELEMENT_TARGET:
        return read_type(unit, target);
    case ELEMENT_MEASURED:
        return read_type(unit, measured);
    case ELEMENT_UNKNOWN:
        break;
    }
    return THIMBLE_NONE;
}

static uint32_t add_site(struct rewriting *rewriting, const CallExpr *call, QualType measured,
                         const FunctionDecl *decl, const struct allocator *allocator) {
    struct unit *unit = rewriting->unit;
    struct place place = place_of(unit, call->getBeginLoc());
    struct model_site site = {};
    site.kind = allocator->kind;
    site.file = place.file;
    site.line = place.line;
    site.column = place.column;
    site.function = read_function(unit, rewriting->function);
    site.callee = read_function(unit, decl);
    site.type = allocator->kind == THIMBLE_RELEASES
                    ? THIMBLE_NONE
                    : element_type(rewriting, call, measured, allocator);
    return model_site_add(unit->model, &site);
}

/* unit.HOOK ? unit.HOOK(&unit, site, block[, size]) : nothing */
static void tell(struct unit *unit, struct sequence *steps, const char *hook, uint32_t site,
                 Expr *block, Expr *size, Expr *only_if) {
    ASTContext &context = *unit->context;
    SourceLocation place = block->getExprLoc();
    struct sequence told;
    Expr *function = build_temporary(unit, &told, unit_hook(unit, hook, place));
    llvm::SmallVector<Expr *, 4> args = {unit_address(unit, place),
                                         build_number(unit, context.UnsignedIntTy, site, place),
                                         build_cast(unit, context.VoidPtrTy, CK_BitCast, block)};
    if (size)
        args.push_back(size);
    Expr *call = build_call(unit, function, args, context.VoidTy, place);
    Expr *choice = build_choice(unit, function, call, build_nothing(unit, place));
    Expr *all = build_sequence(unit, &told, choice, choice);
    if (only_if)
        all = new (context)
            ConditionalOperator(only_if, place, all, place, build_nothing(unit, place),
                                context.VoidTy, VK_PRValue, OK_Ordinary);
    steps->steps.push_back(all);
}

/* The address of the new block behind the call whose value is in `value`; null
 * where the call failed. */
static Expr *block_expression(struct unit *unit, const CallExpr *call, Expr *value,
                              const struct allocator *allocator) {
    if (!allocator->result)
        return value;
    /* posix_memalign, asprintf, getline: it stands where an argument points. */
    ASTContext &context = *unit->context;
    QualType pointer = context.VoidPtrTy;
    Expr *where = build_cast(unit, context.getPointerType(pointer), CK_BitCast,
                             argument(call, allocator->result));
    return build_load(unit, UnaryOperator::Create(context, where, UO_Deref, pointer, VK_LValue,
                                                  OK_Ordinary, call->getBeginLoc(), false,
                                                  FPOptionsOverride()));
}

/* Whether a call that returns a number gave a block. */
static Expr *succeeded(struct unit *unit, Expr *value, const struct allocator *allocator) {
    SourceLocation place = value->getExprLoc();
    return BinaryOperator::Create(*unit->context, value,
                                  build_number(unit, value->getType(), 0, place),
                                  allocator->zero_succeeds ? BO_EQ : BO_GE, unit->context->IntTy,
                                  VK_PRValue, OK_Ordinary, place, FPOptionsOverride());
}

/* The direct call, with what the tracker is told before and behind it. */
static Expr *tracked(struct rewriting *rewriting, CallExpr *call, QualType measured,
                     const FunctionDecl *decl, const struct allocator *allocator) {
    struct unit *unit = rewriting->unit;
    uint32_t site = add_site(rewriting, call, measured, decl, allocator);
    struct sequence steps;
    if (Expr *block = argument(call, allocator->block))
        tell(unit, &steps, "releasing", site, block, nullptr, nullptr);
    if (allocator->kind == THIMBLE_RELEASES)
        return build_sequence(unit, &steps, call, call);
    Expr *value = build_temporary(unit, &steps, call);
    tell(unit, &steps, "allocated", site, block_expression(unit, call, value, allocator),
         size_expression(unit, call, allocator),
         allocator->result ? succeeded(unit, value, allocator) : nullptr);
    return build_sequence(unit, &steps, value, call);
}

static bool find_allocator(struct unit *unit, const FunctionDecl *decl, struct allocator *out) {
    struct allocator_attributes attributes = read_allocator_attributes(unit, decl);
    return allocators_find(unit->options, name_of(decl), symbol_of(unit, decl), is_internal(decl),
                           decl->getReturnType()->isPointerType(), &attributes, out);
}

/* ---- Markers ---- */

static const FunctionDecl *function_operand(const Expr *operand) {
    const UnaryOperator *address = dyn_cast<UnaryOperator>(operand->IgnoreParenCasts());
    if (!address || address->getOpcode() != UO_AddrOf)
        return nullptr;
    const DeclRefExpr *reference =
        dyn_cast<DeclRefExpr>(address->getSubExpr()->IgnoreParenImpCasts());
    return reference ? dyn_cast<FunctionDecl>(reference->getDecl()) : nullptr;
}

/* A marker's operand by its kind. For a pointer to a function the reference is to
 * the function's type. */
static Expr *marked(struct unit *unit, const CallExpr *call) {
    uint32_t kind = (uint32_t)call->getArg(0)->EvaluateKnownConstInt(*unit->context).getZExtValue();
    const Expr *operand = call->getArg(1);
    QualType pointed = operand->getType()->getPointeeType();
    SourceLocation place = call->getBeginLoc();
    if (kind == THIMBLE_REF_TYPE)
        return ref_constant(unit, call->getType(), kind, read_type(unit, pointed), place);
    if (const FunctionDecl *function = function_operand(operand))
        return ref_constant(unit, call->getType(), kind, read_function(unit, function), place);
    if (pointed->isFunctionPointerType())
        return ref_constant(unit, call->getType(), THIMBLE_REF_TYPE,
                            read_type(unit, pointed->getPointeeType()), place);
    return ref_constant(unit, call->getType(), THIMBLE_REF_NONE, THIMBLE_NONE, place);
}

/* ---- The walk ---- */

static Expr *rewritten_call(struct rewriting *rewriting, CallExpr *call, const FunctionDecl *decl) {
    struct unit *unit = rewriting->unit;
    struct call facts = read_call(unit, call, decl);
    enum seam_decision decision = seams_decide(unit->options, &facts);
    struct allocator allocator;
    bool allocates = find_allocator(unit, decl, &allocator);
    if (decision == SEAM_NO && !allocates)
        return call;

    QualType measured;
    for (const Expr *arg : call->arguments())
        if (QualType found = measured_type(arg); !found.isNull())
            measured = found;
    struct sequence before;
    save_operands(unit, call, &before);
    Expr *value = call;
    if (allocates)
        value = tracked(rewriting, call, measured, decl, &allocator);
    if (decision != SEAM_NO)
        value = guarded(unit, call, value, decl, &before);
    return build_sequence(unit, &before, value, call);
}

static Expr *visit_call(struct rewriting *rewriting, CallExpr *call) {
    ASTContext &context = *rewriting->unit->context;
    FunctionDecl *decl = call->getDirectCallee();
    unsigned builtin = decl ? decl->getBuiltinID() : 0;
    if (builtin && context.BuiltinInfo.isUnevaluated(builtin))
        return call;
    if (builtin == Builtin::BI__builtin_call_with_static_chain)
        return call; /* its operand has to be a call */
    visit_below(rewriting, call);
    if (decl && naming_is_marker(name_of(decl)))
        return marked(rewriting->unit, call);
    return decl ? rewritten_call(rewriting, call, decl) : call;
}

/* Notes for each call whose value the operand is, into what pointer it turns. */
static void want(struct rewriting *rewriting, const Expr *operand, QualType type) {
    operand = operand->IgnoreParens();
    if (const CallExpr *call = dyn_cast<CallExpr>(operand)) {
        rewriting->wanted.insert({call, type});
    } else if (const AbstractConditionalOperator *choice =
                   dyn_cast<AbstractConditionalOperator>(operand)) {
        want(rewriting, choice->getTrueExpr(), type);
        want(rewriting, choice->getFalseExpr(), type);
    } else if (const BinaryOperator *comma = dyn_cast<BinaryOperator>(operand)) {
        if (comma->isCommaOp())
            want(rewriting, comma->getRHS(), type);
    }
}

static void note_use(struct unit *unit, const DeclRefExpr *reference) {
    const FunctionDecl *decl = dyn_cast<FunctionDecl>(reference->getDecl());
    if (decl && naming_is_test(unit->options->prefix, name_of(decl)))
        model_function_used(unit->model, read_function(unit, decl));
}

void note_uses(struct unit *unit, Stmt *initializer) {
    if (const DeclRefExpr *reference = dyn_cast<DeclRefExpr>(initializer))
        note_use(unit, reference);
    for (Stmt *child : initializer->children())
        if (child)
            note_uses(unit, child);
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

/* static void NAME(T *object) { FUNCTION(object); }, the call rewritten; or null where it
 * stays as it is. */
static FunctionDecl *cleanup_function(struct rewriting *rewriting, FunctionDecl *decl,
                                      SourceLocation place) {
    struct unit *unit = rewriting->unit;
    ASTContext &context = *unit->context;
    const FunctionProtoType *type = decl->getType()->getAs<FunctionProtoType>();
    if (!type || type->getNumParams() != 1)
        return nullptr;
    QualType own = context.getFunctionType(context.VoidTy, type->getParamType(0),
                                           FunctionProtoType::ExtProtoInfo());
    std::string name = "thimble.cleanup." + decl->getName().str();
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
    visit_bounds(rewriting, variable->getType());
    visit_cleanup(rewriting, variable);
    if (!variable->getInit())
        return;
    if (variable->hasGlobalStorage())
        note_uses(rewriting->unit, variable->getInit());
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

static void visit_body(struct rewriting *rewriting, Stmt *body) {
    visit(rewriting, &body);
}

static void visit(struct rewriting *rewriting, Stmt **place) {
    Stmt *node = *place;
    if (isa<PseudoObjectExpr>(node))
        return; /* what a call became */
    if (CallExpr *call = dyn_cast<CallExpr>(node)) {
        auto known = rewriting->done.find(call);
        if (known != rewriting->done.end()) {
            *place = known->second;
            return;
        }
        Expr *became = visit_call(rewriting, call);
        rewriting->done[call] = became;
        *place = became;
        return;
    }
    if (CastExpr *cast = dyn_cast<CastExpr>(node))
        if (cast->getType()->isPointerType())
            want(rewriting, cast->getSubExpr(), cast->getType());
    if (DeclRefExpr *reference = dyn_cast<DeclRefExpr>(node))
        note_use(rewriting->unit, reference);
    if (DeclStmt *declarations = dyn_cast<DeclStmt>(node))
        for (Decl *decl : declarations->decls())
            visit_declaration(rewriting, decl);
    else if (GenericSelectionExpr *generic = dyn_cast<GenericSelectionExpr>(node))
        visit_only(rewriting, node, generic->getResultExpr());
    else if (ChooseExpr *choose = dyn_cast<ChooseExpr>(node))
        visit_only(rewriting, node, choose->getChosenSubExpr());
    else if (BlockExpr *block = dyn_cast<BlockExpr>(node))
        visit_body(rewriting, block->getBody());
    else if (AttributedStmt *attributed = dyn_cast<AttributedStmt>(node)) {
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

void rewrite_function(struct unit *unit, FunctionDecl *decl) {
    struct rewriting rewriting = {unit, decl};
    for (ParmVarDecl *parameter : decl->parameters())
        visit_bounds(&rewriting, parameter->getOriginalType());
    visit_body(&rewriting, decl->getBody());
}
