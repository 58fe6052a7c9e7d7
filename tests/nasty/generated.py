"""Programs of many small tests, for what counts and measures the runner; and how a program
of tests is built."""

import concurrent.futures
import os
import shlex
import subprocess
import sys


def output_of(command, **more):
    """What a command that must succeed says."""
    done = subprocess.run(
        list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **more
    )
    if done.returncode != 0:
        sys.exit(f"{shlex.join(map(str, command))}\n{done.stdout}")
    return done.stdout


def thimble_flags(prefix, cc, what):
    return shlex.split(output_of([prefix / "bin" / "thimble", "flags", "--cc", cc, what]))


def write(folder, files, tests, body=lambda number: ""):
    """Sources with so many tests each; `body` says what the test of a number does. Returns
    their paths."""
    sources = []
    for i in range(files):
        text = "#include <assert.h>\n#include <stdlib.h>\n"
        for number in range(i * tests, (i + 1) * tests):
            text += f"\nvoid test_{number:05}(void) {{{body(number)}\n}}\n"
        sources.append(folder / f"file_{i:03}.c")
        sources[-1].write_text(text)
    return sources


def build(prefix, cc, sources, folder, flags=()):
    """Compiles without a word and links. Returns the program's path."""
    cflags = [*flags, *thimble_flags(prefix, cc, "--cflags")]

    def compile_one(source):
        output = folder / (source.stem + ".o")
        said = output_of([cc, *cflags, "-c", source.name, "-o", output], cwd=source.parent)
        return output, said

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        done = list(pool.map(compile_one, sources))
    said = "".join(text for _, text in done)
    if said:
        sys.exit(f"{cc} said:\n{said}")
    program = folder / "tests"
    objects = [output for output, _ in done]
    output_of([cc, "-o", program, *objects, *flags, *thimble_flags(prefix, cc, "--libs")])
    return program
