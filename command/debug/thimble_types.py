"""A type as the runtime reads it: a blob as include/thimble/abi.h has it, type number 0 the one
that was asked for.

A debugger's adaptor tells of one type at a time; what belongs to it is found from there,
nearest first.
"""

import struct
from typing import Any, Callable, Dict, List, NamedTuple, Optional, Tuple

MAGIC, NONE = 0x424D4854, 0xFFFFFFFF
SECTION_STRINGS, SECTION_TYPES, SECTION_MEMBERS, SECTION_ENUMERATORS = 1, 3, 4, 5

# enum thimble_type_kind
(
    OPAQUE,
    VOID,
    BOOL,
    CHAR,
    INTEGER,
    FLOAT,
    COMPLEX,
    POINTER,
    ARRAY,
    STRUCT,
    UNION,
    ENUM,
    FUNCTION,
    TYPEDEF,
    QUALIFIED,
) = range(15)

NUMBERS = (BOOL, CHAR, INTEGER, ENUM)

# enum thimble_type_flag
SIGNED, INCOMPLETE = 1 << 0, 1 << 1
VARIADIC, UNPROTOTYPED = 1 << 3, 1 << 4
QUALIFIERS = {"const": 1 << 5, "volatile": 1 << 6, "restrict": 1 << 7, "_Atomic": 1 << 8}

BITFIELD = 1  # a member's flag
MOST_TYPES = 400  # before what pointers lead to is left to its name


class Member(NamedTuple):
    """Of a struct or union, or a parameter."""

    name: str
    type: Any  # the debugger's
    offset: int = 0  # in bits
    width: int = 0  # in bits, of a bit-field
    flags: int = 0


class Shape(NamedTuple):
    """A type without what belongs to it; `qualifiers` are its own, the rest is without them."""

    kind: int
    name: str = ""
    size: int = 0
    count: int = 0  # of an array's or vector's elements
    flags: int = 0
    target: Any = None  # the debugger's type, or None
    members: Tuple[Member, ...] = ()
    enumerators: Tuple[Tuple[str, int], ...] = ()
    qualifiers: int = 0


class Record(NamedTuple):
    """struct thimble_type, but for its alignment."""

    kind: int
    name: str
    size: int
    count: int
    flags: int
    target: int
    first: int


class Builder:
    def __init__(self, describe: Callable[[Any], Shape], most: int):
        self.describe, self.most = describe, most
        self.records: List[Optional[Record]] = [None]
        self.known: Dict[Tuple, int] = {}
        self.waiting: List[Tuple[int, Shape]] = []  # structs whose members are still to come
        self.members: List[Tuple[str, int, int, int, int]] = []
        self.enumerators: List[Tuple[str, int]] = []
        self.strings = bytearray(b"\0")
        self.string_at: Dict[str, int] = {"": 0}
        self.alignments: Dict[int, int] = {}

    # ---- Types ----

    def build(self, native: Any) -> bytes:
        root = self.index(native, True)
        while self.waiting:
            self.read_members(*self.waiting.pop(0))
        self.records[0] = self.records[root]
        return self.blob()

    def add(self, key: Tuple, record: Record) -> int:
        if key not in self.known:
            self.known[key] = len(self.records)
            self.records.append(record)
        return self.known[key]

    def index(self, native: Any, whole: bool) -> int:
        """Its number. Unless it is to be described as a whole, a struct's name will do."""
        shape = self.describe(native)
        bare = self.bare(shape, whole)
        if not shape.qualifiers:
            return bare
        record = Record(QUALIFIED, "", shape.size, 0, shape.qualifiers, bare, 0)
        return self.add(record, record)

    def bare(self, shape: Shape, whole: bool) -> int:
        if shape.kind in (STRUCT, UNION):
            return self.aggregate(shape, whole)
        if shape.kind == ENUM:
            return self.enumeration(shape)
        if shape.kind == FUNCTION:
            return self.function(shape)
        target = NONE
        if shape.target is not None:
            behind = shape.kind != POINTER or len(self.records) < self.most
            target = self.index(shape.target, whole and behind)
        record = Record(
            shape.kind, shape.name, shape.size, shape.count, shape.flags, target, 0
        )
        return self.add(record, record)

    def aggregate(self, shape: Shape, whole: bool) -> int:
        """Two may go by one name, or by none."""
        places = tuple((member.name, member.offset, member.width) for member in shape.members)
        key = (shape.kind, shape.name, shape.size, places)
        if not shape.name:
            key += (tuple(self.spelling(member.type) for member in shape.members),)
        if key in self.known:
            return self.known[key]
        if not whole or shape.flags & INCOMPLETE:
            record = Record(shape.kind, shape.name, 0, 0, INCOMPLETE, NONE, 0)
            return self.add(record, record)
        number = self.add(key, Record(shape.kind, shape.name, shape.size, 0, 0, NONE, 0))
        self.waiting.append((number, shape))
        return number

    def spelling(self, native: Any) -> Tuple:
        shape = self.describe(native)
        return shape.kind, shape.name, shape.size

    def read_members(self, number: int, shape: Shape) -> None:
        read = [
            (member.name, self.index(member.type, True), member.offset, member.width, member.flags)
            for member in shape.members
        ]
        record = self.records[number]._replace(count=len(read), first=len(self.members))
        self.records[number] = record
        self.members += read

    def enumeration(self, shape: Shape) -> int:
        key = (shape.kind, shape.name, shape.size, shape.enumerators)
        if key in self.known:
            return self.known[key]
        signed = SIGNED if any(value < 0 for _, value in shape.enumerators) else 0
        name = "int" if signed else "unsigned int"
        under = Record(INTEGER, name, shape.size, 0, signed, NONE, 0)
        target = self.add(under, under)
        first = len(self.enumerators)
        self.enumerators += shape.enumerators
        count = len(shape.enumerators)
        return self.add(
            key, Record(ENUM, shape.name, shape.size, count, shape.flags, target, first)
        )

    def function(self, shape: Shape) -> int:
        """Only its spelling is of interest."""
        target = NONE if shape.target is None else self.index(shape.target, False)
        parameters = [(member.name, self.index(member.type, False)) for member in shape.members]
        key = (FUNCTION, shape.flags, target, tuple(parameters))
        if key in self.known:
            return self.known[key]
        first = len(self.members)
        self.members += [(name, number, 0, 0, 0) for name, number in parameters]
        return self.add(key, Record(FUNCTION, "", 0, len(parameters), shape.flags, target, first))

    # ---- The blob ----

    def alignment(self, number: int) -> int:
        if number not in self.alignments:
            self.alignments[number] = 1  # for a description in circles
            self.alignments[number] = self.natural_alignment(self.records[number])
        return self.alignments[number]

    def natural_alignment(self, record: Record) -> int:
        """As the machine would have it, or less where members lie closer."""
        if record.kind in (ARRAY, COMPLEX, QUALIFIED, TYPEDEF) and record.target != NONE:
            return self.alignment(record.target)
        if record.kind not in (STRUCT, UNION):
            return max(1, min(record.size & -record.size, 16))
        align = 1
        for _, number, offset, width, _ in self.members[record.first :][: record.count]:
            wanted = 1 if width else self.alignment(number)
            if offset % (wanted * 8) == 0:
                align = max(align, wanted)
        return align if record.size % align == 0 else 1

    def string(self, text: str) -> int:
        if text not in self.string_at:
            self.string_at[text] = len(self.strings)
            self.strings += text.encode(errors="replace") + b"\0"
        return self.string_at[text]

    def type_bytes(self, number: int) -> bytes:
        kind, name, size, count, flags, target, first = self.records[number]
        align = self.alignment(number)
        name = self.string(name)
        return struct.pack("=2I2Q6I", kind, name, size, count, align, flags, target, first, 0, 0)

    def blob(self) -> bytes:
        types = b"".join(map(self.type_bytes, range(len(self.records))))
        members = b"".join(
            struct.pack("=2IQ2I", self.string(name), number, offset, width, flags)
            for name, number, offset, width, flags in self.members
        )
        enumerators = b"".join(
            struct.pack("=2IQ", self.string(name), 0, value & (1 << 64) - 1)
            for name, value in self.enumerators
        )
        tables = {
            SECTION_TYPES: types,
            SECTION_MEMBERS: members,
            SECTION_ENUMERATORS: enumerators,
            SECTION_STRINGS: bytes(self.strings),
        }
        sections = b"".join(
            struct.pack("=2I", kind, len(table)) + table + bytes(-len(table) % 8)
            for kind, table in tables.items()
        )
        return struct.pack("=4I", MAGIC, 16 + len(sections), len(tables), 0) + sections


def describe(shape_of: Callable[[Any], Shape], native: Any, room: int) -> Optional[bytes]:
    """The blob, following as many pointers as there is room for; None where even the type itself
    does not fit."""
    for most in (MOST_TYPES, MOST_TYPES // 8, 0):
        blob = Builder(shape_of, most).build(native)
        if len(blob) <= room:
            return blob
    return None


def qualifiers_in(text: str, bare: str) -> int:
    """Those that the one spelling of a type has beyond the other."""
    words, behind = text.replace("*", " * ").split(), bare.replace("*", " * ").split()
    return sum(
        flag
        for word, flag in QUALIFIERS.items()
        if words.count(word) > behind.count(word)
    )


def function_flags(spelling: str) -> int:
    """Of a type spelled `int (int, ...)`."""
    if spelling.endswith("...)"):
        return VARIADIC
    return UNPROTOTYPED if spelling.endswith("()") else 0
