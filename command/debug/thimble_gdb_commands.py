"""The commands `thimble …` in gdb; loaded by thimble_gdb.py."""

import contextlib
from typing import Iterator, List, Optional

import gdb

import thimble_common
import thimble_gdb_types
from thimble_common import Command, Failure, Value
from thimble_types import Shape

INTEGERS = (gdb.TYPE_CODE_INT, gdb.TYPE_CODE_CHAR, gdb.TYPE_CODE_BOOL, gdb.TYPE_CODE_ENUM)

# ---- What is changed for a moment ----


@contextlib.contextmanager
def setting(name: str, value: str) -> Iterator[None]:
    """Where gdb or its target has that setting."""
    try:
        before = gdb.parameter(name)
        gdb.execute(f"set {name} {value}", to_string=True)
    except (gdb.error, RuntimeError):
        yield
        return
    if before is None:
        before = "unlimited"
    elif isinstance(before, bool):
        before = "on" if before else "off"
    try:
        yield
    finally:
        gdb.execute(f"set {name} {before}", to_string=True)


@contextlib.contextmanager
def no_breakpoints() -> Iterator[None]:
    enabled = [breakpoint for breakpoint in gdb.breakpoints() or () if breakpoint.enabled]
    for breakpoint in enabled:
        breakpoint.enabled = False
    try:
        yield
    finally:
        for breakpoint in enabled:
            breakpoint.enabled = True


@contextlib.contextmanager
def faults_passed() -> Iterator[None]:
    """gdb stops nowhere for the faults that the process catches itself."""
    before = []
    for fault in thimble_common.FAULTS:
        words = gdb.execute(f"info signals {fault}", to_string=True).splitlines()[-1].split()
        before.append([fault, *words[1:4]])
    gdb.execute(f"handle {' '.join(thimble_common.FAULTS)} nostop noprint pass", to_string=True)
    try:
        yield
    finally:
        for fault, *answers in before:
            actions = zip(answers, ("stop", "print", "pass"))
            words = [word if answer == "Yes" else f"no{word}" for answer, word in actions]
            gdb.execute(f"handle {fault} {' '.join(words)}", to_string=True)


def level_of(frame: gdb.Frame) -> int:
    level = 0
    while frame.newer():
        frame = frame.newer()
        level += 1
    return level


def select_level(level: int) -> None:
    frame = gdb.newest_frame()
    while level and frame.older():
        frame = frame.older()
        level -= 1
    frame.select()


def set_stack_pointer(address: int) -> None:
    gdb.newest_frame().select()
    gdb.parse_and_eval(f"$sp = {address:#x}")


@contextlib.contextmanager
def stack_at(address: int) -> Iterator[None]:
    """A call takes its stack from the innermost frame. Frames are others with another stack
    pointer: gdb would look for the selected one through all of a deep stack, so it sees
    the innermost only, and the selected one is found again by its number."""
    level = level_of(gdb.selected_frame())
    gdb.newest_frame().select()
    before = int(gdb.parse_and_eval("$sp"))
    try:
        with setting("backtrace limit", "1"):
            set_stack_pointer(address)
            try:
                yield
            finally:
                if is_alive():
                    set_stack_pointer(before)
    finally:
        if is_alive():
            select_level(level)


def is_alive() -> bool:
    thread = gdb.selected_thread()
    return bool(thread and thread.is_valid())


def address_of(value: gdb.Value) -> Optional[int]:
    """None where it lies nowhere in memory. Of an array like that gdb would make a copy there,
    by calling malloc."""
    with setting("may-call-functions", "off"):
        try:
            place = value.address
        except gdb.error:
            return None
    if place is None or is_bit_field(value, place):
        return None
    return int(place)


def is_bit_field(value: gdb.Value, place: gdb.Value) -> bool:
    """gdb does not say; it matters where the bytes there are another number."""
    if value.type.strip_typedefs().code not in INTEGERS:
        return False
    try:
        return int(value) != int(place.dereference())
    except gdb.error:
        return False


# ---- The process ----


class Gdb(thimble_common.Debugger):
    def hindrance(self) -> str:
        inferior = gdb.selected_inferior()
        connection = getattr(inferior, "connection", None)
        if connection and connection.type == "core":
            return "this needs a running process, and this is a core file"
        thread = gdb.selected_thread()
        if not inferior.pid or not thread:
            return "this needs a running process: `run` it, or `attach` to it"
        if thread.is_running():
            return "the process runs: stop it with Ctrl-C or a breakpoint, and ask again"
        return ""

    def symbol(self, name: str) -> int:
        with setting("language", "c"):
            try:
                return int(gdb.parse_and_eval(f"(unsigned long)&{name}"))
            except gdb.error:
                return 0

    def read(self, address: int, size: int) -> bytes:
        try:
            return bytes(gdb.selected_inferior().read_memory(address, size))
        except gdb.error as error:
            raise Failure(str(error)) from None

    def write(self, address: int, data: bytes) -> None:
        gdb.selected_inferior().write_memory(address, data)

    def call(self, function: int, stack: int) -> int:
        with contextlib.ExitStack() as changes:
            changes.enter_context(setting("language", "c"))
            changes.enter_context(setting("scheduler-locking", "on"))
            changes.enter_context(setting("unwindonsignal", "on"))
            changes.enter_context(no_breakpoints())
            changes.enter_context(faults_passed())
            changes.enter_context(stack_at(stack))
            return int(gdb.parse_and_eval(f"((unsigned long (*)(void)) {function:#x})()"))

    def evaluate(self, expression: str) -> gdb.Value:
        value = gdb.parse_and_eval(expression)
        if value.is_optimized_out:
            raise Failure(f"{expression} is <optimized out>")
        if value.type.code == gdb.TYPE_CODE_ERROR:
            raise Failure(f"the type of {expression} is not known here: cast it to what it is")
        return value

    def pointer(self, expression: str) -> int:
        value = self.evaluate(expression)
        code = value.type.strip_typedefs().code
        if code in (gdb.TYPE_CODE_STRUCT, gdb.TYPE_CODE_UNION):
            raise Failure(f"{expression} is no pointer: try &({expression})")
        if code in (gdb.TYPE_CODE_ARRAY, gdb.TYPE_CODE_FUNC):
            address = address_of(value)
            if address is None:
                raise Failure(f"{expression} lies nowhere in memory")
            return address
        return int(value) & (1 << 64) - 1

    def function(self, expression: str) -> int:
        value = self.evaluate(expression)
        if value.type.strip_typedefs().code == gdb.TYPE_CODE_FUNC:
            return int(value.address)
        kind = value.type.strip_typedefs()
        if kind.code != gdb.TYPE_CODE_PTR:
            raise Failure(f"{expression} is no function and points to none")
        return int(value)

    def value(self, expression: str) -> Value:
        value = self.evaluate(expression)
        if value.type.strip_typedefs().code == gdb.TYPE_CODE_VOID:
            raise Failure(f"{expression} has no value: its type is void")
        if value.type.strip_typedefs().code == gdb.TYPE_CODE_FUNC:
            value = value.address
        return Value(value, value.type, value.type.sizeof, address_of(value))

    def store(self, value: Value, address: int) -> None:
        """Assigned by gdb itself, whatever it is."""
        place = gdb.Value(address).cast(value.type.pointer())
        gdb.set_convenience_variable("_thimble_place", place)
        gdb.set_convenience_variable("_thimble_value", value.native)
        gdb.parse_and_eval("*$_thimble_place = $_thimble_value")

    def describe(self, native: gdb.Type) -> Shape:
        return thimble_gdb_types.describe(native)


# ---- Commands ----


def show(text: str) -> None:
    """Also where the terminal has no characters but ASCII's."""
    try:
        gdb.write(text + "\n")
    except UnicodeEncodeError:
        gdb.write(text.encode("ascii", "replace").decode() + "\n")


class Prefix(gdb.Command):
    def __init__(self) -> None:
        self.__doc__ = f"{thimble_common.SUMMARY}\n\n{thimble_common.DETAILS}"
        super().__init__("thimble", gdb.COMMAND_DATA, prefix=True)

    def invoke(self, argument: str, from_tty: bool) -> None:
        if argument and argument.split()[0] != "help":
            raise gdb.GdbError(f"there is no `thimble {argument}`: see `help thimble`")
        gdb.execute(f"help thimble {argument[len('help') :]}")


COMPLETERS = {
    "mocks": gdb.COMPLETE_NONE,
    "calls": gdb.COMPLETE_SYMBOL,
    "seams": gdb.COMPLETE_SYMBOL,
    "patch": gdb.COMPLETE_SYMBOL,
    "where": gdb.COMPLETE_EXPRESSION,
    "snapshot": gdb.COMPLETE_FILENAME,
    "repr": gdb.COMPLETE_EXPRESSION,
    "test": gdb.COMPLETE_NONE,
}


class Subcommand(gdb.Command):
    def __init__(self, command: Command) -> None:
        self.command = command
        self.__doc__ = f"{command.summary}\n{command.manual()}"
        completer = {"completer_class": COMPLETERS[command.name]} if command.name in COMPLETERS else {}
        super().__init__(f"thimble {command.name}", gdb.COMMAND_DATA, **completer)

    def invoke(self, argument: str, from_tty: bool) -> None:
        try:
            show(thimble_common.run(Gdb(), self.command, argument))
        except (Failure, gdb.error) as failure:
            raise gdb.GdbError(str(failure)) from None


class OfTypes(Subcommand):
    """Completes types."""

    def complete(self, text: str, word: str) -> List[str]:
        behind = len("whatis ") + len(text) - len(word)
        found = gdb.execute(f"complete whatis {text}", to_string=True)
        return [line[behind:] for line in found.splitlines()]


Prefix()
for each in thimble_common.COMMANDS:
    Subcommand(each) if each.name in COMPLETERS else OfTypes(each)
