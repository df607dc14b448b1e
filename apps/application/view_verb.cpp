// SPDX-License-Identifier: MIT
#include "apps/application/condition_text.hpp"
#include "apps/application/document_json.hpp"
#include "apps/application/program.hpp"
#include "apps/application/table.hpp"
#include "apps/application/view_follow.hpp"

#include <cafes/limits.hpp>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstddef>
#include <iostream>
#include <limits>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace cafes::program {

namespace {

using nlohmann::json;

constexpr std::chrono::seconds catch_up_max{60};

struct view_arguments {
  std::string projection;
  std::string key;
  std::vector<std::string> where;
  view_selection select;
  bool descending = false;
  bool follow = false;
  bool count = false;
  std::optional<std::string> summed;
  std::size_t limit = std::numeric_limits<std::size_t>::max();
  bool as_json = false;
};

std::string text_of(const json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

void print_table(const std::vector<json>& documents) {
  table shown;
  if (!documents.empty()) {
    std::vector<std::string> head{"key"};
    for (const auto& field : documents.front().items())
      if (field.key() != "key")
        head.push_back(field.key());
    shown.add(head);
    for (const auto& document : documents) {
      std::vector<std::string> row;
      for (const auto& name : head)
        row.push_back(document.contains(name) ? text_of(document[name]) : "");
      shown.add(row);
    }
  }
  shown.print(std::cout);
}

/// The projection that is asked for, caught up with the log as it is now;
/// whether others are does not matter.
freshness up_to_now(runtime& service) {
  return {service.status().head, catch_up_max};
}

expected<std::vector<json>> read_all(runtime& service,
                                     const view_arguments& asked) {
  const auto fresh = up_to_now(service);
  std::vector<json> documents;
  view_query query{asked.select, {}, asked.descending, 0};
  while (documents.size() < asked.limit) {
    query.limit = std::min(asked.limit - documents.size(),
                           limits::page_documents_max);
    auto page = service.query_documents(asked.projection, query, fresh);
    if (!page)
      return failure_of(page);
    for (const auto& [key, data] : page->documents)
      documents.push_back(with_key(key, data));
    if (!page->more_after)
      break;
    query.after_key = *page->more_after;
  }
  return documents;
}

/// Conditions are read by the types of the fields. That there is no such
/// projection is for the runtime to say.
expected<view_selection> selection_of(const definition& service,
                                      const view_arguments& asked) {
  auto selected = asked.select;
  for (const auto& type : service.projections()) {
    if (type.name != asked.projection)
      continue;
    for (const auto& text : asked.where) {
      auto read = condition_in(text, type.shape);
      if (!read)
        return failure(read.error().code,
                       asked.projection + ": " + read.error().message);
      selected.where.push_back(*std::move(read));
    }
  }
  return selected;
}

int view_one(runtime& service, const view_arguments& asked) {
  auto found = service.find_document(asked.projection, asked.key,
                                     up_to_now(service));
  if (!found)
    return report(found.error());
  if (!*found) {
    std::cerr << asked.projection << " has no document " << asked.key << '\n';
    return 1;
  }
  const auto document = with_key(asked.key, **found);
  if (asked.as_json)
    std::cout << document.dump(2) << '\n';
  else
    print_table({document});
  return 0;
}

int print_total(const expected<view_total>& found, const char* what,
                bool as_json) {
  if (!found)
    return report(found.error());
  if (as_json)
    std::cout << json{{what, found->value},
                      {"checkpoint", found->checkpoint.value()}}
                   .dump(2)
              << '\n';
  else
    std::cout << found->value << '\n';
  return 0;
}

int view_all(runtime& service, const view_arguments& asked) {
  auto documents = read_all(service, asked);
  if (!documents)
    return report(documents.error());
  if (asked.as_json)
    std::cout << json(*documents).dump(2) << '\n';
  else
    print_table(*documents);
  return 0;
}

/// A page, since that is what is watched.
view_query followed(const view_arguments& asked) {
  view_query query{asked.select, {}, asked.descending, 0};
  query.limit = std::min(asked.limit, limits::page_documents_max);
  if (!asked.key.empty())
    query.select.from_key = query.select.to_key = asked.key;
  return query;
}

int view(const invocation& run, view_arguments asked) {
  auto selected = selection_of(run.service, asked);
  if (!selected)
    return report(selected.error());
  asked.select = *std::move(selected);
  std::optional<stop_request> stop;
  if (asked.follow)
    stop.emplace();
  auto service = start_reading(run);
  if (!service)
    return report(service.error());
  if (asked.follow)
    return follow_view(*service, asked.projection, followed(asked), *stop);
  if (!asked.key.empty())
    return view_one(*service, asked);
  if (asked.count)
    return print_total(service->count_documents(asked.projection, asked.select,
                                                up_to_now(*service)),
                       "count", asked.as_json);
  if (asked.summed)
    return print_total(service->sum_documents(asked.projection, *asked.summed,
                                              asked.select,
                                              up_to_now(*service)),
                       "sum", asked.as_json);
  return view_all(*service, asked);
}

void add_selection(CLI::App& command, view_arguments& asked, CLI::Option& key) {
  command
    .add_option("--where", asked.where,
                "Only these, as 'balance<0'; all of several")
    ->type_name("CONDITION")
    ->allow_extra_args(false)
    ->check(is_condition())
    ->excludes(&key);
  const auto add = [&](const char* name, std::string& value, const char* help) {
    command.add_option(name, value, help)->type_name("KEY")->excludes(&key);
  };
  add("--from", asked.select.from_key, "Keys from this one on");
  add("--to", asked.select.to_key, "Keys up to this one");
  add("--prefix", asked.select.key_prefix, "Keys that begin so");
}

} // namespace

void add_view(CLI::App& program, invocation& run) {
  auto* command = program.add_subcommand("view",
                                         "Show the documents of a projection");
  const auto asked = std::make_shared<view_arguments>();
  command->add_option("PROJECTION", asked->projection, "Its name")->required();
  auto* key = command->add_option("KEY", asked->key,
                                  "One document; without it, all");
  add_selection(*command, *asked, *key);
  auto* limit
    = command->add_option("--limit", asked->limit, "At most so many documents")
        ->type_name("N")
        ->check(from_1());
  auto* descending = command->add_flag("--descending", asked->descending,
                                       "The highest key first");
  descending->excludes(key);
  auto* follow = command->add_flag(
    "--follow", asked->follow,
    "Then each change, a line of JSON for each document, until it is stopped");
  auto* count = command->add_flag("--count", asked->count, "Only how many");
  auto* sum = command->add_option("--sum", asked->summed,
                                  "Only the sum of a whole number");
  sum->type_name("FIELD")->excludes(count);
  for (auto* total : {count, sum})
    total->excludes(key)
      ->excludes(limit)
      ->excludes(descending)
      ->excludes(follow);
  command->add_flag("--json", asked->as_json, "As JSON");
  command->callback([&run, asked] {
    run.action = [&run, asked] { return view(run, *asked); };
  });
}

} // namespace cafes::program
