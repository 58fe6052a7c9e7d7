"""What the commands `thimble …` are and do, in whichever debugger.

The process itself has the answers: runtime/debug/door.h says how it is asked. A debugger's
adaptor (thimble_gdb.py, thimble_lldb.py) reads and writes memory, evaluates and calls.
"""

import os
import re
import struct
import textwrap
from typing import Any, Callable, List, NamedTuple, Optional

import thimble_types

# What the door begins with: DOOR_MAGIC and DOOR_VERSION of door.h.
MAGIC, VERSION = 0x526F6F44, 1
LONGEST_ANSWER = 16 << 20
WIDTH = 76  # lldb breaks what is longer
# The process catches these itself while it answers.
FAULTS = ("SIGSEGV", "SIGBUS", "SIGILL", "SIGFPE", "SIGABRT")


class Failure(Exception):
    """Why there is no answer; the debugger shows it as its own error."""


class Value(NamedTuple):
    """What an expression is: an object in the process, or a value that lies nowhere there."""

    native: Any
    type: Any
    size: int
    address: Optional[int]


class Debugger:
    """What an adaptor provides. All raise Failure, or the debugger's own error."""

    def hindrance(self) -> str:
        """Why nothing can be called in the process, or ""."""
        raise NotImplementedError

    def symbol(self, name: str) -> int:
        """A symbol's address, 0 where there is none. Needs no debug information."""
        raise NotImplementedError

    def read(self, address: int, size: int) -> bytes:
        raise NotImplementedError

    def write(self, address: int, data: bytes) -> None:
        raise NotImplementedError

    def call(self, function: int, stack: int) -> int:
        """Calls it on that stack, in the selected thread alone, and returns what it returns.
        All is as before then: registers, frame, thread, breakpoints."""
        raise NotImplementedError

    def pointer(self, expression: str) -> int:
        """The expression, of the selected frame, as an address."""
        raise NotImplementedError

    def function(self, expression: str) -> int:
        """The address of the function that it names or points to."""
        raise NotImplementedError

    def value(self, expression: str) -> Value:
        raise NotImplementedError

    def store(self, value: Value, address: int) -> None:
        """Writes a value that has no address."""
        raise NotImplementedError

    def describe(self, native: Any) -> thimble_types.Shape:
        """The type, for the builder of descriptions."""
        raise NotImplementedError


# ---- The door ----


class Door(NamedTuple):
    """struct thimble_debug_door behind its first two words."""

    text_start: int
    text_end: int
    question: int
    question_size: int
    answer: int
    stack: int
    room: int
    room_size: int


def has_begun(debugger: Debugger, door: Door) -> bool:
    """A program that has just been loaded has not been told its own addresses yet."""
    try:
        debugger.read(door.answer, 1)
        debugger.read(door.question, 1)
    except Failure:
        return False
    return True


def open_door(debugger: Debugger) -> Door:
    hindrance = debugger.hindrance()
    if hindrance:
        raise Failure(hindrance)
    address = debugger.symbol("thimble_debug_door")
    if not address:
        raise Failure(
            "this program has no Thimble in it: link it with what `thimble flags --libs` prints"
        )
    magic, version, *words = struct.unpack("=10Q", debugger.read(address, 80))
    if magic != MAGIC or version != VERSION:
        raise Failure(
            "this program's Thimble was made by another version than these commands: link it "
            "again, or load the commands of its own installation"
        )
    door = Door(*words)
    if not has_begun(debugger, door):
        raise Failure("the program has not begun yet: let it come to main, and ask again")
    return door


def read_text(debugger: Debugger, address: int) -> str:
    """Up to the zero, in pieces that end where a page does."""
    text = b""
    while len(text) < LONGEST_ANSWER:
        at = address + len(text)
        piece = debugger.read(at, 4096 - at % 4096)
        if b"\0" in piece:
            return (text + piece[: piece.index(b"\0")]).decode(errors="replace")
        text += piece
    raise Failure("the answer has no end")


def ask(debugger: Debugger, door: Door, words: List[str]) -> str:
    question = "\t".join(words).encode(errors="surrogateescape") + b"\0"
    if len(question) > door.question_size:
        raise Failure(f"the question is longer than {door.question_size - 1} bytes")
    debugger.write(door.question, question)
    address = debugger.call(door.answer, door.stack)
    if not address:
        raise Failure("the process gave no answer")
    answer = read_text(debugger, address)
    if answer.startswith("error: "):
        raise Failure(answer[len("error: ") :])
    return answer


# ---- Questions ----


def cleaned(text: str) -> str:
    """A name as it is passed on: without quotes around it, spaces for tabs."""
    text = " ".join(text.split())
    quoted = re.fullmatch(r"""(["'])(.*)\1""", text)
    return quoted[2] if quoted else text


def first_word(text: str) -> List[str]:
    """The first word, which may be in quotes, and what stands behind it."""
    found = re.match(r"""\s*("[^"]*"|'[^']*'|\S+)\s*(.*)""", text, re.DOTALL)
    return [cleaned(found[1]), found[2].strip()] if found else ["", ""]


def pass_on(debugger: Debugger, door: Door, argument: str) -> List[str]:
    return [cleaned(argument)] if argument else []


def ask_patch(debugger: Debugger, door: Door, argument: str) -> List[str]:
    function, replacement = first_word(argument)
    if not replacement:
        return [function, "0x0", ""]
    return [function, hex(debugger.function(replacement)), cleaned(replacement)]


def ask_where(debugger: Debugger, door: Door, argument: str) -> List[str]:
    return [hex(debugger.pointer(argument))]


def ask_snapshot(debugger: Debugger, door: Door, argument: str) -> List[str]:
    """The process may be in another folder than the debugger."""
    if not argument:
        return []
    return [os.path.abspath(os.path.expanduser(cleaned(argument)))]


def ask_repr(debugger: Debugger, door: Door, argument: str) -> List[str]:
    value = debugger.value(argument)
    nowhere = value.address is None
    blob = thimble_types.describe(
        debugger.describe, value.type, door.room_size - (value.size + 64 if nowhere else 0)
    )
    if blob is None:
        raise Failure("it is too large to be described: take a part of it")
    debugger.write(door.room, blob)
    address = value.address
    if address is None:
        address = door.room + (len(blob) + 63) // 64 * 64
        debugger.store(value, address)
    return [hex(address), str(value.size)]


# ---- Commands ----


class Command(NamedTuple):
    name: str
    arguments: str
    summary: str  # one line
    details: str
    example: str
    words: Callable[[Debugger, Door, str], List[str]] = pass_on

    def usage(self) -> str:
        return f"thimble {self.name} {self.arguments}".rstrip()

    def manual(self) -> str:
        """All but the summary."""
        example = "".join(f"\n    {line}" for line in self.example.splitlines())
        details = textwrap.fill(" ".join(self.details.split()), WIDTH)
        return f"Usage: {self.usage()}\n\n{details}\n\nFor example:\n{example}"


SUMMARY = "Ask the program's own Thimble: mocks, seams, memory, values."
DETAILS = """\
They work wherever the program has stopped: at a breakpoint, in a failed test, in a signal, in
malloc, with its stack used up. Other threads stay where they are, and what the test sees does
not change. A core file cannot be asked."""

COMMANDS = [
    Command(
        "mocks",
        "",
        "What is mocked and patched now, and how often each was called.",
        "For each: the function, what its calls do, how often it was called, and where in the\n"
        "test it was made.",
        "thimble mocks",
    ),
    Command(
        "calls",
        "FN",
        "The recorded calls of the mock of FN, with their arguments.",
        "In their order: each argument by name, as it was when the call was made, and what was\n"
        "returned. FN is a function's name, or FILE:NAME for one of several static ones.",
        "thimble calls get_animals\nthimble calls zoo.c:parse_line",
    ),
    Command(
        "seams",
        "[GLOB]",
        "The functions whose calls can be replaced, or those that match GLOB.",
        "For each: where it is from, the files that call it, and whether it is patched or mocked.\n"
        "GLOB has * ? and [...]; without it all are listed.",
        "thimble seams sqlite3_*",
    ),
    Command(
        "patch",
        "FN [REPLACEMENT]",
        "Let calls of FN go to REPLACEMENT until the test ends; without it, undo that.",
        "REPLACEMENT is a function, or an expression that points to one. It has to take what FN\n"
        "takes. As patch() in a test does, this holds until the test ends.",
        "thimble patch zoo_feed fake_feed\nthimble patch zoo_feed",
        ask_patch,
    ),
    Command(
        "objects",
        "[TYPE]",
        "The blocks of memory that are allocated now, or those of TYPE.",
        "For each: its address, type, size, the line that allocated it, and its value. TYPE is\n"
        "as C spells it, and may have * ? and [...].",
        "thimble objects struct animal",
    ),
    Command(
        "where",
        "PTR",
        "What PTR points to: a block and who allocated it, a variable, a stack, a function.",
        "PTR is any expression. For memory that was freed it says where, as far as that is\n"
        "still known.",
        "thimble where animal->name\nthimble where $rdi",
        ask_where,
    ),
    Command(
        "snapshot",
        "[FILE]",
        "Memory that is allocated now by the lines that did; into FILE for `thimble memory`.",
        "Without FILE the largest are listed here.",
        "thimble snapshot\nthimble snapshot before.thimble",
        ask_snapshot,
    ),
    Command(
        "repr",
        "EXPR",
        "The value of EXPR as C that makes an equal one, as repr() in a test.",
        "EXPR is any expression in the selected frame. Pointers are followed, and a struct's own\n"
        "repr_NAME() is used.",
        "thimble repr *animal\nthimble repr database->rows[3].name",
        ask_repr,
    ),
    Command(
        "test",
        "",
        "Which test is running, for how long, and what has failed in it.",
        "Its name and place, its case and tags, what runs now (a set-up, the test, a teardown),\n"
        "and its folder tmp_path.",
        "thimble test",
    ),
]


def check(command: Command, argument: str) -> None:
    if argument and not command.arguments:
        raise Failure(f"`{command.usage()}` takes no argument")
    if not argument and command.arguments and not command.arguments.startswith("["):
        raise Failure(f"it is `{command.usage()}`: see `help thimble {command.name}`")


def run(debugger: Debugger, command: Command, argument: str) -> str:
    argument = argument.strip()
    check(command, argument)
    door = open_door(debugger)
    return ask(debugger, door, [command.name, *command.words(debugger, door, argument)])
