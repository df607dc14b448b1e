#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Shows that sync_snippets.py notices what it is there for."""

import contextlib
import io
import tempfile
import unittest
from pathlib import Path

import sync_snippets

SOURCE = """int main() {
  // [greet]
  if (true) {
    // [inner]
    greet();
    // [/inner]
  }
  // [/greet]
}
BOOST_AUTO_TEST_SUITE(greetings)
BOOST_AUTO_TEST_CASE(greets_once) {}
CAFES_STORE_TEST(greets_in_every_store) {}
RC_BOOST_PROP(greets_anybody, ()) {}
"""
MARK = "<!-- snippet: tests/a_test.cpp#greet -->\n"
BLOCK = "```cpp\nif (true) {\n  greet();\n}\n```\n"


class Snippets(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        (self.root / "docs").mkdir()
        (self.root / "tests").mkdir()
        (self.root / "tests/a_test.cpp").write_text(SOURCE)

    def run_on(self, readme, *arguments):
        (self.root / "README.md").write_text(readme)
        self.output = io.StringIO()
        with contextlib.redirect_stdout(self.output):
            return sync_snippets.main([*arguments, str(self.root)])

    def test_equal_block_passes(self):
        self.assertFalse(self.run_on("# A\n\n" + MARK + BLOCK))
        self.assertFalse(self.run_on(MARK + "\n" + BLOCK))

    def test_other_languages_are_free(self):
        self.assertFalse(self.run_on("```sh\n./dev\n```\n"))

    def test_block_without_marker_fails(self):
        self.assertTrue(self.run_on(BLOCK))
        self.assertTrue(self.run_on(MARK + "text\n" + BLOCK))

    def test_changed_block_fails_with_the_diff_and_is_written(self):
        stale = MARK + "```cpp\ngreet(1);\n```\nrest\n"
        self.assertTrue(self.run_on(stale))
        self.assertIn("-greet(1);", self.output.getvalue())
        self.assertFalse(self.run_on(stale, "--write"))
        written = (self.root / "README.md").read_text()
        self.assertEqual(MARK + BLOCK + "rest\n", written)

    def test_unknown_file_or_region_fails(self):
        for mark in ("tests/none.cpp#greet", "tests/a_test.cpp#none"):
            text = f"<!-- snippet: {mark} -->\n" + BLOCK
            self.assertTrue(self.run_on(text))
            self.assertTrue(self.run_on(text, "--write"))

    def test_open_block_fails(self):
        self.assertTrue(self.run_on(MARK + "```cpp\nif (true) {\n"))

    def test_links_to_tests(self):
        guarantees = self.root / "docs/guarantees.md"
        for link, broken in (("greetings/greets_once", False),
                             ("a/greets_once", False),
                             ("a/greets_in_every_store", False),
                             ("a/greets_anybody", False),
                             ("greetings/greets_twice", True),
                             ("others/greets_once", True)):
            guarantees.write_text(f"- G1, test: `{link}`\n")
            self.assertEqual(broken, self.run_on("# A\n"), link)


if __name__ == "__main__":
    unittest.main()
