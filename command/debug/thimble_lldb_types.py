"""Types as lldb has them, for the builder of descriptions."""

import re
from typing import Iterator

import lldb

import thimble_types
from thimble_types import Member, Shape

KINDS = {
    lldb.eTypeClassComplexFloat: thimble_types.COMPLEX,
    lldb.eTypeClassComplexInteger: thimble_types.COMPLEX,
    lldb.eTypeClassPointer: thimble_types.POINTER,
    lldb.eTypeClassArray: thimble_types.ARRAY,
    lldb.eTypeClassStruct: thimble_types.STRUCT,
    lldb.eTypeClassUnion: thimble_types.UNION,
    lldb.eTypeClassEnumeration: thimble_types.ENUM,
    lldb.eTypeClassFunction: thimble_types.FUNCTION,
    lldb.eTypeClassTypedef: thimble_types.TYPEDEF,
}
BASIC_KINDS = {
    lldb.eBasicTypeVoid: thimble_types.VOID,
    lldb.eBasicTypeBool: thimble_types.BOOL,
    lldb.eBasicTypeChar: thimble_types.CHAR,
    lldb.eBasicTypeHalf: thimble_types.FLOAT,
    lldb.eBasicTypeFloat: thimble_types.FLOAT,
    lldb.eBasicTypeDouble: thimble_types.FLOAT,
    lldb.eBasicTypeLongDouble: thimble_types.FLOAT,
}
# The parts of complex numbers, by their name.
PARTS = {
    "float": lldb.eBasicTypeFloat,
    "double": lldb.eBasicTypeDouble,
    "long double": lldb.eBasicTypeLongDouble,
}


def name_of(native: lldb.SBType) -> str:
    """Without the tag's keyword and without qualifiers; one that lldb made up is none."""
    name = native.GetUnqualifiedType().GetName() or ""
    name = re.sub(r"^(struct|union|enum) ", "", name)
    return "" if "(anonymous" in name or "(unnamed" in name else name


def qualifiers_of(native: lldb.SBType) -> int:
    """lldb tells of them in the type's name only."""
    if native.GetTypeClass() in (lldb.eTypeClassArray, lldb.eTypeClassFunction):
        return 0
    bare = native.GetUnqualifiedType()
    return thimble_types.qualifiers_in(native.GetName() or "", bare.GetName() or "")


def members_of(native: lldb.SBType) -> Iterator[Member]:
    for i in range(native.GetNumberOfFields()):
        field = native.GetFieldAtIndex(i)
        width = field.GetBitfieldSizeInBits() if field.IsBitfield() else 0
        flags = thimble_types.BITFIELD if width else 0
        yield Member(field.GetName() or "", field.GetType(), field.GetOffsetInBits(), width, flags)


def describe_tagged(native: lldb.SBType, shape: Shape) -> Shape:
    if not native.IsTypeComplete():
        return shape._replace(flags=thimble_types.INCOMPLETE)
    if shape.kind != thimble_types.ENUM:
        return shape._replace(members=tuple(members_of(native)))
    constants = native.GetEnumMembers()
    members = (constants.GetTypeEnumMemberAtIndex(i) for i in range(constants.GetSize()))
    enumerators = tuple((member.GetName(), member.GetValueAsSigned()) for member in members)
    return shape._replace(enumerators=enumerators)


def describe_function(native: lldb.SBType, shape: Shape) -> Shape:
    types = native.GetFunctionArgumentTypes()
    members = tuple(Member("", types.GetTypeAtIndex(i)) for i in range(types.GetSize()))
    flags = thimble_types.function_flags(native.GetName() or "")
    target = native.GetFunctionReturnType()
    return shape._replace(name="", size=0, target=target, members=members, flags=flags)


def describe_elements(shape: Shape, target: lldb.SBType, none: int) -> Shape:
    size = target.GetByteSize()
    count = shape.size // size if size else 0
    return shape._replace(name="", target=target, count=count, flags=0 if count else none)


def describe_basic(native: lldb.SBType, shape: Shape) -> Shape:
    kind = BASIC_KINDS.get(native.GetCanonicalType().GetBasicType(), thimble_types.INTEGER)
    if kind == thimble_types.INTEGER and re.search("float|double|_Float|_Decimal", shape.name):
        kind = thimble_types.FLOAT
    if kind == thimble_types.BOOL:
        return shape._replace(kind=kind, name="_Bool")
    unsigned = "unsigned" in shape.name or kind not in (thimble_types.INTEGER, thimble_types.CHAR)
    flags = 0 if unsigned else thimble_types.SIGNED
    return shape._replace(kind=kind, flags=flags, size=shape.size if kind != thimble_types.VOID else 0)


def describe_bare(native: lldb.SBType, shape: Shape) -> Shape:
    kind = shape.kind
    if kind in (thimble_types.STRUCT, thimble_types.UNION, thimble_types.ENUM):
        return describe_tagged(native, shape)
    if kind == thimble_types.FUNCTION:
        return describe_function(native, shape)
    if kind == thimble_types.POINTER:
        return shape._replace(name="", target=native.GetPointeeType())
    if kind == thimble_types.ARRAY:
        return describe_elements(shape, native.GetArrayElementType(), thimble_types.INCOMPLETE)
    if kind == thimble_types.TYPEDEF:
        return shape._replace(target=native.GetTypedefedType())
    if kind == thimble_types.COMPLEX:
        part = PARTS.get(shape.name.replace("_Complex ", ""), lldb.eBasicTypeInt)
        return shape._replace(name="", target=native.GetBasicType(part))
    return shape


def describe(native: lldb.SBType) -> Shape:
    bare = native.GetUnqualifiedType()
    of_class = bare.GetTypeClass()
    kind = KINDS.get(of_class, thimble_types.OPAQUE)
    shape = Shape(kind, name_of(bare), bare.GetByteSize(), qualifiers=qualifiers_of(native))
    if of_class == lldb.eTypeClassBuiltin:
        return describe_basic(bare, shape)
    if of_class == lldb.eTypeClassVector:
        return describe_elements(shape, bare.GetVectorElementType(), 0)
    return describe_bare(bare, shape)
