#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compiles each public header alone, and looks at what it drags in.

usage: check_headers.py --include DIR --compiler CXX [--compiler CXX] [FLAG...]

A header below DIR/cafes has to compile as the first line of a source with
nothing but DIR and the system's folders to find its includes in. Since CAF,
libpqxx and SQLite live in the system's folders too, the compiler's own list of
dependencies is searched for them: the door must not open theirs.
"""

import argparse
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from pathlib import Path

FORBIDDEN = re.compile(r"/caf/|/pqxx/|sqlite3|libpq|/postgresql/"
                       r"|/boost/(beast|asio)/|/CLI/|/spdlog/|/nlohmann/")
JOBS = 2


def dependencies(makefile):
    """The paths of a make rule, without its target."""
    return makefile.replace("\\\n", " ").split(": ", 1)[-1].split()


def problems_of(compiler, include, header, flags):
    name = header.relative_to(include).as_posix()
    with tempfile.TemporaryDirectory() as folder:
        source, rule = Path(folder) / "alone.cpp", Path(folder) / "alone.d"
        # Twice, so that a missing #pragma once is an error as well.
        source.write_text(f"#include <{name}>\n#include <{name}>\n")
        run = subprocess.run(
            [compiler, "-std=c++20", *flags, f"-I{include}", "-fsyntax-only",
             "-MD", "-MF", rule, source],
            capture_output=True, text=True, check=False)
        if run.returncode:
            return [f"{name}: {compiler}: does not compile alone\n"
                    f"{run.stderr}"]
        foreign = [path for path in dependencies(rule.read_text())
                   if not path.startswith(f"{include}/")
                   and FORBIDDEN.search(path)]
    return [f"{name}: {compiler}: includes {path}" for path in foreign[:3]]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--include", type=Path, required=True)
    parser.add_argument("--compiler", action="append", required=True)
    arguments, flags = parser.parse_known_args()
    include = arguments.include.resolve()
    headers = sorted((include / "cafes").rglob("*.hpp"))
    if not headers:
        sys.exit(f"no headers below {include}/cafes")
    with ThreadPoolExecutor(JOBS) as pool:
        found = pool.map(lambda pair: problems_of(pair[0], include, pair[1],
                                                  flags),
                         product(arguments.compiler, headers))
        problems = [problem for some in found for problem in some]
    print(*problems, sep="\n")
    print(f"{len(headers)} headers, {len(arguments.compiler)} compilers, "
          f"{len(problems)} problems")
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main())
