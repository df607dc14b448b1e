// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/detail/projection_type.hpp>
#include <cafes/detail/typed_aggregate.hpp>
#include <cafes/projection.hpp>

#include <exception>
#include <map>
#include <optional>
#include <utility>
#include <variant>

namespace cafes::detail {

template <projection Projection>
class typed_fold final : public page_fold {
public:
  [[nodiscard]] expected<void> add(const recorded_event& stored) override {
    if (!wants(stored.type))
      return {};
    auto happened = decode_stored<typename Projection::events>(stored);
    if (!happened)
      return failure_of(happened);
    std::optional<std::string> key;
    auto keyed = guarded(stored, [&] {
      key = std::visit(
        [&](const auto& event) -> std::optional<std::string> {
          return Projection::key(where(stored), event);
        },
        *happened);
    });
    if (!keyed || !key)
      return keyed;
    if (auto fits = check_document_key(*key); !fits)
      return failure(errc::corrupt, place_of(stored) + "the document's key: "
                                      + fits.error().message);
    documents_.try_emplace(*key);
    events_.push_back({&stored, *std::move(happened), *std::move(key)});
    return {};
  }

  [[nodiscard]] std::vector<std::string> keys() const override {
    std::vector<std::string> keys;
    keys.reserve(documents_.size());
    for (const auto& [key, document] : documents_)
      keys.push_back(key);
    return keys;
  }

  [[nodiscard]] expected<void> load(const keyed_document& stored) override {
    auto document = decode<typename Projection::document>(stored.data);
    if (!document)
      return failure(errc::corrupt, std::string{Projection::name} + " document "
                                      + stored.key + ": "
                                      + document.error().message);
    documents_[stored.key] = *std::move(document);
    return {};
  }

  [[nodiscard]] expected<std::vector<keyed_document>> fold() override {
    for (const auto& one : events_) {
      auto applied = guarded(*one.stored, [&] {
        std::visit(
          [&](const auto& event) {
            Projection::apply(documents_[one.key], where(*one.stored), event);
          },
          one.happened);
      });
      if (!applied)
        return failure_of(applied);
    }
    std::vector<keyed_document> changed;
    changed.reserve(documents_.size());
    for (const auto& [key, document] : documents_) {
      auto data = encode(document);
      if (!data)
        return failure(errc::corrupt,
                       std::string{Projection::name} + " document " + key
                         + " cannot be stored: " + data.error().message);
      changed.push_back({key, *std::move(data)});
    }
    return changed;
  }

private:
  struct added {
    const recorded_event* stored;
    typename Projection::events::variant happened;
    std::string key;
  };

  static bool wants(std::string_view type) {
    bool wanted = false;
    Projection::events::each([&]<class Event>(std::size_t) {
      wanted = wanted || Event::event_name == type;
    });
    return wanted;
  }

  static event_context where(const recorded_event& stored) {
    return {stored.stream, stored.at_version, stored.at, stored.recorded_at,
            stored.from};
  }

  static std::string place_of(const recorded_event& stored) {
    return std::string{Projection::name} + " at position "
           + std::to_string(stored.at.value()) + " (" + to_string(stored.stream)
           + ", " + stored.type + "): ";
  }

  /// The user's functions may throw; the event at fault is named.
  template <class Step>
  static expected<void> guarded(const recorded_event& stored, Step&& step) {
    try {
      step();
      return {};
    } catch (const std::exception& thrown) {
      return failure(errc::corrupt,
                     place_of(stored) + "the handler threw: " + thrown.what());
    }
  }

  std::vector<added> events_;
  std::map<std::string, typename Projection::document> documents_;
};

/// The table of functions of a projection.
template <projection Projection>
projection_type make_projection_type() {
  static_assert(check_projection<Projection>::passed);
  projection_type type;
  type.name = std::string{Projection::name};
  type.version = Projection::version;
  type.shape = shape_of<typename Projection::document>();
  type.start_page = [] { return std::make_unique<typed_fold<Projection>>(); };
  Projection::events::each([&]<class Event>(std::size_t) {
    type.events.push_back(event_type_of<Event>());
  });
  return type;
}

} // namespace cafes::detail
