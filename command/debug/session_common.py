"""What `thimble debug` has a debugger do, as far as gdb and lldb agree on it."""

import os
import signal

COMMANDS = {
    "live": "where, up, down, next, print",
    "past": "where, up, down, print",
}

# How a session with a process that asked for one begins. What comes from a test that has
# failed is looked at, not run: the code behind a failed assert is never reached.
REASONS = {
    "breakpoint": ("live", "at breakpoint()"),
    "trace": ("live", "at the test's first line"),
    "signal": ("live", "where it got the signal"),
    "failed": ("past", "where the test failed"),
    "exit": ("past", "where the test called exit"),
    "timeout": ("past", "where the test's time was up"),
}

NO_STEPS = (
    "the test has {what} here, and nothing behind this line runs: `continue` or `quit` goes on "
    "with the run"
)
NO_STEPS_WHAT = {"failed": "failed", "exit": "called exit", "timeout": "run out of time"}

# Sent by what the program does itself, or by the user: they stop it even where it has a
# handler for them.
FAULTS = ("SIGSEGV", "SIGBUS", "SIGILL", "SIGFPE", "SIGABRT", "SIGSYS", "SIGTRAP", "SIGINT")

# What these do by default is nothing, or to stop the process.
HARMLESS = ("SIGCHLD", "SIGCONT", "SIGURG", "SIGWINCH", "SIGSTOP", "SIGTSTP", "SIGTTIN", "SIGTTOU")

# At these no debugger stops by itself. A program without a handler dies of them.
TIMERS = ("SIGALRM", "SIGVTALRM", "SIGPROF", "SIGPOLL")

# A deep recursion's stack is as long as the space for it.
FRAMES_SHOWN = 32

SYSTEM_FOLDERS = ("/lib/", "/lib64/", "/lib32/", "/usr/lib/", "/usr/lib64/", "/usr/lib32/")
SYSTEM_HEADERS = ("/usr/include/", "/usr/lib/gcc/", "/usr/lib/llvm")

DOOR = "thimble_debug_door"
DOOR_MAGIC = 0x526F6F44
# In 64-bit words: magic, version, text_start, text_end.
DOOR_WORDS = 4


def runtime_text(words):
    """The addresses of the runtime's own code, by what stands in the door."""
    if not words or words[0] != DOOR_MAGIC or words[2] >= words[3]:
        return None
    return (words[2], words[3])


def is_runtime_library(path):
    return os.path.basename(path or "").startswith("libthimble.so")


def is_system_library(path):
    return (path or "").startswith(SYSTEM_FOLDERS) or (path or "").startswith("[")


def is_system_header(path):
    return (path or "").startswith(SYSTEM_HEADERS)


def choose_frame(frames):
    """The user's: the innermost whose line can be shown, or else one that has a line. Each of
    `frames`, from the innermost on, is (frame, library, file, line)."""
    second = None
    for frame, library, file, line in frames:
        if is_runtime_library(library) or not file or not line:
            continue
        if second is None:
            second = frame
        if not is_system_library(library) and not is_system_header(file):
            return frame
    return second


def signal_number(name):
    number = getattr(signal, name, None)
    return int(number) if number is not None else None


def signal_name(number):
    try:
        return signal.Signals(number).name if number < 32 else "SIG%d" % number
    except ValueError:
        return "SIG%d" % number


def is_end(name, survives, batch):
    """Whether the user wants to see where a program is that has stopped at this signal; None: the
    signal is its own business."""
    if name == "SIGTRAP":  # breakpoint() asks for nothing where nobody answers
        return not batch
    if name == "SIGINT":
        return not batch or not survives
    if not survives:
        return True
    return not batch if name in FAULTS else None


def signal_text(name):
    number = signal_number(name)
    text = signal.strsignal(number) if number else None
    return "%s (%s)" % (name, text) if text else name


class Process:
    """What the kernel says of a process."""

    def __init__(self, pid):
        self.pid = pid

    def name(self):
        try:
            return os.path.basename(os.readlink("/proc/%d/exe" % self.pid))
        except OSError:
            return "?"

    def runs(self):
        try:
            with open("/proc/%d/stat" % self.pid) as stat:
                return stat.read().rpartition(")")[2].split()[0] not in "ZXx"
        except OSError:
            return False

    def _set(self, word):
        try:
            with open("/proc/%d/status" % self.pid) as status:
                for line in status:
                    if line.startswith(word + ":"):
                        return int(line.split()[1], 16)
        except (OSError, ValueError):
            pass
        return 0

    def survives(self, name):
        """Whether a signal does not end it: it has a handler or ignores it."""
        number = signal_number(name)
        if name in HARMLESS or not number:
            return True
        return bool((self._set("SigCgt") | self._set("SigIgn")) >> (number - 1) & 1)

    def handled(self):
        """The numbers of the signals with a handler, or ignored."""
        bits = self._set("SigCgt") | self._set("SigIgn")
        return [number for number in range(1, 65) if bits >> (number - 1) & 1]


class Report:
    """Lines for `thimble debug`, which waits for the session's end."""

    def __init__(self, descriptor):
        self.descriptor = descriptor

        if descriptor is not None:  # not for a program that is started anew
            os.set_inheritable(descriptor, False)

    def say(self, line):
        if self.descriptor is None:
            return
        try:
            os.write(self.descriptor, (line.replace("\n", " ") + "\n").encode())
        except OSError:
            self.descriptor = None


def of_core(debugger, batch, died, program):
    if batch:
        return "thimble: %s %s" % (program, died)
    return "thimble: %s: %s on the core file of %s: %s" % (died, debugger, program, COMMANDS["past"])


def of_program(what, debugger, name, pid, kind):
    return "thimble: %s: %s on %s, process %d: %s; thimble help; quit ends it" % (
        what,
        debugger,
        name,
        pid,
        COMMANDS[kind],
    )


def of_signal(name, survives):
    """How it is said that a program has stopped at a signal, and which commands make sense."""
    if name == "SIGTRAP":
        return ("breakpoint()", "live")
    if name == "SIGINT":
        return ("stopped by Ctrl-C", "live")
    if survives:
        return ("%s, for which it has a handler (continue runs it)" % signal_text(name), "live")
    return ("died of " + signal_text(name), "past")


def greeting(debugger, pid, reason):
    where = REASONS[reason][1]
    return "thimble: %s on %s, process %d, %s: continue or quit goes on, thimble help tells more" % (
        debugger,
        Process(pid).name(),
        pid,
        where,
    )
