/* sites.cc: allocating and releasing calls, those that may pass a block on, and what the tracker
 * is told of them.
 *
 *     (unit.releasing ? unit.releasing(&unit, site, block) : nothing,
 *      V = call,
 *      unit.allocated ? unit.allocated(&unit, site, V, size) : nothing, V)
 */
#include "build.h"
#include "tracking.h"

using namespace clang;

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

QualType measured_type_of(const CallExpr *call) {
    QualType last;
    for (const Expr *arg : call->arguments())
        if (QualType found = measured_type(arg); !found.isNull())
            last = found;
    return last;
}

static bool is_product(const Expr *size) {
    for (; size; size = cast<OpaqueValueExpr>(size)->getSourceExpr()) {
        size = size->IgnoreParenCasts();
        const BinaryOperator *binary = dyn_cast<BinaryOperator>(size);
        if (!isa<OpaqueValueExpr>(size))
            return binary && binary->getOpcode() == BO_Mul;
    }
    return false;
}

static void note_site(struct tracking *tracking, const CallExpr *call, uint32_t site,
                      QualType measured, const struct allocator *allocator) {
    struct site_call noted = {};
    noted.site = site;
    noted.node = call;
    noted.allocator = *allocator;
    noted.result = pointed_by(call->getType());
    noted.measured = pointed_to(measured);
    noted.multiplied = allocator->count || is_product(argument(call, allocator->size));
    if (const Expr *holder = argument(call, allocator->result))
        note_holder(tracking, call, holder);
    if (tracking->may_wrap)
        note_asked(tracking, call, allocator);
    sites_add(&tracking->calls, &noted);
}

static uint32_t add_site(struct tracking *tracking, const CallExpr *call, QualType measured,
                         const FunctionDecl *decl, const struct allocator *allocator) {
    struct unit *unit = tracking->unit;
    struct place place = place_of(unit, call->getBeginLoc());
    struct model_site site = {};
    site.kind = allocator->kind;
    site.file = place.file;
    site.line = place.line;
    site.column = place.column;
    site.function = read_function(unit, tracking->function);
    site.callee = decl ? read_function(unit, decl) : THIMBLE_NONE;
    site.type = THIMBLE_NONE;
    uint32_t index = model_site_add(unit->model, &site);
    if (allocator->release)
        model_pair_add(unit->model, site.callee, allocator->release);
    if (allocator->kind != THIMBLE_RELEASES)
        note_site(tracking, call, index, measured, allocator);
    return index;
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

Expr *build_tracked(struct tracking *tracking, CallExpr *call, QualType measured,
                    const FunctionDecl *decl, const struct allocator *allocator) {
    struct unit *unit = tracking->unit;
    uint32_t site = add_site(tracking, call, measured, decl, allocator);
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

bool find_site(struct tracking *tracking, const CallExpr *call, const FunctionDecl *decl,
               struct allocator *out) {
    struct unit *unit = tracking->unit;
    if (decl) {
        struct allocator_attributes attributes = read_allocator_attributes(unit, decl);
        if (allocators_find(unit->options, name_of(decl), symbol_of(unit, decl), is_internal(decl),
                            decl->getReturnType()->isPointerType(), &attributes, out))
            return true;
    }
    struct passing facts = read_passing(tracking, call, decl);
    return sites_passes(unit->options, unit->model, &facts, out);
}

/* ---- The function as a whole ---- */

void tracking_begin(struct tracking *tracking, struct unit *unit, const FunctionDecl *function) {
    tracking->unit = unit;
    tracking->function = function;
    tracking->facts = read_site_function(function);
    tracking->may_wrap = sites_may_wrap(&tracking->facts);
}

static uint32_t read_for_core(void *context, const void *type) {
    return read_type((struct unit *)context, QualType::getFromOpaquePtr(type));
}

void tracking_end(struct tracking *tracking) {
    struct unit *unit = tracking->unit;
    struct pointed text = pointed_to(unit->context->CharTy);
    sites_finish(unit->model, &tracking->facts, &tracking->flow, &tracking->calls, &text,
                 read_for_core, unit);
    flow_free(&tracking->flow);
    free(tracking->calls.list);
}
