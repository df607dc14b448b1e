// SPDX-License-Identifier: MIT
#include <cafes/detail/assert.hpp>
#include <cafes/error.hpp>

#include <algorithm>
#include <array>

namespace cafes {

namespace {

constexpr auto explanations = std::to_array<error_explanation>({
  {errc::version_conflict, "version_conflict",
   "the stream is not at the version that the append expected",
   "load the stream again and decide again"},
  {errc::command_id_reused, "command_id_reused",
   "the command id was used before for a different command",
   "give each command an id of its own"},
  {errc::overloaded, "overloaded",
   "more commands are under way than the settings allow",
   "wait and send again with the same command id"},
  {errc::deadline_exceeded, "deadline_exceeded",
   "the time given was over before the work was begun or done",
   "send again with the same command id marked as a retry, or allow more time"},
  {errc::not_owner, "not_owner",
   "another process owns the log, or this one has lost it",
   "send to the owner, or stop it and start again"},
  {errc::moved, "moved", "the stream belongs to another node now",
   "look up the owner and send again with the same command id"},
  {errc::unavailable, "unavailable",
   "the store cannot be reached or cannot write; nothing was stored",
   "check the store and send again with the same command id"},
  {errc::outcome_unknown, "outcome_unknown",
   "the command may or may not have been stored",
   "send again with the same command id marked as a retry"},
  {errc::stream_not_found, "stream_not_found", "no event has this stream name",
   "check category and key"},
  {errc::limit_exceeded, "limit_exceeded",
   "a size or a count is above what can be stored",
   "store less in one event, or fewer events in one command"},
  {errc::unknown_type, "unknown_type",
   "a stored event or a command has a type that this program does not know",
   "register the type, or run the version of the program that knows it"},
  {errc::incompatible_schema, "incompatible_schema",
   "what is stored has another shape than this program",
   "raise the schema version, or run the matching version of the program"},
  {errc::corrupt, "corrupt",
   "stored bytes or the program's own code do not do what they promise",
   "stop, keep a copy of the store, and read the message"},
  {errc::log_truncated, "log_truncated",
   "the log ends before events that had been acknowledged",
   "restore the database that holds them before going on"},
  {errc::shutting_down, "shutting_down", "the runtime is being stopped",
   "send to another process, or after the restart"},
  {errc::invalid_argument, "invalid_argument",
   "what was given does not have the right form",
   "mend what the message names"},
});

} // namespace

std::span<const error_explanation> all_errors() {
  return explanations;
}

const error_explanation& explain(errc code) {
  const auto found = std::find_if(explanations.begin(), explanations.end(),
                                  [code](const auto& explained) {
                                    return explained.code == code;
                                  });
  CAFES_ASSERT(found != explanations.end());
  return *found;
}

std::string_view to_string(errc code) {
  return explain(code).name;
}

std::string describe(const error& failed) {
  const auto& explained = explain(failed.code);
  return std::string{explained.name} + ": " + failed.message + " ("
         + std::string{explained.remedy} + ")";
}

} // namespace cafes
