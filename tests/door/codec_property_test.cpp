// SPDX-License-Identifier: MIT
#include "tests/door/records.hpp"

#include <rapidcheck/boost_test.h>

#include <cmath>
#include <cstring>

// What is written is read back, whatever it is.

namespace rc {

using cafes::test::colour;
using cafes::test::drawing;
using cafes::test::line;
using cafes::test::numbers;
using cafes::test::point;

/// Text of any code points but NUL and surrogates, which no backend keeps.
inline Gen<std::string> storable_text() {
  const auto code_point = gen::suchThat(
    gen::weightedOneOf<std::uint32_t>({{6, gen::inRange(1U, 0x80U)},
                                       {2, gen::inRange(0x80U, 0x3000U)},
                                       {1, gen::inRange(0x3000U, 0x110000U)}}),
    [](std::uint32_t code) { return code < 0xD800 || code > 0xDFFF; });
  return gen::map(gen::container<std::vector<std::uint32_t>>(code_point),
                  [](const std::vector<std::uint32_t>& code_points) {
                    std::string text;
                    const auto put = [&](std::uint32_t bits) {
                      text.push_back(static_cast<char>(bits));
                    };
                    for (const auto code : code_points) {
                      if (code < 0x80) {
                        put(code);
                        continue;
                      }
                      if (code < 0x800) {
                        put(0xC0 | (code >> 6));
                      } else {
                        if (code < 0x10000) {
                          put(0xE0 | (code >> 12));
                        } else {
                          put(0xF0 | (code >> 18));
                          put(0x80 | ((code >> 12) & 0x3F));
                        }
                        put(0x80 | ((code >> 6) & 0x3F));
                      }
                      put(0x80 | (code & 0x3F));
                    }
                    return text;
                  });
}

/// Any finite double by its bits.
inline Gen<double> finite_number() {
  return gen::suchThat(gen::map(gen::arbitrary<std::uint64_t>(),
                                [](std::uint64_t bits) {
                                  double number = 0;
                                  std::memcpy(&number, &bits, sizeof number);
                                  return number;
                                }),
                       [](double number) { return std::isfinite(number); });
}

template <>
struct Arbitrary<point> {
  static Gen<point> arbitrary() {
    return gen::build<point>(gen::set(&point::x), gen::set(&point::y));
  }
};

template <>
struct Arbitrary<line> {
  static Gen<line> arbitrary() {
    return gen::build<line>(
      gen::set(&line::text, storable_text()),
      gen::set(&line::at, gen::map(gen::maybe(gen::arbitrary<point>()),
                                   [](const Maybe<point>& at) {
                                     return at ? std::optional{*at}
                                               : std::nullopt;
                                   })),
      gen::set(&line::tags,
               gen::container<std::vector<std::string>>(storable_text())));
  }
};

template <>
struct Arbitrary<drawing> {
  static Gen<drawing> arbitrary() {
    return gen::build<drawing>(
      gen::set(&drawing::visible),
      gen::set(&drawing::ink, gen::element(colour::red, colour::green)),
      gen::set(&drawing::scale, finite_number()), gen::set(&drawing::corner),
      gen::set(&drawing::lines));
  }
};

template <>
struct Arbitrary<numbers> {
  static Gen<numbers> arbitrary() {
    return gen::build<numbers>(
      gen::set(&numbers::tiny), gen::set(&numbers::byte),
      gen::set(&numbers::small), gen::set(&numbers::medium),
      gen::set(&numbers::natural), gen::set(&numbers::large),
      gen::set(&numbers::largest), gen::set(&numbers::single),
      gen::set(&numbers::real, finite_number()));
  }
};

} // namespace rc

namespace cafes::test {

namespace {

template <class Value>
void check_round_trip(const Value& value) {
  const auto text = encode(value);
  RC_ASSERT(text.has_value());
  const auto back = decode<Value>(*text, unknown_fields::refused);
  RC_ASSERT(back.has_value());
  RC_ASSERT(*back == value);
  RC_ASSERT(encode(*back).value() == *text);
}

} // namespace

BOOST_AUTO_TEST_SUITE(codec_property)

RC_BOOST_PROP(texts_are_read_back, ()) {
  check_round_trip(*rc::storable_text());
}

RC_BOOST_PROP(numbers_are_read_back, (const numbers& value)) {
  check_round_trip(value);
}

RC_BOOST_PROP(nested_values_are_read_back, (const drawing& value)) {
  check_round_trip(value);
}

RC_BOOST_PROP(any_bytes_are_read_or_refused, (const std::string& bytes)) {
  const auto read = decode<std::string>("\"" + bytes + "\"");
  if (read)
    RC_ASSERT(encode(*read).has_value());
}

RC_BOOST_PROP(any_bytes_are_written_and_read_back_or_refused,
              (const std::string& bytes)) {
  const auto text = encode(bytes);
  if (text)
    RC_ASSERT(decode<std::string>(*text).value() == bytes);
}

RC_BOOST_PROP(a_damaged_text_is_read_or_refused,
              (const drawing& value, std::size_t place, char damage)) {
  auto text = encode(value).value();
  text[place % text.size()] = damage;
  const auto read = decode<drawing>(text);
  if (read)
    RC_ASSERT(encode(*read).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
