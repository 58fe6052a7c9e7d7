"""Reads TAP 14 as strictly as its specification says that it is written, with the part of
YAML that Thimble's reports use."""

import dataclasses
import re


@dataclasses.dataclass
class Point:
    ok: bool
    number: int
    description: str
    directive: str
    reason: str
    block: dict = None
    subtests: "Document" = None


@dataclasses.dataclass
class Document:
    plan: int = -1
    points: list = dataclasses.field(default_factory=list)
    comments: list = dataclasses.field(default_factory=list)
    bailed_out: bool = False


class Mistake(Exception):
    pass


def read(text):
    if not text.endswith("\n"):
        raise Mistake("the last line has no end")
    lines = text[:-1].split("\n")
    if lines[0] != "TAP version 14":
        raise Mistake(f"the first line is {lines[0]!r}")
    return read_document(lines[1:], 0)


def read_document(lines, depth):
    document, at, pending, name = Document(), 0, None, None
    indent = "    " * depth
    while at < len(lines):
        line = lines[at]
        if not line.startswith(indent):
            break
        line = line[len(indent) :]
        at += 1
        if line.startswith("    "):
            if pending is not None:
                raise Mistake(f"a second subtest before its point: {line!r}")
            pending, used = read_document(lines[at - 1 :], depth + 1)
            at += used - 1
        elif re.fullmatch(r"1\.\.\d+", line):
            if document.plan >= 0:
                raise Mistake("two plans")
            document.plan = int(line[3:])
        elif line.startswith("# Subtest: "):
            name = line[len("# Subtest: ") :]
        elif line.startswith("#"):
            document.comments.append(line)
        elif line.startswith("Bail out!"):
            document.bailed_out = True
        else:
            point = read_point(line, len(document.points) + 1)
            if name is not None and unescaped(name) != point.description:
                raise Mistake(f"subtest {name!r} ends with {line!r}")
            point.subtests, pending, name = pending, None, None
            if at < len(lines) and lines[at] == indent + "  ---":
                end = lines.index(indent + "  ...", at)
                point.block = read_map(lines[at + 1 : end], len(indent) + 2)
                at = end + 1
            document.points.append(point)
    check_plan(document)
    return (document, at) if depth else document


def check_plan(document):
    if document.plan < 0:
        raise Mistake("no plan")
    if not document.bailed_out and document.plan != len(document.points):
        raise Mistake(f"{document.plan} points were planned, and there are {len(document.points)}")


def unescaped(text):
    return re.sub(r"\\([\\#])", r"\1", text)


def read_point(line, number):
    found = re.fullmatch(
        r"(ok|not ok) (\d+) - ((?:[^#\\]|\\[#\\])*?)(?: # (SKIP|TODO)(?: ((?:[^#\\]|\\[#\\])*))?)?", line
    )
    if not found:
        raise Mistake(f"no line of TAP: {line!r}")
    if re.search(r"[\x00-\x1f\x7f]", line):
        raise Mistake(f"a control character in {line!r}")
    if int(found[2]) != number:
        raise Mistake(f"point {number} has the number {found[2]}")
    reason = unescaped(found[5] or "").rstrip()
    return Point(found[1] == "ok", number, unescaped(found[3]), found[4], reason)


# ---- YAML ----

ESCAPES = {"n": "\n", "t": "\t", '"': '"', "\\": "\\"}


def read_quoted(text):
    if not re.fullmatch(r'"(?:[^"\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|\\.)*"', text):
        raise Mistake(f"no quoted string: {text[:200]!r}")

    def escape(found):
        code = found[1] or found[2]
        return chr(int(code, 16)) if code else ESCAPES[found[3]]

    return re.sub(r"\\(?:x(..)|u(....)|(.))", escape, text[1:-1])


def read_map(lines, indent):
    values, at = {}, 0
    while at < len(lines):
        found = re.fullmatch(" " * indent + r"(\w+):(?: (.*))?", lines[at])
        if not found:
            raise Mistake(f"no key and value: {lines[at][:200]!r}")
        at += 1
        inner = []
        while at < len(lines) and lines[at].startswith(" " * (indent + 2)):
            inner.append(lines[at])
            at += 1
        values[found[1]] = read_value(found[2], inner, indent + 2)
    return values


def read_value(text, inner, indent):
    if text == "|":
        content = [line[indent:] for line in inner]
        for line in content:
            if re.search(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]", line):
                raise Mistake(f"no character of a block: {line[:200]!r}")
        if not content[0] or content[0][0] in " \t" or not content[-1]:
            raise Mistake(f"a block that needs an indicator: {content!r}")
        return "\n".join(content) + "\n"
    if text is None:
        return read_map(inner, indent)
    if inner:
        raise Mistake(f"lines below {text!r}")
    if text.startswith('"'):
        return read_quoted(text)
    if not re.fullmatch(r"[0-9]+(\.[0-9]+)?|[a-z]+", text):
        raise Mistake(f"no plain value: {text!r}")
    return text
