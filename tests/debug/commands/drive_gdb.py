import os
import sys

import gdb

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import drive  # noqa: E402


class Driver:
    def execute(self, line):
        try:
            return gdb.execute(line, to_string=True).strip()
        except gdb.error as error:
            return f"error: {error}"

    def open(self, argument):
        program, _, arguments = argument.partition(" ")
        for line in ("core-file", "delete", f"file {program}", f"set args {arguments} >/dev/null 2>&1"):
            self.execute(line)

    def run(self, argument):
        return self.execute("run")

    def end(self, argument):
        self.execute("kill")

    def frame(self, argument):
        frame = gdb.selected_frame()
        return f"{frame.name()} {frame.find_sal().line}"

    def registers(self, argument):
        frame = gdb.newest_frame()
        values = [int(gdb.parse_and_eval(f"(long){name}")) for name in ("$sp", "$pc")]
        return f"{values} {gdb.selected_thread().num} {frame.name()}"

    def core(self, file):
        for line in (f"generate-core-file {file}", "kill", f"core-file {file}"):
            self.execute(line)


for setting in ("confirm off", "pagination off", "width 0", "debuginfod enabled off"):
    gdb.execute(f"set {setting}")
drive.drive(Driver())
