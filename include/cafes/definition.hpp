// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/detail/typed_aggregate.hpp>
#include <cafes/detail/typed_projection.hpp>

#include <vector>

namespace cafes {

/// The aggregates and projections of a service. The types are checked when
/// they are named here, at compile time. Thread: one at a time.
class definition {
public:
  template <decider Decider>
  definition& aggregate(const aggregate_options& options = {}) {
    aggregates_.push_back(detail::make_aggregate_type<Decider>(options));
    return *this;
  }

  template <cafes::projection Projection>
  definition& projection(const projection_options& options = {}) {
    projections_.push_back(detail::make_projection_type<Projection>(options));
    return *this;
  }

  [[nodiscard]] const std::vector<detail::aggregate_type>& aggregates() const {
    return aggregates_;
  }

  [[nodiscard]] const std::vector<detail::projection_type>&
  projections() const {
    return projections_;
  }

private:
  std::vector<detail::aggregate_type> aggregates_;
  std::vector<detail::projection_type> projections_;
};

} // namespace cafes
