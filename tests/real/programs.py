"""Other people's programs: where their sources are and how they are built."""

import concurrent.futures
import dataclasses
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
SOURCES = HERE.parent.parent / "build" / "real"

LUA_FLAGS = "-std=gnu99 -g -O2 -Wall -Wextra -DLUA_COMPAT_5_3 -DLUA_USE_LINUX".split()
LUA_LIBS = ["-Wl,-E", "-lm", "-ldl"]


@dataclasses.dataclass
class Way:
    """One way to build a program: which flags Thimble adds, and what it links."""

    name: str
    cflags: list
    libs: list


def ways(prefix, cc):
    cflags = thimble_flags(prefix, cc, "--cflags")
    return [
        Way("plain", [], []),
        Way("without the runtime", cflags, []),
        Way("with the runtime", cflags, thimble_flags(prefix, cc, "--libs", "--program")),
    ]


def thimble_flags(prefix, cc, *what):
    command = [prefix / "bin" / "thimble", "flags", "--cc", cc, *what]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return shlex.split(done.stdout)


def fetch(folder, *packages):
    """Debian's sources, from the cache where they are there already."""
    if subprocess.run([HERE / "fetch", folder, *packages]).returncode != 0:
        sys.exit(f"the sources of {' and '.join(packages)} could not be fetched")


def warnings(output):
    """The compiler's warnings, without where in the line they point."""
    return sorted(re.findall(r"\S+?:\d+:.*warning: .*", output))


def run(command, **options):
    """The finished process, its output in one text."""
    environment = {**os.environ, "LC_ALL": "C"}
    return subprocess.run(
        list(map(str, command)),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        env=environment,
        **options,
    )


def must(command, **options):
    done = run(command, **options)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stdout}")
    return done.stdout


def lua_units(source):
    return sorted((source / "src").glob("*.c"))


def build_lua(source, output, cc, way):
    """Builds lua and luac in `output`. Returns what the compiler said."""
    shutil.rmtree(output, ignore_errors=True)
    output.mkdir(parents=True)
    # Debian's build makes this header: where modules lie.
    header = '#define DEB_HOST_MULTIARCH "none"\n'
    (output / "lua5.4-deb-multiarch.h").write_text(header)

    def compile_unit(unit):
        name = output / (unit.stem + ".o")
        flags = [*LUA_FLAGS, f"-I{output}", *way.cflags]
        return must([cc, *flags, "-c", unit.name, "-o", name], cwd=unit.parent)

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        said = "".join(pool.map(compile_unit, lua_units(source)))
    for program, other in [("lua", "luac"), ("luac", "lua")]:
        objects = [o for o in sorted(output.glob("*.o")) if o.stem != other]
        said += must([cc, *objects, "-o", output / program, *LUA_LIBS, *way.libs])
    return said
