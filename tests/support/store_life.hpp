// SPDX-License-Identifier: MIT
#pragma once

#include "store/log_store.hpp"
#include "tests/support/acknowledged_log.hpp"
#include "tests/support/faulty_vfs.hpp"
#include "tests/support/scratch_folder.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cafes::test {

/// The life of a SQLite store on a disk that fails: made, owned, written to,
/// read by a view, closed. What fails is tried again, as its error says.
/// Throws where something is not true.
class store_life {
public:
  /// Returns how many calls failed. The fault is over when a deed has failed
  /// twice, and at the end.
  int live(const disk_fault& fault);

  /// On the disk below: what was acknowledged is there after the store was
  /// closed, and after the power went before or behind that.
  void check_what_is_left();

private:
  template <class Deed>
  auto at_last(const std::string& doing, Deed deed);
  void open();
  void append_all();
  void append(std::vector<store::append_request> asked);
  [[nodiscard]] std::vector<store::append_outcome>
  settle(const std::vector<store::append_request>& asked);
  [[nodiscard]] store::append_request to(const std::string& name, int events,
                                         bool loaded = true);
  void commit_view();
  void check_folder(const std::string& folder, bool may_fall_back);
  void check_view(store::log_store& opened, bool may_fall_back) const;

  scratch_folder closed_;
  scratch_folder power_lost_open_;
  scratch_folder power_lost_closed_;
  std::optional<faulty_vfs> disk_{std::in_place};
  std::unique_ptr<store::log_store> store_;
  std::unique_ptr<store::log_writer_session> writer_;
  std::unique_ptr<store::view_writer> view_;
  store::type_id type_;
  acknowledged_log acknowledged_;
  position viewed_;
  int commands_ = 0;
  int payloads_ = 0;
};

} // namespace cafes::test
