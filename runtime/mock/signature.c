#include "signature.h"

#include "../base/arena.h"
#include "../repr/number.h"
#include "../repr/repr.h"
#include "eightbytes.h"
#include "passing.h"
#include "words.h"
#include <stdlib.h>
#include <string.h>

#define ALIGNMENT _Alignof(max_align_t)

static const struct thimble_type *function_type(const struct unit *unit, uint32_t type) {
    const struct thimble_type *function = _thimble_bare_type(unit, type);
    return function && function->kind == THIMBLE_FUNCTION ? function : NULL;
}

static bool is_complete(const struct unit *unit, uint32_t index) {
    const struct thimble_type *type = _thimble_bare_type(unit, index);
    return type && !(type->flags & THIMBLE_INCOMPLETE);
}

bool _thimble_signature_is_complete(const struct unit *unit, uint32_t type) {
    const struct thimble_type *function = function_type(unit, type);
    const struct thimble_member *parameter;
    if (!function || !is_complete(unit, function->target))
        return false;
    for (uint64_t i = 0; (parameter = _thimble_member(unit, function, i)); i++)
        if (!is_complete(unit, parameter->type))
            return false;
    return true;
}

/* ---- What the library is told ---- */

static ffi_type *passing_parameter(struct signature *signature, size_t i, struct text *why) {
    const char *reason = NULL;
    struct parameter *parameter = &signature->parameters[i];
    ffi_type *passed = _thimble_passing(signature->unit, parameter->type, &reason);
    if (passed)
        return passed;
    _thimble_printf(why, "a mock cannot receive parameter %zu: ", i + 1);
    _thimble_repr_type(why, signature->unit, parameter->type, parameter->name);
    _thimble_printf(why, " %s", reason);
    return NULL;
}

/* Whether it comes back in a register that the library does not fill for structs. */
static bool is_struct_of_long_double(const struct unit *unit, const struct thimble_type *type) {
    bool wrapped = false;
    while (type && type->size == sizeof(long double) &&
           (type->kind == THIMBLE_STRUCT || type->kind == THIMBLE_UNION ||
            type->kind == THIMBLE_ARRAY)) {
        const struct thimble_member *first = _thimble_member(unit, type, 0);
        uint32_t inner = type->kind == THIMBLE_ARRAY ? type->target
                         : first                     ? first->type
                                                     : THIMBLE_NONE;
        type = _thimble_bare_type(unit, inner);
        wrapped = true;
    }
    return wrapped && type && type->kind == THIMBLE_FLOAT && type->size == sizeof(long double) &&
           type->size > sizeof(double);
}

static ffi_type *passing_returned(struct signature *signature, struct text *why) {
    const struct thimble_type *type = _thimble_bare_type(signature->unit, signature->returned);
    const char *reason = NULL;
    ffi_type *passed = _thimble_passing(signature->unit, signature->returned, &reason);
    if (passed && type && is_struct_of_long_double(signature->unit, type)) {
        reason = "is a struct of one long double";
        passed = NULL;
    }
    if (passed)
        return passed;
    _thimble_puts(why, "a mock cannot return its value: ");
    _thimble_repr_type(why, signature->unit, signature->returned, "");
    _thimble_printf(why, " %s", reason);
    return NULL;
}

/* Up to its version 17 Clang passes half a 128-bit integer in the last register, and what is on
 * the stack unaligned. */
static bool is_old_clang(const struct unit *unit) {
    const char *compiler = unit->source ? _thimble_string(unit, unit->source->compiler) : "";
    return !strncmp(compiler, "Clang ", 6) && atoi(compiler + 6) < 18;
}

/* The first 128-bit integer that is passed like that; SIZE_MAX where there is none. */
static size_t find_split_integer(const struct signature *signature) {
    struct registers left = {
        INTEGER_REGISTERS - _thimble_is_returned_in_memory(signature->cif.rtype), REAL_REGISTERS};
    for (size_t i = 0; i < signature->count; i++) {
        enum register_kind kinds[MOST_EIGHTBYTES];
        uint32_t index = signature->parameters[i].type;
        const struct thimble_type *type = _thimble_bare_type(signature->unit, index);
        struct registers all = {INTEGER_REGISTERS, REAL_REGISTERS};
        bool fits = _thimble_take_registers(&left, signature->unit, index, kinds) > 0;
        bool could = _thimble_take_registers(&all, signature->unit, index, kinds) > 0;
        if (!fits && could && type->align > 8)
            return i;
    }
    return SIZE_MAX;
}

static bool is_passed_by_the_book(const struct signature *signature, struct text *why) {
    size_t i = is_old_clang(signature->unit) ? find_split_integer(signature) : SIZE_MAX;
    if (i == SIZE_MAX)
        return true;
    _thimble_printf(why, "a mock cannot receive parameter %zu: ", i + 1);
    _thimble_repr_type(why, signature->unit, signature->parameters[i].type,
                       signature->parameters[i].name);
    _thimble_puts(why, " does not fit into registers, and up to version 17 Clang passes the rest "
                       "in a way of its own");
    return false;
}

static bool prepare(struct signature *signature, struct text *why) {
    ffi_type **passed = _thimble_alloc(&_thimble_arena, (signature->count + 1) * sizeof *passed);
    for (size_t i = 0; i < signature->count; i++)
        if (!(passed[i] = passing_parameter(signature, i, why)))
            return false;
    ffi_type *returned = passing_returned(signature, why);
    if (!returned)
        return false;
    if (ffi_prep_cif(&signature->cif, FFI_DEFAULT_ABI, (unsigned)signature->count, returned,
                     passed) == FFI_OK)
        return is_passed_by_the_book(signature, why);
    _thimble_puts(why, "the closure library refuses its type");
    return false;
}

/* ---- The whole ---- */

/* A transparent union is passed like its first member, and is one to its users. */
static uint32_t passed_type(const struct unit *unit, uint32_t index) {
    const struct thimble_type *type = _thimble_bare_type(unit, index);
    const struct thimble_member *first =
        type && type->kind == THIMBLE_UNION && (type->flags & THIMBLE_TRANSPARENT)
            ? _thimble_member(unit, type, 0)
            : NULL;
    return first ? first->type : index;
}

static void read_parameter(struct signature *signature, const struct thimble_member *member) {
    const struct unit *unit = signature->unit;
    struct parameter *parameter = &signature->parameters[signature->count++];
    parameter->name = _thimble_string(unit, member->name);
    while (*parameter->name == '_')
        parameter->name++;
    parameter->type = passed_type(unit, member->type);
    const struct thimble_type *type = _thimble_type(unit, parameter->type);
    size_t align = !type || !type->align ? 1 : type->align < ALIGNMENT ? type->align : ALIGNMENT;
    parameter->size = type ? (size_t)type->size : 0;
    parameter->offset = (signature->size + align - 1) / align * align;
    signature->size = parameter->offset + parameter->size;
    _thimble_plan(&signature->plan, unit, parameter->type, parameter->offset, true);
    const struct thimble_type *bare = _thimble_bare_type(unit, parameter->type);
    if (bare && bare->kind == THIMBLE_INTEGER)
        _thimble_plan_count(&signature->plan, parameter->offset, parameter->size);
}

static void read_parameters(struct signature *signature, const struct thimble_type *function) {
    const struct thimble_member *member;
    for (uint64_t i = 0; (member = _thimble_member(signature->unit, function, i)); i++)
        read_parameter(signature, member);
}

struct signature *_thimble_signature(const struct unit *unit, uint32_t index, struct text *why) {
    const struct thimble_type *function = function_type(unit, index);
    if (!function) {
        _thimble_puts(why, "its type is not described");
        return NULL;
    }
    struct signature *signature = _thimble_alloc(&_thimble_arena, sizeof *signature);
    signature->unit = unit;
    signature->type = index;
    signature->parameters = _thimble_alloc(&_thimble_arena, ((size_t)function->count + 1) *
                                                                sizeof *signature->parameters);
    read_parameters(signature, function);
    signature->variadic = function->flags & (THIMBLE_VARIADIC | THIMBLE_UNPROTOTYPED);
    signature->returned = function->target;
    const struct thimble_type *returned = _thimble_bare_type(unit, function->target);
    signature->returned_size = returned ? (size_t)returned->size : 0;
    signature->returns_integer =
        returned && (returned->kind == THIMBLE_POINTER ||
                     (_thimble_is_integer(returned) && returned->size <= sizeof(ffi_arg)));
    return prepare(signature, why) ? signature : NULL;
}
