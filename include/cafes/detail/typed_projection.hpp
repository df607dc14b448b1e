// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/detail/guarded.hpp>
#include <cafes/detail/projection_type.hpp>
#include <cafes/detail/typed_aggregate.hpp>
#include <cafes/projection.hpp>

#include <iterator>
#include <optional>
#include <unordered_map>
#include <utility>
#include <variant>

namespace cafes::detail {

template <projection Projection>
class typed_fold final : public page_fold {
public:
  [[nodiscard]] read_event read(const recorded_event& stored) override {
    last_.reset();
    if (!wants(stored.type))
      return {};
    auto happened = decode_stored<typename Projection::events>(stored);
    if (!happened)
      return failed(stored, parking_reason::unreadable,
                    happened.error().message);
    std::optional<std::string> key;
    auto thrown = guarded([&] {
      key = std::visit(
        [&](const auto& event) -> std::optional<std::string> {
          return Projection::key(where(stored), event);
        },
        *happened);
    });
    if (thrown)
      return failed(stored, parking_reason::handler, *std::move(thrown));
    if (!key)
      return {};
    if (auto fits = check_document_key(*key); !fits)
      return failed(stored, parking_reason::handler,
                    "the document's key: " + fits.error().message);
    last_.emplace(taken{&stored, *std::move(happened), nullptr});
    last_key_ = *key;
    return {std::move(key), {}};
  }

  void take() override {
    last_->place = &*documents_.try_emplace(std::move(last_key_)).first;
    events_.push_back(*std::move(last_));
    last_.reset();
  }

  [[nodiscard]] std::vector<std::string> keys() const override {
    std::vector<std::string> keys;
    keys.reserve(documents_.size());
    for (const auto& [key, document] : documents_)
      keys.push_back(key);
    return keys;
  }

  [[nodiscard]] std::optional<fold_failure>
  load(const keyed_document& stored) override {
    auto document = decode<typename Projection::document>(stored.data);
    if (!document)
      return about_document(stored.key, document.error().message);
    documents_[stored.key] = *std::move(document);
    return {};
  }

  [[nodiscard]] std::optional<fold_failure>
  fold(std::atomic<const recorded_event*>& at) override {
    for (const auto& one : events_) {
      at = one.stored;
      auto thrown = guarded([&] {
        std::visit(
          [&](const auto& event) {
            Projection::apply(one.place->second, where(*one.stored), event);
          },
          one.happened);
      });
      if (thrown)
        return fold_failure{one.stored, one.place->first,
                            parking_reason::handler, *std::move(thrown)};
    }
    changed_.reserve(documents_.size());
    for (const auto& [key, document] : documents_) {
      auto data = encode(document);
      if (!data)
        return made_document(key, data.error().message);
      changed_.push_back({key, *std::move(data)});
    }
    return {};
  }

  [[nodiscard]] std::vector<keyed_document> changed() override {
    return std::move(changed_);
  }

private:
  using documents
    = std::unordered_map<std::string, typename Projection::document>;

  struct taken {
    const recorded_event* stored;
    typename Projection::events::variant happened;
    typename documents::value_type* place;
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

  static read_event failed(const recorded_event& stored, parking_reason reason,
                           std::string message) {
    return {{}, fold_failure{&stored, {}, reason, std::move(message)}};
  }

  /// Whichever made it so, without the last event it may be small enough.
  std::optional<fold_failure> made_document(const std::string& key,
                                            std::string message) const {
    fold_failure failed{nullptr, key, parking_reason::document,
                        std::move(message), true};
    for (const auto& one : events_)
      if (one.place->first == key)
        failed.event = one.stored;
    return failed;
  }

  /// It was so before: the first of the key is named.
  std::optional<fold_failure> about_document(const std::string& key,
                                             std::string message) const {
    for (const auto& one : events_)
      if (one.place->first == key)
        return fold_failure{one.stored, key, parking_reason::document,
                            std::move(message)};
    return fold_failure{nullptr, key, parking_reason::document,
                        std::move(message)};
  }

  std::optional<taken> last_;
  std::string last_key_;
  std::vector<taken> events_;
  documents documents_;
  std::vector<keyed_document> changed_;
};

/// The table of functions of a projection.
template <projection Projection>
projection_type make_projection_type(const projection_options& options = {}) {
  static_assert(check_projection<Projection>::passed);
  projection_type type;
  type.options = options;
  type.name = std::string{Projection::name};
  type.version = Projection::version;
  type.shape = shape_of<typename Projection::document>();
  if constexpr (has_index_names<Projection>)
    type.indexed.assign(std::begin(Projection::indexed),
                        std::end(Projection::indexed));
  type.start_page = [] { return std::make_unique<typed_fold<Projection>>(); };
  Projection::events::each([&]<class Event>(std::size_t) {
    type.events.push_back(event_type_of<Event>());
  });
  return type;
}

} // namespace cafes::detail
