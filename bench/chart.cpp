// SPDX-License-Identifier: MIT
#include "bench/chart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <sstream>

namespace cafes::bench {

namespace {

// In pixels.
constexpr double names_end = 190;
constexpr double bars_end = 560;
constexpr double latencies_start = 680;
constexpr double latencies_end = 960;
constexpr double width = 990;
constexpr double top = 60;
constexpr double row_height = 26;
constexpr double bar_height = 14;

/// A bar that is this much more than reached ends at the picture's edge.
constexpr double score_max = 2;
constexpr double latency_us_min = 10;
constexpr double latency_us_max = 1'000'000;

constexpr auto reached_color = "#2e7d4f";
constexpr auto missed_color = "#b5472f";
constexpr auto open_color = "#6b7a8c";

/// 1 is the bar; without a bar, the ratio itself.
double score(const figure& shown, double ratio) {
  const auto bar = shown.bar.value_or(1);
  return shown.wanted == better::higher ? ratio / bar : bar / ratio;
}

double x_of_score(double value) {
  return names_end
         + std::clamp(value / score_max, 0.0, 1.0) * (bars_end - names_end);
}

double x_of_latency(double microseconds) {
  const auto part = std::log(microseconds / latency_us_min)
                    / std::log(latency_us_max / latency_us_min);
  return latencies_start
         + std::clamp(part, 0.0, 1.0) * (latencies_end - latencies_start);
}

/// Collects elements; what they look like is in the style at the top.
class picture {
public:
  void text(double x, double y, const char* kind, const std::string& shown) {
    fmt::format_to(std::back_inserter(body_),
                   "<text x=\"{:.1f}\" y=\"{:.1f}\" class=\"{}\">{}</text>\n",
                   x, y, kind, escaped(shown));
  }

  void line(double x1, double y1, double x2, double y2, const char* kind) {
    fmt::format_to(std::back_inserter(body_),
                   "<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" "
                   "y2=\"{:.1f}\" class=\"{}\"/>\n",
                   x1, y1, x2, y2, kind);
  }

  void bar(double x1, double y, double x2, const char* color) {
    fmt::format_to(std::back_inserter(body_),
                   "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" "
                   "height=\"{}\" fill=\"{}\"/>\n",
                   x1, y, std::max(x2 - x1, 1.0), bar_height, color);
  }

  void dot(double x, double y, const char* color) {
    fmt::format_to(
      std::back_inserter(body_),
      "<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"4\" fill=\"{}\"/>\n", x, y,
      color);
  }

  [[nodiscard]] std::string finish(double height) const {
    return fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" "
      "height=\"{1}\" viewBox=\"0 0 {0} {1}\">\n"
      "<style>text{{font:12px sans-serif;fill:#222}}.end{{text-anchor:end}}"
      ".middle{{text-anchor:middle}}.head{{font-weight:bold}}"
      ".small{{font-size:10px;fill:#666}}line{{stroke:#222}}"
      ".grid{{stroke:#ddd}}.mark{{stroke-dasharray:4 3}}</style>\n"
      "<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n{2}</svg>\n",
      width, height, body_);
  }

private:
  static std::string escaped(const std::string& text) {
    std::string safe;
    for (const auto one : text) {
      if (one == '<')
        safe += "&lt;";
      else if (one == '&')
        safe += "&amp;";
      else
        safe += one;
    }
    return safe;
  }

  std::string body_;
};

void draw_axes(picture& onto, double bottom) {
  onto.text(names_end, 22, "head", "ratio, as a part of its bar");
  onto.text(latencies_start, 22, "head", "latency, p50 and p99");
  for (const auto at : {0.5, 1.0, 1.5, 2.0}) {
    onto.line(x_of_score(at), top - 6, x_of_score(at), bottom,
              at == 1.0 ? "mark" : "grid");
    onto.text(x_of_score(at), top - 12, "middle", fmt::format("{}", at));
  }
  const std::pair<double, const char*> marks[]
    = {{10, "10 us"},  {100, "100 us"}, {1e3, "1 ms"},
       {1e4, "10 ms"}, {1e5, "100 ms"}, {1e6, "1 s"}};
  for (const auto& [at, label] : marks) {
    onto.line(x_of_latency(at), top - 6, x_of_latency(at), bottom, "grid");
    onto.text(x_of_latency(at), top - 12, "middle", label);
  }
}

void draw_ratio(picture& onto, const figure& shown, double y) {
  if (!shown.ratio) {
    onto.text(names_end + 6, y + 11, "small",
              fmt::format("{:.0f} {}", shown.value.median, shown.unit));
    return;
  }
  const auto* const color = !shown.bar           ? open_color
                            : reaches_bar(shown) ? reached_color
                                                 : missed_color;
  const auto middle = y + bar_height / 2;
  onto.bar(names_end, y, x_of_score(score(shown, shown.ratio->median)), color);
  onto.line(x_of_score(score(shown, shown.ratio->low)), middle,
            x_of_score(score(shown, shown.ratio->high)), middle, "");
  const auto bar = shown.bar
                     ? fmt::format(" of {}{:g}",
                                   shown.wanted == better::higher ? "" : "max ",
                                   *shown.bar)
                     : std::string{", no bar"};
  onto.text(bars_end + 8, y + 11, "",
            fmt::format("{:.2f}{}", shown.ratio->median, bar));
}

void draw_latency(picture& onto, const figure& shown, double y) {
  if (shown.p50_us <= 0)
    return;
  const auto middle = y + bar_height / 2;
  onto.line(x_of_latency(shown.p50_us), middle, x_of_latency(shown.p99_us),
            middle, "");
  onto.dot(x_of_latency(shown.p50_us), middle, reached_color);
  onto.dot(x_of_latency(shown.p99_us), middle, open_color);
}

} // namespace

std::string chart_of(const std::vector<figure>& figures,
                     const std::string& caption) {
  picture drawn;
  auto y = top + row_height * static_cast<double>(figures.size());
  draw_axes(drawn, y);
  for (std::size_t row = 0; row < figures.size(); ++row) {
    const auto at = top + row_height * static_cast<double>(row);
    drawn.text(names_end - 8, at + 11, "end", figures[row].name);
    draw_ratio(drawn, figures[row], at);
    draw_latency(drawn, figures[row], at);
  }
  std::istringstream lines{caption};
  for (std::string line; std::getline(lines, line);)
    drawn.text(16, y += 18, "small", line);
  return drawn.finish(y + 16);
}

} // namespace cafes::bench
