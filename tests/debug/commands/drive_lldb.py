import os
import sys

import lldb

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import drive  # noqa: E402


class Driver:
    def __init__(self, debugger):
        self.debugger = debugger

    def execute(self, line):
        result = lldb.SBCommandReturnObject()
        self.debugger.GetCommandInterpreter().HandleCommand(line, result)
        return (result.GetOutput() if result.Succeeded() else result.GetError() or "error:").strip()

    def thread(self):
        return self.debugger.GetSelectedTarget().GetProcess().GetSelectedThread()

    def open(self, argument):
        program, _, self.arguments = argument.partition(" ")
        self.execute("target delete --all")
        self.execute(f"target create {program}")

    def run(self, argument):
        start = lldb.SBLaunchInfo(self.arguments.split())
        start.SetEnvironmentEntries([f"{name}={value}" for name, value in os.environ.items()], False)
        for descriptor in (1, 2):
            start.AddOpenFileAction(descriptor, "/dev/null", False, True)
        self.debugger.GetSelectedTarget().Launch(start, lldb.SBError())

    def end(self, argument):
        self.execute("process kill")

    def frame(self, argument):
        frame = self.thread().GetSelectedFrame()
        return f"{frame.GetFunctionName()} {frame.GetLineEntry().GetLine()}"

    def registers(self, argument):
        frame = self.thread().GetFrameAtIndex(0)
        values = [frame.GetSP(), frame.GetPC()]
        return f"{values} {self.thread().GetIndexID()} {frame.GetFunctionName()}"

    def core(self, file):
        self.execute(f"process save-core {file}")
        self.end("")
        self.execute("target delete --all")
        self.execute(f"target create --core {file}")


def __lldb_init_module(debugger, internal):
    debugger.SetAsync(False)
    drive.drive(Driver(debugger))
