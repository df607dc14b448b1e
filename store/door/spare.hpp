// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <utility>

namespace cafes::store {

/// One object that each thread keeps between two uses, so that most uses
/// allocate nothing. Thread: any, each has its own.
template <class Object>
class spare {
public:
  /// The thread's, if nobody else has it, or a new one.
  [[nodiscard]] static std::unique_ptr<Object> take() {
    std::unique_ptr<Object> taken;
    if (!is_gone)
      taken = std::move(of_thread().held);
    return taken ? std::move(taken) : std::make_unique<Object>();
  }

  static void give_back(std::unique_ptr<Object> used) {
    if (!is_gone)
      of_thread().held = std::move(used);
  }

private:
  struct holder {
    ~holder() { is_gone = true; }
    std::unique_ptr<Object> held;
  };

  static holder& of_thread() {
    static thread_local holder one;
    return one;
  }

  /// Trivial, hence readable when the thread's other objects have been
  /// destroyed.
  static inline thread_local bool is_gone = false;
};

} // namespace cafes::store
