"""Types as gdb has them, for the builder of descriptions."""

import re
from typing import Iterator, Optional

import gdb

import thimble_types
from thimble_types import Member, Shape

KINDS = {
    gdb.TYPE_CODE_VOID: thimble_types.VOID,
    gdb.TYPE_CODE_BOOL: thimble_types.BOOL,
    gdb.TYPE_CODE_CHAR: thimble_types.CHAR,
    gdb.TYPE_CODE_INT: thimble_types.INTEGER,
    gdb.TYPE_CODE_FLT: thimble_types.FLOAT,
    gdb.TYPE_CODE_DECFLOAT: thimble_types.FLOAT,
    gdb.TYPE_CODE_COMPLEX: thimble_types.COMPLEX,
    gdb.TYPE_CODE_PTR: thimble_types.POINTER,
    gdb.TYPE_CODE_ARRAY: thimble_types.ARRAY,
    gdb.TYPE_CODE_STRUCT: thimble_types.STRUCT,
    gdb.TYPE_CODE_UNION: thimble_types.UNION,
    gdb.TYPE_CODE_ENUM: thimble_types.ENUM,
    gdb.TYPE_CODE_FUNC: thimble_types.FUNCTION,
    gdb.TYPE_CODE_TYPEDEF: thimble_types.TYPEDEF,
}
WITH_TARGET = (
    thimble_types.COMPLEX,
    thimble_types.POINTER,
    thimble_types.ARRAY,
    thimble_types.FUNCTION,
    thimble_types.TYPEDEF,
)


def target_of(native: gdb.Type) -> Optional[gdb.Type]:
    """A function without debug information has none."""
    try:
        return native.target()
    except RuntimeError:
        return None


def qualifiers_of(native: gdb.Type) -> int:
    """gdb tells of them in the type's spelling only."""
    if native.code == gdb.TYPE_CODE_PTR:
        bare = str(native.target().pointer())
    elif native.code in (gdb.TYPE_CODE_ARRAY, gdb.TYPE_CODE_FUNC):
        return 0
    else:
        bare = native.name or ""
    return thimble_types.qualifiers_in(str(native), bare)


def members_of(native: gdb.Type) -> Iterator[Member]:
    for field in native.fields():
        width = field.bitsize
        flags = thimble_types.BITFIELD if width else 0
        yield Member(field.name or "", field.type, field.bitpos, width, flags)


def describe_integer(shape: Shape) -> Shape:
    if shape.name == "char":
        signed = thimble_types.SIGNED if gdb.parse_and_eval("(char)-1 < 0") else 0
        return shape._replace(kind=thimble_types.CHAR, flags=signed)
    if "unsigned" not in shape.name:
        return shape._replace(flags=thimble_types.SIGNED)
    return shape


def describe_array(native: gdb.Type, shape: Shape) -> Shape:
    """An array without a bound has one in gdb, too."""
    low, high = native.range()
    spelling = str(native)
    bound = re.search(r"\[(.*?)\]", spelling)
    count = 0 if bound and not bound[1] else max(0, high - low + 1)
    if "vector_size" in spelling:
        return shape._replace(kind=thimble_types.OPAQUE, count=count)
    return shape._replace(count=count, flags=0 if count else thimble_types.INCOMPLETE)


def describe_tagged(native: gdb.Type, shape: Shape) -> Shape:
    """Where this unit only declares it, gdb knows another that has it whole."""
    whole = native.strip_typedefs()
    if not whole.fields():
        return shape._replace(flags=thimble_types.INCOMPLETE)
    if shape.kind == thimble_types.ENUM:
        fields = tuple((field.name, int(field.enumval)) for field in whole.fields())
        return shape._replace(size=whole.sizeof, enumerators=fields)
    return shape._replace(size=whole.sizeof, members=tuple(members_of(whole)))


def describe_function(native: gdb.Type, shape: Shape) -> Shape:
    members = tuple(Member("", field.type) for field in native.fields())
    flags = thimble_types.function_flags(str(native))
    return shape._replace(size=0, members=members, flags=flags)


def describe(native: gdb.Type) -> Shape:
    kind = KINDS.get(native.code, thimble_types.OPAQUE)
    target = target_of(native) if kind in WITH_TARGET else None
    shape = Shape(
        kind, native.name or "", native.sizeof or 0, target=target, qualifiers=qualifiers_of(native)
    )
    if kind == thimble_types.INTEGER:
        return describe_integer(shape)
    if kind == thimble_types.ARRAY:
        return describe_array(native, shape)
    if kind in (thimble_types.STRUCT, thimble_types.UNION, thimble_types.ENUM):
        return describe_tagged(native, shape)
    if kind == thimble_types.FUNCTION:
        return describe_function(native, shape)
    if kind == thimble_types.VOID:
        return shape._replace(size=0)
    return shape
