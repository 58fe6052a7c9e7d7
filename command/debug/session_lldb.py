"""What `thimble debug` has lldb do: attach to a process that asked for it, run a program until it
dies, look at a core file; always at the user's frame."""

import linecache
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
    output = (result.GetOutput() or "").rstrip("\n")
    say(output if output or not was_interrupted() else place_of(frame))


def was_interrupted():
    """By Ctrl-C: then lldb throws away what its commands print."""
    return lldb.debugger.GetCommandInterpreter().WasInterrupted()


def place_of(frame):
    line = frame.GetLineEntry()
    text = linecache.getline(line.GetFileSpec().fullpath or "", line.GetLine())
    return "%s%s" % (frame, text and "\n-> %d\t%s" % (line.GetLine(), text.rstrip("\n")))


def wait_for_stops():
    """A prompt comes when the process has stopped, as it may read from the terminal itself. lldb
    sets this anew behind the commands that it was started with."""

    add_steps()
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
    quiet("settings set target.process.stop-on-exec false")
    quiet("command alias where thread backtrace")
    quiet('command script import "%s/thimble_lldb.py"' % os.path.dirname(os.path.abspath(__file__)))


class Session:
    def __init__(self, report):
        self.report = common.Report(report)
        self.process = None

    def attach(self, pid):
        set_up()
        error = lldb.SBError()
        target = lldb.debugger.CreateTarget("")
        lldb.debugger.SetSelectedTarget(target)
        self.process = target.AttachToProcessWithID(lldb.debugger.GetListener(), pid, error)
        if error.Fail():
            self.report.say("failed " + (error.GetCString() or "no process"))
            leave()
        self.report.say("session")

    def go_on(self):
        """Whether there is still a process."""
        pass_handled_signals(self.process)
        self.process.Continue()
        return self.process.GetState() == lldb.eStateStopped


def leave():
    """lldb does not end from within a command."""
    sys.stdout.flush()
    os._exit(0)


def stop_signal(thread):
    """The number of the signal that it has stopped at, or 0."""
    if thread.GetStopReason() != lldb.eStopReasonSignal:
        return 0
    return thread.GetStopReasonDataAtIndex(0)


class Attached(Session):
    """With a process that waits for its debugger."""

    def __init__(self, pid, reason, report):
        super().__init__(report)
        self.pid, self.reason = pid, reason

    def thread(self, number):
        thread = self.process.GetThreadByID(number) if number else None
        return thread if thread and thread.IsValid() else self.process.GetSelectedThread()

    def set_stop(self, place):
        function = place.rpartition(":")[2]
        breakpoint = self.process.target.BreakpointCreateByName(function)
        breakpoint.SetOneShot(True)

    def run(self, thread, stop):
        global past
        self.attach(self.pid)
        if stop:
            self.set_stop(stop)
        if common.REASONS[self.reason][0] == "past":
            past = self.process.GetStopID()
            stopped = self.thread(thread)
        elif self.go_on():
            stopped = self.process.GetSelectedThread()
        else:
            leave()
        self.process.SetSelectedThread(stopped)
        say(common.greeting("lldb", self.pid, self.reason))
        select_user_frame(stopped)
        show("frame select", stopped.GetSelectedFrame())
        if self.reason == "signal" and stop_signal(stopped):
            pass_signal(self.process, stop_signal(stopped))  # the test's process dies of it now
        wait_for_stops()


class Program(Session):
    """That is run until it dies."""

    def __init__(self, pid, name, batch, report):
        super().__init__(report)
        self.pid, self.name, self.batch = pid, name, batch

    def run(self, arguments):
        self.attach(self.pid)
        quiet("settings set target.process.stop-on-exec true")
        while self.go_on():
            thread = self.process.GetSelectedThread()
            if thread.GetStopReason() == lldb.eStopReasonExec:
                self.begin()
                continue
            if self.is_end(thread):
                self.tell(thread)
                break
        else:
            leave()
        quiet("settings set target.run-args " + arguments)
        if self.batch:
            self.process.Detach()
            leave()
        quiet("target stop-hook add -P session_lldb.Stops")
        wait_for_stops()

    def begin(self):
        """The program has come to the place of what has waited for us; lldb forgets at that what
        it was told of signals."""
        quiet("settings set target.process.stop-on-exec false")
        for name in common.TIMERS:
            self.process.GetUnixSignals().SetShouldStop(common.signal_number(name), True)

    def survives(self, name):
        return common.Process(self.process.GetProcessID()).survives(name)

    def is_end(self, thread):
        """Whether the user wants to see where the program is now."""
        number = stop_signal(thread)
        reason = thread.GetStopReason()
        if not number:
            return not self.batch and reason not in (lldb.eStopReasonNone, lldb.eStopReasonExec)
        name = common.signal_name(number)
        end = common.is_end(name, self.survives(name), self.batch)
        if end is None:
            pass_signal(self.process, number)
        return bool(end)

    def tell_death(self, thread):
        """Its signal's name, or None where it stopped for something else."""
        number = stop_signal(thread)
        if not number:
            self.report.say("runs")
            return None
        name = common.signal_name(number)
        deadly = name not in ("SIGTRAP", "SIGINT") and not self.survives(name)
        self.report.say("fatal %d" % number if deadly else "runs")
        return name

    def tell(self, thread):
        name = self.tell_death(thread)
        what, kind = "stopped", "live"
        if name:
            what, kind = common.of_signal(name, self.survives(name))
        if self.batch:
            say("thimble: %s %s" % (self.name, what))
        else:
            say(common.of_program(what, "lldb", self.name, self.pid, kind))
        select_user_frame(thread)
        show_stack(thread, self.batch)


class Stops:
    """When the user has let the program go on."""

    def __init__(self, target, arguments, _):
        pass

    def handle_stop(self, context, stream):
        thread = context.GetThread()
        place = thread.GetSelectedFrame().GetFrameID()
        if current.tell_death(thread) not in (None, "SIGINT"):
            select_user_frame(thread)
            if thread.GetSelectedFrame().GetFrameID() != place:
                show("thread backtrace -c %d" % common.FRAMES_SHOWN, thread.GetSelectedFrame())
        return True


class Core(Session):
    def run(self, path, program, batch):
        set_up()
        error = lldb.SBError()
        target = lldb.debugger.CreateTarget(program)
        lldb.debugger.SetSelectedTarget(target)
        self.process = target.LoadCore(path, error)
        if error.Fail() or not self.process.IsValid():
            self.report.say("failed " + (error.GetCString() or "not loaded"))
            leave()
        self.report.say("session")
        thread = self.process.GetSelectedThread()
        number = stop_signal(thread)
        died = "died of " + common.signal_text(common.signal_name(number)) if number else "was there"
        say(common.of_core("lldb", batch, died, program))
        select_user_frame(thread)
        show_stack(thread, batch)


def show_stack(thread, with_values=False):
    """Once, and then where the user is in it."""
    frame = thread.GetSelectedFrame()
    if was_interrupted():
        say("\n".join(str(each) for each in list(thread)[: common.FRAMES_SHOWN]))
    else:
        show("thread backtrace -c %d" % common.FRAMES_SHOWN, frame)
    show("frame select", frame)
    if with_values:
        show("frame variable", frame)


# ---- What lets the process go on ----

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
    "continue": "process continue",
    "c": "process continue",
}

# The number of the stop that nothing is stepped from: there the test has failed.
past = None


def add_step(name, real):
    def step(debugger, arguments, result, _):
        process = debugger.GetSelectedTarget().GetProcess()
        if process.IsValid() and process.GetStopID() == past and real != "process continue":
            what = common.NO_STEPS_WHAT[current.reason]
            result.SetError(common.NO_STEPS.format(what=what))
            return
        debugger.HandleCommand("%s %s" % (real, arguments))
        if process.IsValid() and process.GetState() == lldb.eStateExited:
            leave()

    globals()["step_" + name] = step


for each in STEPS.items():
    add_step(*each)


def add_steps():
    """With the process's end the session is over."""
    for name in STEPS:
        quiet("command unalias " + name)
        quiet("command script add -f session_lldb.step_%s %s" % (name, name))


current = None


def attach(pid, reason, thread=None, stop=None, report=None):
    global current
    current = Attached(pid, reason, report)
    current.run(thread, stop)


def program(pid, name, arguments, batch, report):
    global current
    current = Program(pid, name, batch, report)
    current.run(arguments)


def core(path, program, batch, report):
    Core(report).run(path, program, batch)
