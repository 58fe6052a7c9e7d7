"""A debugger on a terminal, driven by what people type: gdb and lldb alike."""

import re

import pexpect

SECONDS = 30  # for one answer


class Debugger:
    """One session after the other on the terminal of one command."""

    prompt = ""
    frame_line = re.compile("")
    finish = "finish"

    def __init__(self, command, folder, env):
        self.child = pexpect.spawn(
            command[0], command[1:], cwd=str(folder), env=env, encoding="utf-8",
            codec_errors="replace", timeout=SECONDS, dimensions=(200, 200), echo=False,
        )
        self.log = ""

    def opened(self):
        """Waits for a prompt. What was printed in front of it, or None at the end."""
        found = self.child.expect_exact([self.prompt, pexpect.EOF, pexpect.TIMEOUT])
        text = clean(self.child.before if isinstance(self.child.before, str) else "")
        self.log += text + (self.prompt if found == 0 else "")
        if found == 2:
            raise AssertionError(f"nothing more within {SECONDS} s:\n{self.log}")
        return None if found == 1 else text

    def ask(self, line):
        """What the debugger answers to a command."""
        self.child.sendline(line)
        answer = self.opened()
        assert answer is not None, f"{line}: the session ended:\n{self.log}"
        return re.sub(r"\A" + re.escape(line) + r"\s*\n", "", answer.lstrip("\n"))

    def leave(self, line):
        """Types what ends the session. What comes up to the next one's prompt, or None. A debugger
        whose process has ended may still show a prompt before it is ended itself."""
        self.child.sendline(line)
        text = self.opened()
        return self.opened() if text and "exited" in text else text

    def place(self):
        """Function and line of the selected frame."""
        answer = self.ask("frame select" if self.prompt == "(lldb) " else "frame")
        found = self.frame_line.search(answer)
        assert found, f"no frame in:\n{answer}"
        return found["function"], int(found["line"])

    def where(self):
        """Function and line of each frame that has a line, the innermost first."""
        answer = self.ask(self.backtrace)
        return [(at["function"], int(at["line"])) for at in self.frame_line.finditer(answer)]

    def status(self):
        """The exit status of the command, once its terminal is closed."""
        self.child.close()
        if self.child.exitstatus is None:
            return -self.child.signalstatus
        return self.child.exitstatus


class Gdb(Debugger):
    prompt = "(gdb) "
    backtrace = "where"
    frame_line = re.compile(
        r"^#\d+ +(?:0x[0-9a-f]+ in )?(?P<function>\w+) \(.*?\)\s+at \S*?(?P<file>[\w.]+):(?P<line>\d+)",
        re.M | re.S,
    )

    def value(self, expression):
        answer = self.ask(f"print {expression}")
        found = re.search(r"^\$\d+ = (.*)", answer, re.M)
        return found[1].strip() if found else answer.strip()


class Lldb(Debugger):
    prompt = "(lldb) "
    backtrace = "thread backtrace"
    frame_line = re.compile(
        r"frame #\d+: 0x[0-9a-f]+ [^`\n]*`(?:.* \[inlined\] )?(?P<function>\w+)\b.* at (?P<file>[\w.]+):(?P<line>\d+)"
    )

    def value(self, expression):
        answer = self.ask(f"print {expression}")
        found = re.search(r"^\(.*?\) \$\d+ = (.*)", answer, re.M)
        found = found or re.search(r"^\([^)]*\) (.*)", answer, re.M)
        return found[1].strip() if found else answer.strip()


DEBUGGERS = {"gdb": Gdb, "lldb": Lldb}


def clean(text):
    return re.sub(r"\x1b(\[[0-9;?]*[A-Za-z]|[=>])|\r", "", text)
