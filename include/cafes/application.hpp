// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/definition.hpp>
#include <cafes/runtime.hpp>

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cafes {

/// What a program's own verb works with.
class verb_context {
public:
  verb_context(cafes::runtime& service,
               std::map<std::string, std::string> given)
    : runtime_{service}, given_{std::move(given)} {}

  [[nodiscard]] cafes::runtime& runtime() const { return runtime_; }

  /// The text of an argument or option by its name, "FILE" or "--overdraft";
  /// the default where nothing was given.
  [[nodiscard]] const std::string& operator[](const std::string& name) const {
    return given_.at(name);
  }

private:
  cafes::runtime& runtime_;
  std::map<std::string, std::string> given_;
};

/// A verb that a program adds to those that every application has.
struct verb {
  struct parameter {
    /// "FILE" for a required argument, "--overdraft" for an option.
    std::string name;
    std::string help;
    std::string fallback;
  };

  std::string name;
  std::string help;
  std::vector<parameter> parameters;
  /// Returns the exit code: 0 done, 1 a negative finding.
  std::function<int(verb_context&)> run;
};

/// An option that every verb of a program takes, and that changes its service:
/// adds a reactor with a file that is named, say.
struct program_option {
  /// "--large-withdrawals", with help and fallback.
  verb::parameter what;
  /// Called once with the text that was given, or the fallback, before the verb
  /// is run. Errors: the verb is not run.
  std::function<expected<void>(definition&, const std::string&)> apply;
};

/// A whole program around a service: reads settings, starts the runtime and
/// offers the verbs `send`, `view`, `stream` and `store`, plus its own.
/// stdout is data, stderr is talk.
class application {
public:
  explicit application(std::string name);

  template <decider Decider>
  application& aggregate(const aggregate_options& options = {}) {
    service_.aggregate<Decider>(options);
    return *this;
  }

  template <cafes::projection Projection>
  application& projection(const projection_options& options = {}) {
    service_.projection<Projection>(options);
    return *this;
  }

  template <cafes::reactor Reactor>
  application& reactor(Reactor instance, const reactor_options& options = {}) {
    service_.reactor<Reactor>(std::move(instance), options);
    return *this;
  }

  application& add(verb own);
  application& add(program_option own);

  /// Parses the command line and runs the verb. Exit codes: 0 done, 1 a
  /// negative finding (refused, not found), 64 wrong usage, 65 bad data,
  /// 69 unavailable, 70 a fault of ours, 75 try again.
  [[nodiscard]] int main(int argc, char** argv);

private:
  std::string name_;
  definition service_;
  std::vector<verb> verbs_;
  std::vector<program_option> options_;
};

} // namespace cafes
