"""What `thimble debug` has gdb do: attach to a process that asked for it, run a program until it
dies, look at a core file; always at the user's frame."""

import itertools
import os

import gdb
from gdb.FrameDecorator import FrameDecorator

import session_common as common


def quiet(command):
    """What gdb prints at it is not worth a line. Where a process stops is printed past
    to_string."""
    gdb.flush()
    saved, nothing = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    try:
        return gdb.execute(command, False, True)
    finally:
        gdb.flush()
        os.dup2(saved, 1)
        os.close(saved)
        os.close(nothing)


def say(text):
    gdb.write(text + "\n")
    gdb.flush()


def setting(name):
    try:
        return gdb.parameter(name)
    except RuntimeError:  # an older gdb has no such setting
        return None


# ---- Frames ----


class Runtime:
    """Which code is the runtime's own: looked up anew when the process has become another."""

    def __init__(self):
        self.of = None
        self.text = None

    def range(self):
        of = (gdb.selected_inferior().pid, len(gdb.objfiles()))
        if of != self.of:
            self.of = of
            self.text = common.runtime_text(self.door())
        return self.text

    @staticmethod
    def door():
        try:
            place = int(gdb.parse_and_eval("(unsigned long) &%s" % common.DOOR))
            memory = gdb.selected_inferior().read_memory(place, 8 * common.DOOR_WORDS)
        except gdb.error:
            return None
        memory = bytes(memory)
        return [
            int.from_bytes(memory[i : i + 8], "little") for i in range(0, len(memory), 8)
        ]

    def owns(self, frame):
        text, pc = self.range(), frame.pc()
        if text:
            return text[0] <= pc < text[1]
        return common.is_runtime_library(gdb.solib_name(pc))


runtime = Runtime()


def library_of(frame):
    return gdb.solib_name(frame.pc())


def frames_from(frame):
    while frame is not None and frame.is_valid():
        yield frame
        try:
            frame = frame.older()
        except gdb.error:  # the stack is damaged there
            return


def described(frame):
    place = frame.find_sal()
    file = place.symtab.fullname() if place.symtab else None
    return (frame, library_of(frame), file, place.line)


def user_frame():
    frames = itertools.islice(frames_from(gdb.newest_frame()), 1000)
    return common.choose_frame(described(f) for f in frames if not runtime.owns(f))


def select_user_frame():
    frame = user_frame()
    if frame is not None:
        frame.select()
    return frame


class Unreadable(FrameDecorator):
    """Where the stack has run out, a function's arguments may lie behind its end."""

    def frame_args(self):
        arguments = super().frame_args()
        try:
            for argument in arguments or ():
                self.inferior_frame().read_var(argument.symbol()).fetch_lazy()
        except gdb.error:
            return None
        return arguments


class OwnFrames:
    """Hides the runtime's frames in backtraces, and what they have called. `bt -no-filters`
    shows all."""

    name = "thimble"
    priority = 100
    enabled = True

    @staticmethod
    def is_between(frame):
        """What may stand between the end of the stack and our own frames."""
        return frame.type() == gdb.SIGTRAMP_FRAME or common.is_system_library(library_of(frame))

    def filter(self, decorators):
        decorators = iter(decorators)
        held, own = [], 0
        for decorator in decorators:
            frame = decorator.inferior_frame()
            held.append(decorator)
            if runtime.owns(frame):
                own = len(held)
            elif not self.is_between(frame):
                break
        if 0 < own < len(held) and held[own].inferior_frame().type() == gdb.SIGTRAMP_FRAME:
            own += 1
        for decorator in held[own:]:
            yield Unreadable(decorator)
        yield from self.without_start(decorators)

    @staticmethod
    def without_start(decorators):
        """What the runner itself was called by is the system's start of a program."""
        pending, behind_ours = [], False
        for decorator in decorators:
            if runtime.owns(decorator.inferior_frame()):
                behind_ours = True
                yield from pending
                pending = []
            elif behind_ours:
                pending.append(decorator)
            else:
                yield decorator
        if any(is_users(decorator.inferior_frame()) for decorator in pending):
            yield from pending


def is_users(frame):
    system = common.is_system_library(library_of(frame)) or frame.name() in (None, "_start")
    return not system and not runtime.owns(frame)


class MayMove(gdb.Command):
    """Fails where `up` or `down` would only lead into frames that backtraces hide. Called by hooks
    only."""

    def __init__(self):
        super().__init__("thimble-may-move", gdb.COMMAND_OBSCURE)

    def invoke(self, argument, from_terminal):
        try:
            frame = gdb.selected_frame()
        except gdb.error:
            return
        if argument == "up":
            frame, refusal = frame.older(), "Initial frame selected; you can't go up."
        else:
            frame, refusal = frame.newer(), "Bottom (innermost) frame selected; you can't go down."
        if frame is None or not runtime.owns(frame):
            return
        further = frames_from(frame) if argument == "up" else frames_inside(frame)
        if not any(is_users(other) for other in further):
            raise gdb.GdbError(refusal)


def frames_inside(frame):
    while frame is not None:
        yield frame
        frame = frame.newer()


def hide_own_frames():
    gdb.frame_filters[OwnFrames.name] = OwnFrames()
    MayMove()
    for command in ("up", "down"):
        quiet("define hook-%s\nthimble-may-move %s\nend" % (command, command))
    # The user's code is what `step` goes into.
    quiet("skip -rfu ^_?thimble_")


# ---- Signals ----

passed = set()


def pass_handled_signals():
    """Those the process has handlers for are its own business, as SIGRTMAX-1 is the runner's."""
    pid = gdb.selected_inferior().pid
    if not pid:
        return
    for number in common.Process(pid).handled():
        name = common.signal_name(number)
        if name in common.FAULTS or name in passed or number in (32, 33):
            continue
        passed.add(name)
        quiet("handle %s nostop noprint pass" % name)


# ---- Sessions ----


class Session:
    """What is the same in all of them."""

    def __init__(self, report):
        self.report = common.Report(report)
        self.ended = False

    def prepare(self):
        """Returns the settings that were changed for a while."""
        if setting("debuginfod enabled") not in (True, False, "on", "off"):
            try:
                quiet("set debuginfod enabled off")
            except gdb.error:
                pass
        gdb.execute("set confirm off")  # to quit goes on with the run: there is nothing to ask
        hide_own_frames()
        saved = {"pagination": "on" if setting("pagination") else "off"}
        gdb.execute("set pagination off")
        gdb.events.exited.connect(self.on_exit)
        try:
            import thimble_gdb  # noqa: F401
        except ImportError:
            pass
        if hasattr(gdb.events, "before_prompt"):
            gdb.events.before_prompt.connect(self.before_prompt)
        return saved

    @staticmethod
    def restore(saved):
        for name, value in saved.items():
            gdb.execute("set %s %s" % (name, value))

    def on_exit(self, event):
        """Told of a process that is detached, too."""
        self.ended = not common.Process(event.inferior.pid).runs()

    def before_prompt(self):
        if self.ended and not gdb.selected_inferior().pid:
            gdb.execute("quit")
        pass_handled_signals()

    def attach(self, pid):
        try:
            quiet("attach %d" % pid)
        except gdb.error as error:
            self.report.say("failed " + str(error))
            gdb.execute("quit")
        self.report.say("session")

    def go_on(self):
        pass_handled_signals()
        quiet("continue")
        return bool(gdb.selected_inferior().pid)


class Attached(Session):
    """With a process that waits for its debugger."""

    def __init__(self, pid, reason, report):
        super().__init__(report)
        self.pid, self.reason = pid, reason
        self.past = False
        self.stop = None

    def run(self, thread, stop):
        saved = self.prepare()
        # What gdb says when it has let go would come among what the process prints then.
        quiet("define hook-quit\nset print inferior-events off\nend")
        gdb.events.stop.connect(self.on_stop)
        self.attach(self.pid)
        self.select_thread(thread)
        greeting = common.greeting("gdb", self.pid, self.reason)
        if stop:
            self.set_stop(stop)
        if common.REASONS[self.reason][0] == "past":
            self.refuse_steps()
        elif not self.go_on():
            return
        say(greeting)
        select_user_frame()
        gdb.execute("frame")
        if self.reason == "signal" and signal_of(self.stop):
            # The test's process dies of it now.
            quiet("handle %s nostop noprint pass" % signal_of(self.stop))
        self.restore(saved)

    def on_stop(self, event):
        self.stop = event

    @staticmethod
    def select_thread(number):
        for thread in gdb.selected_inferior().threads():
            if thread.ptid[1] == number:
                thread.switch()

    @staticmethod
    def set_stop(place):
        file, _, function = place.rpartition(":")
        try:
            where = {"function": function, **({"source": file} if file else {})}
            gdb.Breakpoint(temporary=True, internal=True, **where)
        except (gdb.error, RuntimeError) as error:
            say("thimble: no breakpoint at %s: %s" % (place, error))

    def refuse_steps(self):
        self.past = True
        gdb.events.cont.connect(self.on_continue)
        MayStep(self)
        for command in ("next", "step", "nexti", "stepi", "finish", "until", "advance"):
            quiet("define hook-%s\nthimble-may-step\nend" % command)

    def on_continue(self, event):
        self.past = False


class Program(Session):
    """That is run until it dies."""

    def __init__(self, pid, name, batch, report):
        super().__init__(report)
        self.pid, self.name, self.batch = pid, name, batch
        self.stop = self.shown = None
        self.told = False
        self.fatal = 0

    def run(self, arguments):
        saved = self.prepare()
        gdb.events.stop.connect(self.on_stop)
        gdb.events.cont.connect(self.on_continue)
        self.attach(self.pid)
        EndProgram(self)
        quiet("define hook-quit\nthimble-end-program\nend")
        quiet("set args " + arguments)
        quiet("handle %s stop print pass" % " ".join(common.TIMERS))
        while self.go_on():
            if self.is_end():
                self.tell()
                break
        self.restore(saved)
        self.told = True
        if self.batch and gdb.selected_inferior().pid:
            quiet("detach")

    def on_continue(self, event):
        """The user may have started it anew."""
        self.report.say("runs" if gdb.selected_inferior().pid == self.pid else "again")

    def on_exit(self, event):
        super().on_exit(event)
        if not self.ended:
            self.report.say("detached")
        if event.inferior.pid not in (0, self.pid) and hasattr(event, "exit_code"):
            self.report.say("status %d" % event.exit_code)

    def before_prompt(self):
        super().before_prompt()
        if self.told and self.stop is not self.shown and gdb.selected_inferior().pid:
            self.shown = self.stop
            self.show_again()

    def show_again(self):
        """gdb has said itself where it stopped, and why."""
        if signal_of(self.stop) not in (None, "SIGINT"):
            place = gdb.selected_frame()
            frame = select_user_frame()
            if frame is not None and frame != place:
                show_stack()

    def survives(self, name):
        return common.Process(gdb.selected_inferior().pid).survives(name)

    def is_end(self):
        """Whether the user wants to see where the program is now."""
        name = signal_of(self.stop) or "SIGTRAP"
        end = common.is_end(name, self.survives(name), self.batch)
        if end is None:
            quiet("handle %s nostop noprint pass" % name)
        return bool(end)

    def on_stop(self, event):
        self.stop = event
        name = signal_of(event)
        self.fatal = 0
        if name not in (None, "SIGTRAP", "SIGINT") and not self.survives(name):
            self.fatal = common.signal_number(name) or 0
            self.report.say("fatal %d" % self.fatal)

    def tell(self):
        name = signal_of(self.stop)
        what, kind = "stopped", "live"
        if name:
            what, kind = common.of_signal(name, self.survives(name))
        if self.batch:
            say("thimble: %s %s" % (self.name, what))
        else:
            say(common.of_program(what, "gdb", self.name, gdb.selected_inferior().pid, kind))
        select_user_frame()
        show_stack(self.batch)
        self.shown = self.stop


class EndProgram(gdb.Command):
    """What only was stopped ends with its debugger; what it died of still kills it. Called by a
    hook only."""

    def __init__(self, session):
        super().__init__("thimble-end-program", gdb.COMMAND_OBSCURE)
        self.session = session

    def invoke(self, argument, from_terminal):
        if gdb.selected_inferior().pid and not self.session.fatal:
            quiet("kill")


class Core(Session):
    def run(self, path, program, batch):
        saved = self.prepare()
        try:
            quiet("file " + quoted(program))
            try:
                quiet("core-file " + path)
            except gdb.error:  # a newer gdb reads words
                quiet("core-file " + quoted(path))
        except gdb.error as error:
            self.report.say("failed " + str(error))
            gdb.execute("quit")
        self.report.say("session")
        number = gdb.parse_and_eval("$_siginfo.si_signo") if has_signal() else None
        name = common.signal_name(int(number)) if number is not None else None
        died = "died of " + common.signal_text(name) if name else "was there"
        say(common.of_core("gdb", batch, died, program))
        select_user_frame()
        show_stack(batch)
        self.restore(saved)


def signal_of(event):
    """The name of the signal that it stopped at, or None. gdb has no event for a trap."""
    if isinstance(event, gdb.SignalEvent):
        return event.stop_signal
    return "SIGTRAP" if type(event) is gdb.StopEvent else None


def has_signal():
    try:
        return int(gdb.parse_and_eval("$_siginfo.si_signo")) > 0
    except gdb.error:
        return False


def quoted(path):
    return '"%s"' % path.replace("\\", "\\\\").replace('"', '\\"')


def show_stack(with_values=False):
    """Once, and then where the user is in it."""
    gdb.execute("backtrace %d" % common.FRAMES_SHOWN)
    gdb.execute("frame")
    if with_values:
        gdb.execute("info locals")


class MayStep(gdb.Command):
    """Fails while what the process is at is past. Called by hooks only."""

    def __init__(self, session):
        super().__init__("thimble-may-step", gdb.COMMAND_OBSCURE)
        self.session = session

    def invoke(self, argument, from_terminal):
        if self.session.past:
            what = common.NO_STEPS_WHAT[self.session.reason]
            raise gdb.GdbError(common.NO_STEPS.format(what=what))


def attach(pid, reason, thread=None, stop=None, report=None):
    Attached(pid, reason, report).run(thread, stop)


def program(pid, name, arguments, batch, report):
    Program(pid, name, batch, report).run(arguments)


def core(path, program, batch, report):
    Core(report).run(path, program, batch)
