/* Structs and unions. */
#include "printer.h"

#include "literal.h"

/* False where the rest had to be left out. */
static bool put_members(struct printer *, const struct thimble_type *, const char *data);
static bool put_union_member(struct printer *, const struct thimble_type *, const char *data);

static void put_bit_field(struct printer *printer, const struct thimble_member *member,
                          const char *data) {
    /* The bytes that hold it, so that no other member's need be readable. */
    struct thimble_member here = *member;
    uint64_t start = member->offset / 8;
    here.offset = member->offset % 8;
    const char *bytes = _thimble_look_at_scalar(printer, data + start,
                                                (size_t)((here.offset + member->width + 7) / 8));
    if (bytes)
        _thimble_repr_integer(printer->out, printer->unit, member->type,
                              _thimble_load_member(printer->unit, &here, bytes));
}

/* What can't be initialised in an expression: an array at the end, of no length. Its
 * elements stand in a comment where it is known how many there are. */
static void put_flexible(struct printer *printer, const struct thimble_type *type, const char *name,
                         const char *place) {
    const struct thimble_type *element = _thimble_type(printer->unit, type->target);
    size_t size = element ? (size_t)element->size : 0;
    size_t known = size ? _thimble_known_size(printer, place) / size : 0;
    _thimble_printf(printer->out, known ? " /* .%s = " : " /* .%s[] */", name);
    if (!known)
        return;
    struct thimble_type array = *type;
    array.count = known;
    array.size = known * size;
    size_t start = printer->out->length;
    _thimble_put_array(printer, &array, place);
    _thimble_make_comment(printer->out, start);
    _thimble_put_here(printer, " */");
}

static bool is_flexible(const struct thimble_type *type) {
    return type->kind == THIMBLE_ARRAY && !type->count && !(type->flags & THIMBLE_VARIABLE);
}

static void put_named_member(struct printer *printer, const struct thimble_member *member,
                             const char *name, const char *data, uint64_t behind) {
    size_t end = _thimble_enter_part(printer, behind);
    _thimble_begin_part(printer);
    _thimble_printf(printer->out, ".%s = ", name);
    if (member->flags & THIMBLE_BITFIELD)
        put_bit_field(printer, member, data);
    else
        _thimble_put_value(printer, member->type, data + member->offset / 8, INSIDE);
    _thimble_leave_part(printer, end);
}

/* `behind`: how many members come after it. */
static bool put_member(struct printer *printer, const struct thimble_member *member,
                       const char *data, uint64_t behind) {
    const struct thimble_type *type = _thimble_bare_type(printer->unit, member->type);
    const char *name = _thimble_string(printer->unit, member->name);
    const char *place = data + member->offset / 8;
    if (!type)
        return true;
    if (!*name && type->kind == THIMBLE_STRUCT)
        return put_members(printer, type, place);
    if (!*name && type->kind == THIMBLE_UNION)
        return put_union_member(printer, type, place);
    if (is_flexible(type))
        put_flexible(printer, type, name, place);
    else if (*name)
        put_named_member(printer, member, name, data, behind);
    return true;
}

static bool put_union_member(struct printer *printer, const struct thimble_type *type,
                             const char *data) {
    const struct thimble_member *member = _thimble_union_member(printer, type, data);
    bool whole = !member || put_member(printer, member, data, 0);
    _thimble_put_here(printer, type->count > 1 ? " /* of a union */" : "");
    return whole;
}

static bool put_members(struct printer *printer, const struct thimble_type *type,
                        const char *data) {
    const struct thimble_member *member;
    for (uint64_t i = 0; (member = _thimble_member(printer->unit, type, i)); i++) {
        if (_thimble_is_too_long(printer)) {
            _thimble_leave_out(printer, "...");
            return false;
        }
        if (!put_member(printer, member, data, type->count - i - 1))
            return false;
    }
    return true;
}

static void put_parts(struct printer *printer, const struct thimble_type *type, const char *data) {
    if (type->flags & THIMBLE_INCOMPLETE)
        _thimble_put_here(printer, "0 /* incomplete here */");
    else if (type->kind == THIMBLE_UNION)
        put_union_member(printer, type, data);
    else
        put_members(printer, type, data);
}

void _thimble_put_aggregate(struct printer *printer, const struct thimble_type *type,
                            const char *data) {
    _thimble_put_braces(printer, put_parts, type, data, true);
}
