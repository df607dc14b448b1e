// SPDX-License-Identifier: MIT
#include "apps/bank/withdrawal_file.hpp"

#include "tests/support/printing.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/statement_file.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <sys/resource.h>
#include <thread>
#include <vector>

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(withdrawal_file)

namespace {

bank::withdrawal_line line_of(std::int64_t position,
                              const std::string& reference = "rent") {
  return {"large_withdrawals:0:" + std::to_string(position),
          "42",
          7,
          150'000,
          reference,
          "2026-05-17T09:30:00.000001Z"};
}

struct written_file {
  scratch_folder folder;
  std::string path = folder.path() + "/large.jsonl";

  [[nodiscard]] std::string text() const {
    std::ifstream file{path, std::ios::binary};
    std::ostringstream all;
    all << file.rdbuf();
    return all.str();
  }

  [[nodiscard]] std::ptrdiff_t lines() const {
    const auto all = text();
    return std::count(all.begin(), all.end(), '\n');
  }

  /// A life of a program that appends these.
  void append(const std::vector<std::int64_t>& positions) const {
    bank::withdrawal_file file{path};
    for (const auto position : positions)
      must(file.append(line_of(position)));
  }
};

/// No file of the process grows beyond this while it lives.
class file_size_limit {
public:
  explicit file_size_limit(std::size_t bytes) {
    getrlimit(RLIMIT_FSIZE, &before_);
    auto small = before_;
    small.rlim_cur = bytes;
    setrlimit(RLIMIT_FSIZE, &small);
  }

  ~file_size_limit() {
    setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, signalled_);
  }

  file_size_limit(const file_size_limit&) = delete;
  file_size_limit& operator=(const file_size_limit&) = delete;

private:
  rlimit before_{};
  void (*signalled_)(int) = std::signal(SIGXFSZ, SIG_IGN);
};

} // namespace

BOOST_AUTO_TEST_CASE(a_line_is_what_people_can_read) {
  const written_file file;
  file.append({615});
  BOOST_TEST(file.text()
             == R"({"key":"large_withdrawals:0:615","account":"42",)"
                R"("version":7,"amount":150000,"reference":"rent",)"
                R"("recorded_at":"2026-05-17T09:30:00.000001Z"})"
                "\n");
}

BOOST_AUTO_TEST_CASE(a_line_is_there_once_however_often_it_is_appended) {
  const written_file file;
  file.append({3, 1, 3, 2, 1});
  BOOST_TEST(file.lines() == 3);
  file.append({1, 2, 3, 4, 4});
  BOOST_TEST(file.lines() == 4);
}

BOOST_AUTO_TEST_CASE(whatever_a_crash_has_left_of_a_line_is_cut_off) {
  const written_file file;
  file.append({1, 2});
  const auto whole = file.text();
  const auto first = whole.find('\n') + 1;
  for (auto left = first; left <= whole.size(); ++left) {
    write_file(file.path, whole.substr(0, left));
    file.append({1, 2});
    BOOST_REQUIRE(file.text() == whole);
  }
}

BOOST_AUTO_TEST_CASE(text_of_any_kind_stays_one_line) {
  const written_file file;
  {
    bank::withdrawal_file opened{file.path};
    must(opened.append(line_of(1, "two\nlines, \"quoted\" and \xc3\xa9")));
  }
  BOOST_TEST(file.lines() == 1);
  file.append({1, 2});
  BOOST_TEST(file.lines() == 2);
}

BOOST_AUTO_TEST_CASE(threads_may_append_at_the_same_time) {
  const written_file file;
  {
    bank::withdrawal_file opened{file.path};
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 4; ++thread)
      threads.emplace_back([&] {
        for (std::int64_t position = 1; position <= 20; ++position)
          static_cast<void>(opened.append(line_of(position)));
      });
    for (auto& each : threads)
      each.join();
  }
  BOOST_TEST(file.lines() == 20);
}

BOOST_AUTO_TEST_CASE(a_file_belongs_to_one_at_a_time) {
  const written_file file;
  {
    bank::withdrawal_file first{file.path};
    must(first.open());
    bank::withdrawal_file second{file.path};
    BOOST_TEST(fails_with(errc::not_owner, second.open(), file.path));
  }
  file.append({1});
}

BOOST_AUTO_TEST_CASE(a_file_of_other_lines_is_left_alone) {
  const written_file file;
  for (const auto* text : {"hello\n", "{}\n",
                           R"({"key":"a","account":"","version":1,"amount":1,)"
                           R"("reference":"","recorded_at":""})"
                           "\n"}) {
    write_file(file.path, text);
    bank::withdrawal_file opened{file.path};
    BOOST_TEST(fails_with(errc::corrupt, opened.append(line_of(1)), "line 1"));
    BOOST_TEST(file.text() == text);
  }
}

BOOST_AUTO_TEST_CASE(a_file_takes_its_bound_of_lines_and_not_one_more) {
  const written_file file;
  {
    bank::withdrawal_file opened{file.path, 2};
    must(opened.append(line_of(1)));
    must(opened.append(line_of(2)));
    BOOST_TEST(fails_with(errc::limit_exceeded, opened.append(line_of(3))));
    must(opened.append(line_of(2)));
  }
  bank::withdrawal_file at_the_bound{file.path, 2};
  must(at_the_bound.open());
}

BOOST_AUTO_TEST_CASE(a_file_with_more_lines_than_its_bound_is_not_opened) {
  const written_file file;
  file.append({1, 2, 3});
  bank::withdrawal_file opened{file.path, 2};
  BOOST_TEST(fails_with(errc::limit_exceeded, opened.open()));
}

BOOST_AUTO_TEST_CASE(what_cannot_be_opened_is_said_and_tried_again) {
  const written_file file;
  const auto path = file.folder.path() + "/not/there.jsonl";
  bank::withdrawal_file opened{path};
  BOOST_TEST(fails_with(errc::unavailable, opened.append(line_of(1)), path));
  std::filesystem::create_directory(file.folder.path() + "/not");
  must(opened.append(line_of(1)));
}

// Where a disk is full, a part of a line may be written before it is known.
BOOST_AUTO_TEST_CASE(a_line_that_is_written_in_part_is_taken_back) {
  const written_file file;
  bank::withdrawal_file opened{file.path};
  must(opened.append(line_of(1)));
  const auto whole = file.text();
  {
    const file_size_limit limit{whole.size() + 10};
    BOOST_TEST(fails_with(errc::unavailable, opened.append(line_of(2)),
                          "cannot be written"));
  }
  BOOST_TEST(file.text() == whole);
  must(opened.append(line_of(2)));
  BOOST_TEST(file.lines() == 2);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
