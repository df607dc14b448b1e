// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/detail/typed_aggregate.hpp>
#include <cafes/detail/typed_projection.hpp>
#include <cafes/detail/typed_reactor.hpp>

#include <memory>
#include <utility>
#include <vector>

namespace cafes {

/// The aggregates, projections and reactors of a service. The types are checked
/// when they are named here, at compile time. Thread: one at a time.
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

  template <cafes::reactor Reactor>
  definition& reactor(Reactor instance, const reactor_options& options = {}) {
    auto shared = std::make_shared<Reactor>(std::move(instance));
    auto open = [shared]() -> expected<std::shared_ptr<Reactor>> {
      return shared;
    };
    return reactor<Reactor>(std::move(open), options);
  }

  /// A reactor with resources that only who reacts may hold: `open` is called
  /// whenever this process begins to react, on a thread of the reactor's and
  /// within handler_time_max. Where it fails, it is called again later.
  template <cafes::reactor Reactor, detail::opens<Reactor> Open>
  definition& reactor(Open open, const reactor_options& options = {}) {
    reactors_.push_back(
      detail::make_reactor_type<Reactor>(std::move(open), options));
    return *this;
  }

  [[nodiscard]] const std::vector<detail::aggregate_type>& aggregates() const {
    return aggregates_;
  }

  [[nodiscard]] const std::vector<detail::projection_type>&
  projections() const {
    return projections_;
  }

  [[nodiscard]] const std::vector<detail::reactor_type>& reactors() const {
    return reactors_;
  }

private:
  std::vector<detail::aggregate_type> aggregates_;
  std::vector<detail::projection_type> projections_;
  std::vector<detail::reactor_type> reactors_;
};

} // namespace cafes
