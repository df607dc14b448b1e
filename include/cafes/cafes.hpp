// SPDX-License-Identifier: MIT
#pragma once

// Everything a service needs. The test kit is not part of it: tests include
// <cafes/testkit.hpp>.
#include <cafes/application.hpp>
#include <cafes/codec.hpp>
#include <cafes/decider.hpp>
#include <cafes/definition.hpp>
#include <cafes/error.hpp>
#include <cafes/expected.hpp>
#include <cafes/limits.hpp>
#include <cafes/outcome.hpp>
#include <cafes/parked.hpp>
#include <cafes/projection.hpp>
#include <cafes/projection_options.hpp>
#include <cafes/query.hpp>
#include <cafes/reactor.hpp>
#include <cafes/reactor_options.hpp>
#include <cafes/runtime.hpp>
#include <cafes/settings.hpp>
#include <cafes/status.hpp>
#include <cafes/stream.hpp>
#include <cafes/uuid.hpp>
#include <cafes/watch.hpp>
