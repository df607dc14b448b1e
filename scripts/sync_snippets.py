#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Keeps the documents equal to the code they quote.

usage: sync_snippets.py [--write] [ROOT]

Every ```cpp block in README.md and docs/ has to follow a line

    <!-- snippet: tests/docs/first_steps.cpp#transfer -->

and to equal the region between `// [transfer]` and `// [/transfer]` of that
file, which is compiled and run elsewhere. --write copies the regions into the
documents; without it a difference is an error, shown as a diff.

In docs/guarantees.md each "test: `suite/case`" has to name a test under tests/.
"""

import difflib
import re
import sys
import textwrap
from pathlib import Path

MARKER = re.compile(r"^<!-- snippet: (?P<path>\S+)#(?P<region>[\w-]+) -->$")
FENCE = "```cpp"
TEST_LINK = re.compile(r"test: `([^`]*)`")
TEST_CASE = re.compile(
    r"^\s*(?:BOOST_(?:AUTO|FIXTURE|DATA|PARAM)_TEST_CASE(?:_TEMPLATE)?\s*\(\s*"
    r"|BOOST_DATA_TEST_CASE_F\s*\(\s*\w+\s*,\s*"
    # A test for each backend, and properties.
    r"|CAFES_(?:STORE|BANK)_TEST\s*\(\s*|RC_BOOST_PROP\s*\(\s*)(\w+)",
    re.MULTILINE)
TEST_SUITE = re.compile(
    r"^\s*BOOST_(?:AUTO|FIXTURE)_TEST_SUITE\s*\(\s*(\w+)", re.MULTILINE)


class Wrong(Exception):
    """A mistake in a document; its text says what to do."""


def region_of(root, path, region):
    source = root / path
    if not source.is_file():
        raise Wrong(f"no such file: {path}")
    begin, end = f"// [{region}]", f"// [/{region}]"
    lines = source.read_text(encoding="utf-8").splitlines()
    marks = [(number, line.strip()) for number, line in enumerate(lines)
             if line.strip() in (begin, end)]
    if [mark for _, mark in marks] != [begin, end]:
        raise Wrong(f"{path} needs one {begin} and after it one {end}")
    inner = lines[marks[0][0] + 1:marks[1][0]]
    # Regions may hold smaller ones; their marks are no text.
    inner = [line for line in inner
             if not re.fullmatch(r"\s*// \[/?[\w-]+\]", line)]
    return textwrap.dedent("\n".join(inner)).strip("\n").split("\n")


def synced(root, document):
    """The document's lines as they should be, and what is wrong with it."""
    lines = document.read_text(encoding="utf-8").splitlines()
    result, problems, number, marker = [], [], 0, None
    while number < len(lines):
        line = lines[number]
        number += 1
        result.append(line)
        if line.strip() != FENCE:
            marker = MARKER.match(line) or (marker if not line else None)
            continue
        try:
            end = lines.index("```", number)
        except ValueError:
            problems.append((number, "the block has no end"))
            break
        block = lines[number:end]
        try:
            if not marker:
                raise Wrong("C++ must come from compiled code: put "
                            "<!-- snippet: path#region --> above")
            block = region_of(root, marker["path"], marker["region"])
        except Wrong as wrong:
            problems.append((number, str(wrong)))
        result += [*block, "```"]
        number, marker = end + 1, None
    return lines, result, problems


def tests_in(root):
    """All `suite/case`, where a suite is a test suite or the file's stem."""
    found = set()
    for source in (root / "tests").rglob("*.[ch]pp"):
        text = source.read_text(encoding="utf-8")
        suites = {source.stem, source.stem.removesuffix("_test"),
                  *TEST_SUITE.findall(text)}
        found |= {f"{suite}/{case}" for suite in suites
                  for case in TEST_CASE.findall(text)}
    return found


def broken_links(root, tests):
    guarantees = root / "docs" / "guarantees.md"
    if not guarantees.exists():
        return
    text = guarantees.read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), 1):
        for link in TEST_LINK.findall(line):
            if link not in tests:
                yield number, f"no such test: {link}"


def main(arguments):
    write = "--write" in arguments
    roots = [argument for argument in arguments if argument != "--write"]
    root = Path(roots[0]) if roots else Path(__file__).resolve().parent.parent
    failed = False
    documents = [root / "README.md", *sorted((root / "docs").rglob("*.md"))]
    for document in filter(Path.exists, documents):
        name = document.relative_to(root).as_posix()
        lines, result, problems = synced(root, document)
        for number, problem in problems:
            print(f"{name}:{number}: snippet: {problem}")
        failed |= bool(problems)
        if problems or lines == result:
            continue
        if write:
            document.write_text("\n".join(result) + "\n", encoding="utf-8")
            print(f"{name}: written")
            continue
        failed = True
        print(f"{name}:1: snippet: differs from the code; run "
              "scripts/sync_snippets.py --write")
        print(*difflib.unified_diff(lines, result, name, "code", lineterm=""),
              sep="\n")
    for number, problem in broken_links(root, tests_in(root)):
        print(f"docs/guarantees.md:{number}: test-link: {problem}")
        failed = True
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
