#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Breaks each rule of tidy_tree.py once, in a small tree that keeps them all."""

import tempfile
import unittest
from pathlib import Path

import tidy_tree

SPDX = tidy_tree.SPDX + "\n"
HEADER = SPDX + "#pragma once\n"

GOOD = {
    "LICENSE": "MIT\n",
    "README.md": "# It\n",
    "CHANGELOG.md": "# Changes\n",
    "CONTRIBUTING.md": "# Rules\n",
    "include/README.md": "# The door\n",
    "include/cafes/event.hpp": HEADER,
    "store/README.md": "# Store\n",
    "store/CMakeLists.txt":
        "target_sources(s PRIVATE log.cpp)\n"
        "embed(s HEADER store/postgres/sql.hpp FILES a.sql)\n",
    "store/log.hpp": HEADER + "#include <cafes/event.hpp>\n",
    "store/log.cpp": SPDX + '#include "store/log.hpp"\n'
                     '#include "store/postgres/sql.hpp"\n'
                     "#include <pqxx/pqxx>\n",
    "actors/README.md": "# Actors\n",
    "actors/CMakeLists.txt": "target_sources(a PRIVATE write/writer.cpp)\n",
    "actors/write/writer.hpp": HEADER + "#include <caf/actor.hpp>\n",
    "actors/write/writer.cpp": SPDX + '#include "actors/write/writer.hpp"\n'
                               '#include "store/log.hpp"\n',
    "tests/README.md": "# Tests\n",
    "tests/CMakeLists.txt": "cafes_test(t SOURCES store/log_test.cpp)\n",
    "tests/store/log_test.cpp": SPDX + '#include "store/log.hpp"\n'
                                "// no sleep( in a comment\n"
                                "#include <caf/actor.hpp>\n",
}


class RulesCanFail(unittest.TestCase):
    seen_to_fail = set()

    def findings(self, changes=None, removed=()):
        with tempfile.TemporaryDirectory() as root:
            for path, text in {**GOOD, **(changes or {})}.items():
                if path not in removed:
                    file = Path(root) / path
                    file.parent.mkdir(parents=True, exist_ok=True)
                    file.write_text(text, encoding="utf-8")
            tree = tidy_tree.Tree(Path(root))
            found = []
            for rule in tidy_tree.RULES:
                broken = list(rule(tree))
                found += broken
                self.seen_to_fail.update([rule] if broken else [])
            return found

    def breaks(self, rule, path, text, line, fatal=True):
        """Appends text to the good file, or to a new one."""
        found = self.findings({path: GOOD.get(path, "") + text})
        self.assertIn((rule, path, line, fatal),
                      [(f.rule, f.path, f.line, f.fatal) for f in found])
        self.assertEqual({rule}, {f.rule for f in found}, found)

    def misses(self, rule, path):
        found = self.findings(removed=(path,))
        self.assertEqual([(rule, path)], [(f.rule, f.path) for f in found])

    def test_good_tree_passes(self):
        self.assertEqual([], self.findings())

    def test_arrow_against_the_order(self):
        self.breaks("arrow", "store/log.cpp",
                    '#include "actors/write/writer.hpp"\n', 5)

    def test_nobody_includes_config(self):
        config = {"config/README.md": "# Config\n", "config/file.hpp": HEADER}
        use = '#include "config/file.hpp"\n'
        writer = GOOD["actors/write/writer.cpp"]
        found = self.findings({**config, "actors/write/writer.cpp":
                               writer + use})
        self.assertEqual(["arrow"], [f.rule for f in found])
        self.assertEqual([], self.findings({
            **config,
            "apps/README.md": "# Apps\n",
            "apps/CMakeLists.txt": "add_executable(m main.cpp)\n",
            "apps/main.cpp": SPDX + use,
        }))

    def test_door_knows_no_library(self):
        for header in ("caf/actor.hpp", "pqxx/pqxx", "sqlite3.h",
                       "libpq-fe.h", "boost/beast/http.hpp"):
            self.breaks("library", "include/cafes/event.hpp",
                        f"#include <{header}>\n", 3)

    def test_banned_headers(self):
        for header in ("caf/all.hpp", "boost/test/included/unit_test.hpp"):
            self.breaks("banned-header", "tests/store/log_test.cpp",
                        f"#include <{header}>\n", 5)

    def test_include_from_the_own_folder(self):
        self.breaks("include-path", "store/log.cpp", '#include "log.hpp"\n', 5)

    def test_door_in_quotes(self):
        self.breaks("include-path", "store/log.cpp",
                    '#include "cafes/event.hpp"\n', 5)

    def test_door_header_that_is_not_there(self):
        self.breaks("include-path", "store/log.cpp",
                    "#include <cafes/none.hpp>\n", 5)

    def test_private_header_in_angle_brackets(self):
        self.breaks("include-path", "store/log.cpp",
                    "#include <store/log.hpp>\n", 5)

    def test_license_line(self):
        found = self.findings({"store/log.hpp": "\n" + GOOD["store/log.hpp"]})
        self.assertEqual(["spdx"], [f.rule for f in found])

    def test_include_guard(self):
        found = self.findings({"include/cafes/event.hpp": SPDX})
        self.assertEqual(["pragma-once"], [f.rule for f in found])

    def test_sizes(self):
        self.breaks("size", "store/log.cpp", "//\n" * 397, 401, fatal=False)
        self.breaks("size", "store/log.cpp", "//\n" * 597, 601)
        self.assertEqual([], self.findings({"store/a.sql": "--\n" * 700}))

    def test_names_of_files_and_folders(self):
        for name in ("utils/log.md", "log_helpers.md", "impl.md"):
            found = self.findings({f"store/{name}": "x\n"})
            self.assertEqual(["name"], [f.rule for f in found])

    def test_blanks(self):
        self.breaks("tab", "store/a.sql", "SELECT\t1;\n", 1)
        self.breaks("trailing-blank", "store/a.sql", "SELECT 1; \n", 1)
        self.breaks("last-line", "store/a.sql", "SELECT 1;", 1)

    def test_sleeping_tests(self):
        for call in ("std::this_thread::sleep_for(1ms);", "usleep(1);",
                     "sleep(1);"):
            self.breaks("sleep", "tests/store/log_test.cpp", call + "\n", 5)

    def test_orphans(self):
        self.breaks("orphan", "store/dead.cpp", SPDX, 1)
        self.breaks("orphan", "store/dead.hpp", HEADER, 1)

    def test_required_files(self):
        for name in tidy_tree.ROOT_FILES:
            self.misses("required-file", name)
        self.misses("room-readme", "store/README.md")

    @classmethod
    def tearDownClass(cls):
        """No rule without a test that sees it fail."""
        missing = [rule.__name__ for rule in tidy_tree.RULES
                   if rule not in cls.seen_to_fail]
        if missing:
            raise AssertionError(f"rules never seen to fail: {missing}")


if __name__ == "__main__":
    unittest.main()
