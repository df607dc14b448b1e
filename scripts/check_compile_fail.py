#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Shows that a mistake of a user is refused, with a message to learn from.

usage: check_compile_fail.py --compiler CXX [--compiler CXX] SOURCE REGEX
                             [FLAG...]

With CAFES_HAPPY defined SOURCE has to compile; without, it has to fail with
output that matches REGEX. So it fails for its own reason, not for a typing
error or a missing header. A compiler is free to break lines in a message:
blanks in REGEX match any white space.
"""

import argparse
import re
import subprocess
import sys


def compile_with(compiler, source, flags):
    return subprocess.run(
        [compiler, "-std=c++20", *flags, "-fsyntax-only", source],
        capture_output=True, text=True, check=False)


def problem_of(compiler, source, regex, flags):
    happy = compile_with(compiler, source, ["-DCAFES_HAPPY", *flags])
    if happy.returncode:
        return f"does not compile with CAFES_HAPPY\n{happy.stderr}"
    wrong = compile_with(compiler, source, flags)
    if not wrong.returncode:
        return "compiles, but must not"
    if not re.search(regex.replace(" ", r"\s+"), wrong.stderr):
        return f"fails without a word of /{regex}/\n{wrong.stderr}"
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--compiler", action="append", required=True)
    parser.add_argument("source")
    parser.add_argument("regex")
    arguments, flags = parser.parse_known_args()
    failed = False
    for compiler in arguments.compiler:
        problem = problem_of(compiler, arguments.source, arguments.regex, flags)
        if problem:
            print(f"{arguments.source}: {compiler}: {problem}")
            failed = True
    return failed


if __name__ == "__main__":
    sys.exit(main())
