"""The commands `thimble …` in lldb: `command script import` this file."""

import contextlib
import os
import re
import sys
from typing import Any, Iterator, List, Optional, Tuple

import lldb

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import thimble_common  # noqa: E402
import thimble_lldb_types  # noqa: E402
from thimble_common import Command, Failure, Value  # noqa: E402
from thimble_types import Shape  # noqa: E402

CALL_SECONDS = 30

# ---- The process ----


def checked(error: lldb.SBError) -> None:
    if error.Fail():
        raise Failure(said(error))


def said(error: lldb.SBError) -> str:
    """One line of what is wrong, without where in the expression."""
    text = error.GetCString() or "it cannot be evaluated"
    found = re.search(r"<user expression \d+>:\d+:\d+: (.*)", text)
    return found[1] if found else text.replace("error: ", "").strip().splitlines()[0]


class Lldb(thimble_common.Debugger):
    def __init__(self, context: lldb.SBExecutionContext):
        self.target, self.process = context.GetTarget(), context.GetProcess()
        self.thread, self.frame = context.GetThread(), context.GetFrame()

    def hindrance(self) -> str:
        state = self.process.GetState() if self.process.IsValid() else lldb.eStateInvalid
        if self.process.IsValid() and re.search("core|minidump", self.process.GetPluginName()):
            return "this needs a running process, and this is a core file"
        if state == lldb.eStateRunning:
            return "the process runs: stop it (`process interrupt`), and ask again"
        if state not in (lldb.eStateStopped, lldb.eStateCrashed) or not self.thread.IsValid():
            return "this needs a running process: `run` it, or `process attach` to it"
        return ""

    def symbol(self, name: str) -> int:
        for found in self.target.FindSymbols(name):
            address = found.GetSymbol().GetStartAddress().GetLoadAddress(self.target)
            if address != lldb.LLDB_INVALID_ADDRESS:
                return address
        return 0

    def read(self, address: int, size: int) -> bytes:
        error = lldb.SBError()
        data = self.process.ReadMemory(address, size, error)
        checked(error)
        return data

    def write(self, address: int, data: bytes) -> None:
        error = lldb.SBError()
        self.process.WriteMemory(address, data, error)
        checked(error)

    @contextlib.contextmanager
    def stack_at(self, address: int) -> Iterator[None]:
        """A call takes its stack from the innermost frame. Frames are others with another stack
        pointer, so the selected one is found again by its number."""
        level = self.frame.GetFrameID()
        before = self.thread.GetFrameAtIndex(0).FindRegister("sp").GetValueAsUnsigned()
        self.set_stack_pointer(address)
        try:
            yield
        finally:
            if self.process.GetState() == lldb.eStateStopped:
                self.set_stack_pointer(before)
                self.look_at_frames_again()
                self.thread.SetSelectedFrame(level)
                self.process.SetSelectedThread(self.thread)
                self.frame = self.thread.GetFrameAtIndex(level)

    @contextlib.contextmanager
    def faults_passed(self) -> Iterator[None]:
        """lldb stops nowhere for the faults that the process catches itself."""
        signals = self.process.GetUnixSignals()
        numbers = [signals.GetSignalNumberFromName(name) for name in thimble_common.FAULTS]
        before = [
            (signals.GetShouldStop(at), signals.GetShouldNotify(at), signals.GetShouldSuppress(at))
            for at in numbers
        ]
        self.set_signals(numbers, [(False, False, False)] * len(numbers))
        try:
            yield
        finally:
            self.set_signals(numbers, before)

    def set_signals(self, numbers: List[int], ways: List[Tuple[bool, bool, bool]]) -> None:
        signals = self.process.GetUnixSignals()
        for number, (stop, notify, suppress) in zip(numbers, ways):
            signals.SetShouldStop(number, stop)
            signals.SetShouldNotify(number, notify)
            signals.SetShouldSuppress(number, suppress)

    def set_stack_pointer(self, address: int) -> None:
        error = lldb.SBError()
        register = self.thread.GetFrameAtIndex(0).FindRegister("sp")
        if not register.SetValueFromCString(hex(address), error):
            raise Failure(f"the stack pointer cannot be set: {error.GetCString()}")

    def look_at_frames_again(self) -> None:
        """lldb keeps what it found with the other stack pointer until the program counter is
        set."""
        frame = self.thread.GetFrameAtIndex(0)
        frame.SetPC(frame.GetPC())

    def call(self, function: int, stack: int) -> int:
        options = lldb.SBExpressionOptions()
        options.SetIgnoreBreakpoints(True)
        options.SetUnwindOnError(True)
        options.SetTryAllThreads(False)
        options.SetStopOthers(True)
        options.SetTimeoutInMicroSeconds(CALL_SECONDS * 1000000)
        options.SetSuppressPersistentResult(True)
        with self.faults_passed(), self.stack_at(stack):
            frame = self.thread.GetFrameAtIndex(0)
            value = frame.EvaluateExpression(
                f"((unsigned long (*)(void)) {function:#x})()", options
            )
            checked(value.GetError())
            return value.GetValueAsUnsigned()

    def evaluate(self, expression: str) -> lldb.SBValue:
        options = lldb.SBExpressionOptions()
        options.SetFetchDynamicValue(lldb.eNoDynamicValues)
        options.SetUnwindOnError(True)
        options.SetIgnoreBreakpoints(True)
        options.SetSuppressPersistentResult(True)
        value = self.frame.GetValueForVariablePath(expression, lldb.eNoDynamicValues)
        if not value.IsValid() or not value.GetType().IsValid():
            value = self.frame.EvaluateExpression(expression, options)
        error = value.GetError()
        if error.Fail() and re.search("optimized out|not available|DW_OP", error.GetCString()):
            raise Failure(f"{expression} is <optimized out>")
        checked(error)
        return value

    def pointer(self, expression: str) -> int:
        value = self.evaluate(expression)
        kind = value.GetType().GetCanonicalType().GetTypeClass()
        if kind in (lldb.eTypeClassStruct, lldb.eTypeClassUnion):
            raise Failure(f"{expression} is no pointer: try &({expression})")
        if kind == lldb.eTypeClassArray:
            address = self.address_of(value)
            if address is None:
                raise Failure(f"{expression} lies nowhere in memory")
            return address
        return value.GetValueAsUnsigned()

    def function(self, expression: str) -> int:
        """lldb's expressions know no functions without debug information."""
        try:
            value = self.evaluate(expression)
        except Failure:
            address = self.symbol(expression)
            if not address:
                raise
            return address
        if not value.GetType().GetCanonicalType().IsPointerType():
            raise Failure(f"{expression} is no function and points to none")
        return value.GetValueAsUnsigned()

    def address_of(self, value: lldb.SBValue) -> Optional[int]:
        place = value.AddressOf()
        if not place.IsValid() or place.GetError().Fail():
            return None
        address = place.GetValueAsUnsigned()
        return None if self.is_lldbs_own(address) else address

    def is_lldbs_own(self, address: int) -> bool:
        """Whether it lies where lldb puts what has no place in the process."""
        error, region = lldb.SBError(), lldb.SBMemoryRegionInfo()
        permissions = lldb.ePermissionsReadable | lldb.ePermissionsWritable
        own = self.process.AllocateMemory(8, permissions, error)
        if error.Fail():
            return False
        self.process.GetMemoryRegionInfo(own, region)
        self.process.DeallocateMemory(own)
        return region.GetRegionBase() <= address < region.GetRegionEnd()

    def value(self, expression: str) -> Value:
        value = self.evaluate(expression)
        native = value.GetType()
        if native.GetCanonicalType().GetBasicType() == lldb.eBasicTypeVoid:
            raise Failure(f"{expression} has no value: its type is void")
        return Value(value, native, native.GetByteSize(), self.address_of(value))

    def store(self, value: Value, address: int) -> None:
        error = lldb.SBError()
        data = value.native.GetData().ReadRawData(error, 0, value.size)
        checked(error)
        self.write(address, data)

    def describe(self, native: lldb.SBType) -> Shape:
        return thimble_lldb_types.describe(native)


# ---- Commands ----


class Subcommand:
    command: Command

    def __init__(self, debugger: lldb.SBDebugger, internal: Any) -> None:
        pass

    def __call__(
        self,
        debugger: lldb.SBDebugger,
        argument: str,
        context: lldb.SBExecutionContext,
        result: lldb.SBCommandReturnObject,
    ) -> None:
        try:
            result.AppendMessage(thimble_common.run(Lldb(context), self.command, argument))
        except Failure as failure:
            result.SetError(str(failure))

    def get_short_help(self) -> str:
        return self.command.summary

    def get_long_help(self) -> str:
        return self.command.manual()


class ThimbleHelp:
    def __init__(self, debugger: lldb.SBDebugger, internal: Any) -> None:
        pass

    def __call__(
        self,
        debugger: lldb.SBDebugger,
        argument: str,
        context: lldb.SBExecutionContext,
        result: lldb.SBCommandReturnObject,
    ) -> None:
        debugger.GetCommandInterpreter().HandleCommand(f"help thimble {argument}", result)

    def get_short_help(self) -> str:
        return "What these commands do."


def class_name(command: Command) -> str:
    return f"Thimble{command.name.capitalize()}"


# lldb finds the commands' classes by their names.
for each in thimble_common.COMMANDS:
    globals()[class_name(each)] = type(class_name(each), (Subcommand,), {"command": each})


def __lldb_init_module(debugger: lldb.SBDebugger, internal: Any) -> None:
    debugger.HandleCommand(
        f'command container add -o -h "{thimble_common.SUMMARY}" -H "thimble <command>" thimble'
    )
    classes = {command.name: class_name(command) for command in thimble_common.COMMANDS}
    for name, python in {**classes, "help": "ThimbleHelp"}.items():
        debugger.HandleCommand(f"command script add -o -c {__name__}.{python} thimble {name}")
