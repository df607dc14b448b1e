#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Checks the rules of the house that a compiler does not.

usage: tidy_tree.py [ROOT]

Prints `file:line: rule: what to do` and fails if there is any. Each rule is a
generator over the tree, listed in RULES; tidy_tree_test.py shows that each one
can fail.
"""

import os
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

ROOMS = ("include", "domain", "store", "actors", "http", "config", "apps",
         "tests", "bench")

# The arrows between the rooms; all may include the door. tests and bench look
# into every room, and nobody looks into them.
ARROWS = {
    "include": (),
    "domain": (),
    "store": (),
    "actors": ("store",),
    "http": ("actors",),
    "config": (),
    "apps": ("config", "http", "actors", "domain"),
}

# Libraries that one room only may know.
OWNED_LIBRARIES = (
    (re.compile(r"caf/"), "actors"),
    (re.compile(r"pqxx/|libpq-fe\.h|libpq/|postgresql/"), "store"),
    (re.compile(r"sqlite3"), "store"),
    (re.compile(r"boost/(beast|asio)"), "http"),
)

BANNED_HEADERS = (
    (re.compile(r"caf/all\.hpp"), "include the CAF headers that are used"),
    (re.compile(r"boost/test/included"), "link Boost.Test: "
     "<boost/test/unit_test.hpp>"),
)

BANNED_NAMES = {"util", "utils", "common", "helper", "helpers", "misc", "impl"}
ROOT_FILES = ("LICENSE", "README.md", "CHANGELOG.md", "CONTRIBUTING.md")
SPDX = "// SPDX-License-Identifier: MIT"
LINES_WARN = 400
LINES_MAX = 600

CODE = {".cpp", ".hpp"}
COUNTED = CODE | {".py", ".sh", ".cmake"}
TEXT = COUNTED | {".sql", ".md", ".txt", ".json", ".toml", ".yml", ".supp",
                  ".csv"}
SKIPPED_FOLDERS = {".git", ".cache", "build", "__pycache__"}

INCLUDE = re.compile(r'\s*#\s*include\s*(["<])([^">]+)[">]')
SLEEP = re.compile(r"\b(sleep_for|sleep_until|usleep|nanosleep|sleep)\s*\(")
CMAKE_SOURCE = re.compile(r"[\w./${}-]+\.cpp\b")
GENERATED_HEADER = re.compile(r"\bHEADER\s+([\w./-]+)")


@dataclass(frozen=True)
class Finding:
    path: str
    line: int
    rule: str
    advice: str
    fatal: bool = True

    def __str__(self):
        kind = "" if self.fatal else "warning: "
        return f"{self.path}:{self.line}: {kind}{self.rule}: {self.advice}"


@dataclass(frozen=True)
class Include:
    path: str
    line: int
    bracket: str
    target: str


@dataclass
class Tree:
    """The text files below a root, by path relative to it."""
    root: Path
    text: dict = field(default_factory=dict)
    folders: set = field(default_factory=set)

    def __post_init__(self):
        for folder, names, files in os.walk(self.root):
            names[:] = sorted(set(names) - SKIPPED_FOLDERS)
            relative = Path(folder).relative_to(self.root)
            self.folders.add(relative.as_posix())
            for name in sorted(files):
                path = relative / name
                if path.suffix in TEXT or str(path) in ("dev", ".ci/run"):
                    self.text[path.as_posix()] = (self.root / path).read_text(
                        encoding="utf-8", errors="replace")

    def files(self, suffixes, room=None):
        for path, text in self.text.items():
            if Path(path).suffix in suffixes and room in (None, room_of(path)):
                yield path, text

    def includes(self):
        for path, text in self.files(CODE):
            for number, line in enumerate(text.splitlines(), 1):
                if match := INCLUDE.match(line):
                    yield Include(path, number, *match.groups())

    def generated_headers(self):
        return {header for path, text in self.text.items()
                if path.endswith("CMakeLists.txt")
                for header in GENERATED_HEADER.findall(text)}


def room_of(path):
    first = path.split("/")[0]
    return first if first in ROOMS else None


def room_included(target):
    return "include" if target.startswith("cafes/") else room_of(target)


def arrows(tree):
    for include in tree.includes():
        source, target = room_of(include.path), room_included(include.target)
        if source not in ARROWS or target in (None, source, "include"):
            continue
        if target not in ARROWS[source]:
            allowed = ", ".join((*ARROWS[source], "include/cafes"))
            yield Finding(include.path, include.line, "arrow",
                          f"{source} must not include {target} "
                          f"(only {allowed})")


def libraries(tree):
    for include in tree.includes():
        room = room_of(include.path)
        if room in (None, "tests", "bench"):
            continue
        for library, owner in OWNED_LIBRARIES:
            if library.match(include.target) and room != owner:
                yield Finding(include.path, include.line, "library",
                              f"only {owner} may include {include.target}")


def banned_headers(tree):
    for include in tree.includes():
        for header, advice in BANNED_HEADERS:
            if header.match(include.target):
                yield Finding(include.path, include.line, "banned-header",
                              advice)


def include_paths(tree):
    """<cafes/x.hpp> for the door, "room/x.hpp" from the root for the rest."""
    generated = tree.generated_headers()
    for include in tree.includes():
        target, advice = include.target, None
        if target.startswith("cafes/"):
            if include.bracket != "<":
                advice = f"write <{target}>: it is the public door"
            elif f"include/{target}" not in tree.text:
                advice = f"no such header: include/{target}"
        elif include.bracket == '"':
            if target not in tree.text and target not in generated:
                advice = "give the path from the repository root"
        elif room_of(target) and target in tree.text:
            advice = f'write "{target}": it is a private header'
        if advice:
            yield Finding(include.path, include.line, "include-path", advice)


def license_lines(tree):
    for path, text in tree.files(CODE):
        if text.split("\n", 1)[0] != SPDX:
            yield Finding(path, 1, "spdx", f"begin the file with {SPDX}")


def include_guards(tree):
    for path, text in tree.files({".hpp"}):
        if "#pragma once" not in text.splitlines():
            yield Finding(path, 1, "pragma-once", "add #pragma once")


def sizes(tree):
    for path, text in tree.files(COUNTED):
        lines = text.count("\n")
        if lines > LINES_WARN:
            fatal = lines > LINES_MAX
            yield Finding(path, lines, "size", f"{lines} lines: cut by verb "
                          f"(aim {LINES_WARN}, at most {LINES_MAX})", fatal)


def names(tree):
    for path in sorted({*tree.text, *tree.folders}):
        own = Path(path).name.split(".")[0]
        if bad := BANNED_NAMES & set(re.split(r"[_-]", own)):
            yield Finding(path, 1, "name", f"{bad.pop()!r} says nothing: name "
                          "the concept, or move it to its only user")


def blanks(tree):
    for path, text in tree.text.items():
        lines = text.split("\n")
        for number, line in enumerate(lines, 1):
            if "\t" in line:
                yield Finding(path, number, "tab", "use spaces")
            if line != line.rstrip():
                yield Finding(path, number, "trailing-blank", "remove it")
        if lines[-1] or text.endswith("\n\n"):
            yield Finding(path, len(lines), "last-line",
                          "end the file with exactly one line end")


def sleeps(tree):
    for path, text in tree.files(CODE, "tests"):
        for number, line in enumerate(text.splitlines(), 1):
            if SLEEP.search(line.split("//")[0]):
                yield Finding(path, number, "sleep", "no real time in tests: "
                              "wait for the event, or step the clock")


def orphans(tree):
    """A source that no target compiles, a header that nobody includes."""
    listed = set()
    for path, text in tree.text.items():
        if path.endswith("CMakeLists.txt"):
            for source in CMAKE_SOURCE.findall(text):
                source = source.removeprefix("${PROJECT_SOURCE_DIR}/")
                listed.add(source)
                listed.add(os.path.normpath(Path(path).parent / source))
    included = {include.target for include in tree.includes()}
    for path, _ in tree.files(CODE):
        if room_of(path) is None:
            continue
        if path.endswith(".cpp") and path not in listed:
            yield Finding(path, 1, "orphan", "list it in a CMakeLists.txt")
        target = path.removeprefix("include/")
        if path.endswith(".hpp") and target not in included:
            yield Finding(path, 1, "orphan", "nobody includes it: remove it")


def required_files(tree):
    for name in ROOT_FILES:
        if not (tree.root / name).exists():
            yield Finding(name, 1, "required-file", "the repository needs it")
    for room in ROOMS:
        if room in tree.folders and f"{room}/README.md" not in tree.text:
            yield Finding(f"{room}/README.md", 1, "room-readme",
                          "say what the room is for, on at most one page")


RULES = (arrows, libraries, banned_headers, include_paths, license_lines,
         include_guards, sizes, names, blanks, sleeps, orphans, required_files)


def check(root):
    tree = Tree(Path(root))
    return [finding for rule in RULES for finding in rule(tree)]


def main(arguments):
    root = arguments[0] if arguments else Path(__file__).parent.parent
    findings = check(root)
    for finding in findings:
        print(finding)
    return any(finding.fatal for finding in findings)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
