"""What `thimble debug` has lldb do: attach to a process that asked for it, run a program until it
dies, look at a core file; always at the user's frame."""

import os
import sys
import threading
import time

import lldb

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import session_common as common  # noqa: E402


def say(text):
    print(text, flush=True)


def quiet(text):
    result = lldb.SBCommandReturnObject()
    lldb.debugger.GetCommandInterpreter().HandleCommand(text, result)
    return result


def show(text, frame):
    """What lldb prints at a command in that frame."""
    result = lldb.SBCommandReturnObject()
    interpreter = lldb.debugger.GetCommandInterpreter()
    interpreter.HandleCommand(text, lldb.SBExecutionContext(frame), result)
    say((result.GetOutput() or "").rstrip("\n"))


def wait_for_stops():
    """A prompt comes when the process has stopped, as it may read from the terminal itself. lldb
    sets this anew behind the commands that it was started with."""

    debugger = lldb.debugger  # it is None between commands

    def change():
        for _ in range(500):
            if debugger.GetAsync():
                debugger.SetAsync(False)
                return
            time.sleep(0.01)

    threading.Thread(target=change, daemon=True).start()


# ---- Frames ----


class Runtime:
    """Which code is the runtime's own."""

    def __init__(self, target):
        self.target = target
        self.text = common.runtime_text(self.door())

    def door(self):
        for symbol in self.target.FindSymbols(common.DOOR):
            place = symbol.symbol.GetStartAddress().GetLoadAddress(self.target)
            error = lldb.SBError()
            memory = self.target.process.ReadMemory(place, 8 * common.DOOR_WORDS, error)
            if error.Success() and memory:
                return [
                    int.from_bytes(memory[i : i + 8], "little") for i in range(0, len(memory), 8)
                ]
        return None

    def owns(self, frame):
        if self.text and self.text[0] <= frame.GetPC() < self.text[1]:
            return True
        return not self.text and common.is_runtime_library(library_of(frame))


def library_of(frame):
    return frame.GetModule().GetFileSpec().fullpath


def described(frame):
    place = frame.GetLineEntry()
    file = place.GetFileSpec()
    return (frame, library_of(frame), file.fullpath if file.IsValid() else None, place.GetLine())


def user_frame(thread):
    runtime = Runtime(thread.process.target)
    frames = (thread.GetFrameAtIndex(i) for i in range(1000))
    valid = (frame for frame in frames if frame.IsValid())
    return common.choose_frame(described(frame) for frame in valid if not runtime.owns(frame))


def select_user_frame(thread):
    frame = user_frame(thread)
    if frame is not None:
        thread.SetSelectedFrame(frame.GetFrameID())


# ---- Signals ----


def pass_signal(process, number):
    signals = process.GetUnixSignals()
    signals.SetShouldStop(number, False)
    signals.SetShouldNotify(number, False)
    signals.SetShouldSuppress(number, False)


def pass_handled_signals(process):
    """Those the process has handlers for are its own business, as SIGRTMAX-1 is the runner's."""
    faults = [common.signal_number(name) for name in common.FAULTS]
    for number in common.Process(process.GetProcessID()).handled():
        if number not in faults:
            pass_signal(process, number)
    pass_signal(process, common.signal_number("SIGCHLD"))


# ---- Sessions ----


def set_up():
    quiet("settings set auto-confirm true")  # to quit goes on with the run
    name = lldb.debugger.GetInstanceName()
    values = lldb.SBDebugger.GetInternalVariableValue("target.process.thread.step-avoid-regexp", name)
    avoided = [values.GetStringAtIndex(i) for i in range(values.GetSize())]
    avoided = [each for each in avoided if each] + ["^_?thimble_"]
    quiet("settings set target.process.thread.step-avoid-regexp " + "|".join(avoided))
    quiet("settings append target.process.thread.step-avoid-libraries libthimble.so")
    # A newer lldb has no frames that it is told to hide but these.
    quiet("settings set target.process.follow-fork-mode parent")


class Session:
    def __init__(self, pid, reason, report):
        self.pid, self.reason = pid, reason
        self.report = common.Report(report)
        self.process = None
        self.past = None

    def attach(self):
        error = lldb.SBError()
        target = lldb.debugger.CreateTarget("")
        lldb.debugger.SetSelectedTarget(target)
        self.process = target.AttachToProcessWithID(lldb.debugger.GetListener(), self.pid, error)
        if error.Fail():
            self.report.say("failed " + error.GetCString())
            quiet("quit")
            return False
        self.report.say("session")
        return True

    def thread(self, number):
        thread = self.process.GetThreadByID(number) if number else None
        return thread if thread and thread.IsValid() else self.process.GetSelectedThread()

    def go_on(self):
        pass_handled_signals(self.process)
        self.process.Continue()
        return self.process.GetState() == lldb.eStateStopped

    def set_stop(self, place):
        file, _, function = place.rpartition(":")
        breakpoint = self.process.target.BreakpointCreateByName(function)
        breakpoint.SetOneShot(True)

    def run(self, thread, stop):
        set_up()
        if not self.attach():
            return
        if stop:
            self.set_stop(stop)
        if common.REASONS[self.reason][0] == "past":
            self.refuse_steps()
            stopped = self.thread(thread)
        elif self.go_on():
            stopped = self.process.GetSelectedThread()
        else:
            return
        self.process.SetSelectedThread(stopped)
        say(common.greeting("lldb", self.pid, self.reason))
        select_user_frame(stopped)
        show("frame select", stopped.GetSelectedFrame())
        wait_for_stops()

    def refuse_steps(self):
        self.past = self.process.GetStopID()
        for name in STEPS:
            quiet("command unalias " + name)
            quiet("command script add -f session_lldb.step_%s %s" % (name, name))


# ---- What makes no sense where the test has failed ----

STEPS = {
    "next": "thread step-over",
    "n": "thread step-over",
    "step": "thread step-in",
    "s": "thread step-in",
    "nexti": "thread step-inst-over",
    "ni": "thread step-inst-over",
    "stepi": "thread step-inst",
    "si": "thread step-inst",
    "finish": "thread step-out",
}


def add_step(name, real):
    def step(debugger, arguments, result, _):
        process = debugger.GetSelectedTarget().GetProcess()
        if process.GetStopID() == current.past:
            what = common.NO_STEPS_WHAT[current.reason]
            result.SetError(common.NO_STEPS.format(what=what))
        else:
            debugger.HandleCommand("%s %s" % (real, arguments))

    globals()["step_" + name] = step


for each in STEPS.items():
    add_step(*each)

current = None


def attach(pid, reason, thread=None, stop=None, report=None):
    global current
    current = Session(pid, reason, report)
    current.run(thread, stop)
