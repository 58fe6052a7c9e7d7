#include "expectation.h"

#include "../base/peek.h"
#include "../repr/number.h"
#include "memory.h"
#include <string.h>

/* ---- Names ---- */

void _thimble_put_name(struct text *out, const struct signature *signature, size_t i, bool first) {
    const char *name = i < signature->count ? signature->parameters[i].name : "";
    _thimble_printf(out, "%s%s%s", first ? "" : ", ", name, *name ? " = " : "");
}

/* 0 where it is none. */
static size_t place_of(const char *name) {
    size_t place = 0;
    for (; *name >= '0' && *name <= '9' && place < 1000; name++)
        place = place * 10 + (size_t)(*name - '0');
    return *name ? 0 : place;
}

static void put_candidates(struct text *why, const struct signature *signature) {
    bool named = false;
    for (size_t i = 0; i < signature->count; i++) {
        const char *name = signature->parameters[i].name;
        if (*name)
            _thimble_printf(why, "%s%s", named ? ", " : "; there is ", name);
        named |= *name != '\0';
    }
    if (signature->count)
        _thimble_printf(why, "%s\"1\"", named ? ", or by place " : "; by place there is ");
    if (signature->count > 1)
        _thimble_printf(why, " to \"%zu\"", signature->count);
    if (!signature->count)
        _thimble_puts(why, "; there is none at all");
}

bool _thimble_find_parameter(const struct signature *signature, const char *address, size_t *i,
                             struct text *why) {
    char bytes[128];
    int ended;
    const char *name = bytes;
    if (!address || _thimble_peek_string(bytes, address, sizeof bytes, &ended) < 0) {
        _thimble_puts(why, "the name of a parameter is a string");
        return false;
    }
    while (*name == '_')
        name++;
    size_t place = place_of(name);
    if (place && place <= signature->count)
        return *i = place - 1, true;
    for (*i = 0; *i < signature->count; ++*i)
        if (*name && !strcmp(signature->parameters[*i].name, name))
            return true;
    _thimble_puts(why, "no parameter ");
    _thimble_repr_string(why, bytes, strlen(bytes), 100);
    put_candidates(why, signature);
    return false;
}

/* ---- Reading ---- */

static const struct thimble_matcher *as_arg(const struct thimble_value *value) {
    const struct thimble_matcher *matcher = _thimble_matcher(value);
    return matcher && matcher->kind == THIMBLE_MATCH_ARG ? matcher : NULL;
}

/* The values in front of the first arg. */
static size_t positional_count(const struct expectation *expectation) {
    size_t count = 0;
    while (count < expectation->count && !as_arg(&expectation->values[count]))
        count++;
    return count;
}

static bool expect_at(const struct signature *signature, size_t i,
                      const struct thimble_value *value, struct expected *expected,
                      struct text *why) {
    const char *name = signature->parameters[i].name;
    const struct subject subject = {signature->unit, signature->parameters[i].type, true};
    struct text reason = _thimble_growing_text();
    if (_thimble_expect(&subject, value, expected, &reason))
        return true;
    *expected = (struct expected){0};
    _thimble_printf(why, "argument %zu%s%s: %s", i + 1, *name ? ", " : "", name, reason.data);
    return false;
}

static bool expect_arg(const struct signature *signature, const struct thimble_value *value,
                       struct expected *expected, struct text *why) {
    const struct thimble_matcher *arg = as_arg(value);
    size_t i;
    if (!arg) {
        _thimble_puts(why, "a value by its place stands behind an arg: give it a name, too");
        return false;
    }
    if (!_thimble_find_parameter(signature, arg->name, &i, why))
        return false;
    if (!expected[i].implied) {
        _thimble_printf(why, "argument %zu is expected twice", i + 1);
        return false;
    }
    return expect_at(signature, i, &arg->values[0], &expected[i], why);
}

/* Reads all that can be read; false with why where some cannot. */
static bool read_all(const struct expectation *expectation, struct fitted *fitted,
                     struct text *why) {
    const struct signature *signature = fitted->signature;
    size_t positional = positional_count(expectation);
    bool by_name = positional < expectation->count, fits = true;
    for (size_t i = 0; i < signature->count; i++)
        fitted->expected[i] = by_name
                                  ? (struct expected){.kind = THIMBLE_MATCH_ANY, .implied = true}
                                  : (struct expected){0};
    for (size_t i = 0; i < positional && i < signature->count; i++)
        fits &= expect_at(signature, i, &expectation->values[i], &fitted->expected[i], why);
    for (size_t i = positional; fits && i < expectation->count; i++)
        fits &= expect_arg(signature, &expectation->values[i], fitted->expected, why);
    for (size_t i = signature->count; i < positional; i++) {
        const struct thimble_matcher *matcher = _thimble_matcher(&expectation->values[i]);
        bool any = matcher && matcher->kind == THIMBLE_MATCH_ANY;
        fitted->missing += !any || !signature->variadic;
    }
    return fits;
}

static struct fitted *add(struct expectation *expectation, const struct signature *signature) {
    struct fitted *fitted = _thimble_test_alloc(sizeof *fitted);
    *fitted = (struct fitted){.next = expectation->fitted, .signature = signature};
    fitted->expected = _thimble_test_alloc((signature->count + 1) * sizeof *fitted->expected);
    expectation->fitted = fitted;
    return fitted;
}

static bool has_right_count(const struct expectation *expectation,
                            const struct signature *signature) {
    size_t positional = positional_count(expectation);
    if (positional > signature->count)
        return signature->variadic;
    return positional == signature->count || positional < expectation->count;
}

bool _thimble_fit_function(struct expectation *expectation, const struct signature *signature,
                           const char *name, struct text *why) {
    size_t count = expectation->count;
    if (has_right_count(expectation, signature))
        return read_all(expectation, add(expectation, signature), why);
    _thimble_printf(why, "%zu argument%s, but %s takes %s%zu", count, count == 1 ? "" : "s", name,
                    signature->variadic ? "at least " : "", signature->count);
    return false;
}

const struct fitted *_thimble_fit(struct expectation *expectation,
                                  const struct signature *signature) {
    struct text unsaid;
    for (struct fitted *fitted = expectation->fitted; fitted; fitted = fitted->next)
        if (fitted->signature == signature)
            return fitted;
    struct fitted *fitted = add(expectation, signature);
    unsaid = _thimble_growing_text();
    read_all(expectation, fitted, &unsaid);
    return fitted;
}

/* ---- Comparing ---- */

size_t _thimble_differs(struct expectation *expectation, const struct call *call, bool *differs) {
    const struct fitted *fitted = _thimble_fit(expectation, call->signature);
    size_t count = fitted->missing;
    for (size_t i = 0; i < call->signature->count; i++) {
        struct kept_value argument = _thimble_argument(call, i);
        bool same = _thimble_matches(call, &argument, &fitted->expected[i]);
        count += !same;
        if (differs)
            differs[i] = !same;
    }
    return count;
}

/* ---- Showing ---- */

/* What stands for an argument behind the `...`, for which there is no type. */
static void put_further(struct text *out, const struct thimble_value *value) {
    const struct thimble_matcher *matcher = _thimble_matcher(value);
    const struct thimble_value *said =
        matcher && matcher->count ? &matcher->values[matcher->count - 1] : value;
    struct repr_object object = _thimble_value_object(said);
    const struct subject subject = {object.unit, object.type, true};
    struct expected expected = {0};
    struct text unsaid = _thimble_growing_text();
    bool read = object.unit && _thimble_expect(&subject, value, &expected, &unsaid);
    if (read)
        _thimble_put_expected(out, &expected);
    else
        _thimble_puts(out, "...");
}

/* As the function itself was fitted first, that is the last in the list. */
void _thimble_put_expectation(struct text *out, const struct expectation *expectation,
                              const char *name) {
    const struct fitted *fitted = expectation->fitted;
    bool first = true;
    while (fitted->next)
        fitted = fitted->next;
    _thimble_printf(out, "%s(", name);
    for (size_t i = 0; i < fitted->signature->count; i++) {
        if (fitted->expected[i].implied)
            continue;
        _thimble_put_name(out, fitted->signature, i, first);
        _thimble_put_expected(out, &fitted->expected[i]);
        first = false;
    }
    for (size_t i = fitted->signature->count; i < positional_count(expectation); i++) {
        _thimble_puts(out, first ? "" : ", ");
        put_further(out, &expectation->values[i]);
        first = false;
    }
    _thimble_puts(out, ")");
}
