// SPDX-License-Identifier: MIT
#include "tests/simulation/answer_check.hpp"

#include <algorithm>
#include <cstdint>

namespace cafes::test {

namespace {

std::string shown(const detail::erased_outcome::accepted& answer) {
  return "version " + std::to_string(answer.at_version.value()) + " position "
         + std::to_string(answer.at_position.value())
         + (answer.repeated ? " (repeated)" : "");
}

} // namespace

void answer_check::hear(const sending& sent) {
  stored_->catch_up();
  if (sent.promises_nothing() && stored_->find(sent) != nullptr)
    around_->fail("nothing stored",
                  sent.what + " is stored and was answered otherwise");
  if (const auto* answer = sent.accepted())
    check_accepted(sent, *answer);
  else if (const auto* refusal = sent.refused())
    check_refused(sent, refusal->value);
  else
    check_failed(sent, *sent.failed());
}

void answer_check::check_accepted(const sending& sent, const accepted& answer) {
  if (answer.repeated)
    check_repeated(sent, answer);
  else if (answer.at_position == position{})
    check_nothing(sent, answer);
  else
    check_first(sent, answer);
}

void answer_check::check_first(const sending& sent, const accepted& answer) {
  const auto* place = stored_->find(sent);
  if (place == nullptr || place->last_version != answer.at_version
      || place->last_position != answer.at_position)
    around_->fail("accepted is stored",
                  sent.what + " is not stored at " + shown(answer));
}

/// It had nothing to store, on a state that was durable meanwhile.
void answer_check::check_nothing(const sending& sent, const accepted& answer) {
  const auto& in = stored_->of(sent.stream);
  if (answer.at_version < sent.durable_before || answer.at_version > in.last())
    return around_->fail("accepted is stored",
                         sent.what + " was not stored by " + shown(answer));
  const auto made = in.at(answer.at_version).decide(sent.asked, {{}, sent.id});
  if (!made || made->refused || !made->events.empty())
    around_->fail("accepted is stored",
                  sent.what + " had something to store at " + shown(answer));
}

void answer_check::check_repeated(const sending& sent, const accepted& answer) {
  if (const auto* first = stored_->find_id(sent)) {
    if (first->last_version != answer.at_version
        || first->last_position != answer.at_position)
      around_->fail("the first answer again",
                    sent.what + " got " + shown(answer) + ", stored at version "
                      + std::to_string(first->last_version.value()));
    return;
  }
  const bool had_nothing_to_store
    = std::any_of(sent_->begin(), sent_->end(), [&](const sending& other) {
        return other.number != sent.number && other.stream == sent.stream
               && other.id == sent.id && !other.id.is_nil();
      });
  if (!had_nothing_to_store || answer.at_position != position{}
      || answer.at_version > stored_->of(sent.stream).last())
    around_->fail("the first answer again",
                  sent.what + " got " + shown(answer) + " of nothing");
}

void answer_check::check_refused(const sending& sent, int refusal) {
  const auto& in = stored_->of(sent.stream);
  const auto* first = stored_->find_id(sent);
  if (first != nullptr && first->last_version <= sent.durable_before)
    return around_->fail("the first answer again",
                         sent.what + " was refused, but its id was stored");
  for (auto at = sent.durable_before; at <= in.last(); at = at.next()) {
    const auto made = in.at(at).decide(sent.asked, {{}, sent.id});
    if (made && made->refused && made->refused->value == refusal)
      return;
  }
  around_->fail("refused on a durable state",
                sent.what + " had no reason to be refused from version "
                  + std::to_string(sent.durable_before.value()) + " to "
                  + std::to_string(in.last().value()));
}

void answer_check::check_failed(const sending& sent, const error& why) {
  if (!is_explained(sent, why))
    around_->fail("errors have a cause",
                  sent.what + " got " + describe(why) + " without a cause");
}

bool answer_check::is_explained(const sending& sent, const error& why) {
  switch (why.code) {
    case errc::unavailable:
      // Also of an aggregate that ends because of the lost log.
      return around_->is_disturbed || around_->has_lost_log;
    case errc::version_conflict:
      return around_->is_disturbed;
    case errc::outcome_unknown:
      return around_->is_disturbed || sent.is_expired;
    case errc::deadline_exceeded:
      return sent.is_expired;
    case errc::not_owner:
      return around_->has_lost_log;
    case errc::overloaded:
      return waiting_with(sent) >= around_->like.queue_max;
    case errc::command_id_reused:
      return is_id_of_another(sent);
    case errc::invalid_argument:
      return sent.is_poisoned;
    default:
      return false;
  }
}

bool answer_check::is_id_of_another(const sending& sent) {
  return std::any_of(sent_->begin(), sent_->end(), [&](const sending& other) {
    return other.stream == sent.stream && other.id == sent.id
           && !sent.id.is_nil() && other.asked.hash != sent.asked.hash
           && (stored_->find(other) != nullptr || other.accepted() != nullptr
               || other.is_expired);
  });
}

std::size_t answer_check::waiting_with(const sending& sent) const {
  return static_cast<std::size_t>(
    std::count_if(sent_->begin(), sent_->end(), [&](const sending& other) {
      return other.number != sent.number && other.stream == sent.stream
             && (other.is_pending() || other.is_expired);
    }));
}

} // namespace cafes::test
