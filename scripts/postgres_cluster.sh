#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# A throw-away PostgreSQL 15 cluster in a folder, reached by unix socket only.
#
#   postgres_cluster.sh start DIR [NAME=VALUE…]
#                                    new cluster, with these settings beside the
#                                    usual ones; prints its conninfo on stdout
#   postgres_cluster.sh stop DIR     fast shutdown; the data stay
#   postgres_cluster.sh kill DIR     crash: SIGKILL to the server, all processes
#   postgres_cluster.sh restart DIR  starts again on the data; prints conninfo
#
# DIR has to be short, since the path of a unix socket ends at 107 bytes:
# `mktemp -d /tmp/cafes-pg.XXXXXX` is. Server messages are in DIR/log.
# Durability is as in production: crash tests mean something, benches too.
set -euo pipefail

bin=/usr/lib/postgresql/15/bin

die() {
  echo "postgres_cluster: $*" >&2
  exit 1
}

# PostgreSQL refuses to run as root.
as_server_user() {
  if ((EUID == 0)); then
    runuser -u postgres -- "$@"
  else
    "$@"
  fi
}

# State letter of a process, nothing when there is none. The name in
# parentheses may hold anything, so read what follows the last one.
state_of() {
  local stat
  { stat=$(<"/proc/$1/stat"); } 2>/dev/null || return 0
  stat=${stat##*) }
  echo "${stat%% *}"
}

is_alive() {
  [[ $(state_of "$1") == [!ZX] ]]
}

# The postmaster's process id. A pid file can be stale and its number reused
# by a stranger, but nobody else works in our data folder.
postmaster() {
  local pid
  { read -r pid <"$dir/data/postmaster.pid"; } 2>/dev/null || return 1
  # As the server's user: where root lacks the right to trace, only the owner
  # may look.
  [[ $(as_server_user readlink "/proc/$pid/cwd") == "$dir/data" ]] \
    && echo "$pid"
}

children_of() {
  local stat fields
  for stat in /proc/[0-9]*/stat; do
    { fields=$(<"$stat"); } 2>/dev/null || continue
    read -r _ parent _ <<<"${fields##*) }"
    [[ $parent == "$1" ]] && echo "${fields%% *}"
  done
  return 0
}

launch() {
  # The server keeps what it inherits: stdout must not stay our caller's pipe.
  as_server_user "$bin/pg_ctl" -D "$dir/data" -l "$dir/log" -w -t 60 start \
    >"$dir/pg_ctl.log" 2>&1 </dev/null || {
    cat "$dir/pg_ctl.log" >&2
    tail -n 20 "$dir/log" >&2 || true
    die "the server in $dir did not start"
  }
  echo "host=$dir/socket user=postgres dbname=postgres"
}

start() {
  [[ -x $bin/initdb ]] || die "no PostgreSQL 15 in $bin (./dev install)"
  [[ ! -e $dir/data ]] || die "$dir already holds a cluster (restart?)"
  mkdir -p "$dir/socket"
  ((EUID != 0)) || chown -R postgres: "$dir"
  as_server_user "$bin/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 \
    --locale=C.UTF-8 --no-sync >"$dir/initdb.log" 2>&1 || {
    cat "$dir/initdb.log" >&2
    die "initdb failed"
  }
  cat >>"$dir/data/postgresql.conf" <<EOF
listen_addresses = ''
unix_socket_directories = '$dir/socket'
fsync = on
synchronous_commit = on
shared_buffers = 256MB
max_connections = 100
EOF
  ((${#settings[@]} == 0)) \
    || printf '%s\n' "${settings[@]}" >>"$dir/data/postgresql.conf"
  launch
}

stop() {
  postmaster >/dev/null || return 0
  as_server_user "$bin/pg_ctl" -D "$dir/data" -m fast -w stop >/dev/null
}

crash() {
  local main all pid tries
  main=$(postmaster) || die "no server runs in $dir"
  kill -STOP "$main" # or it could fork a child we do not see
  all="$main $(children_of "$main")"
  # One may be gone by itself meanwhile; the loop below has the last word.
  # shellcheck disable=SC2086
  kill -KILL $all 2>/dev/null || true
  for pid in $all; do
    for ((tries = 0; tries < 500; ++tries)); do
      is_alive "$pid" || continue 2
      sleep 0.02 # no event tells of the end of a process not ours
    done
    die "process $pid survived SIGKILL for 10 s"
  done
}

restart() {
  local pid
  [[ -e $dir/data ]] || die "$dir holds no cluster (start?)"
  # Clearing stale lock files is PostgreSQL's job; but where nobody reaps
  # orphans, the dead server's number still looks taken to it.
  if { read -r pid <"$dir/data/postmaster.pid"; } 2>/dev/null \
    && [[ $(state_of "$pid") == Z ]]; then
    rm -f "$dir/data/postmaster.pid" "$dir/socket/".s.PGSQL.*.lock
  fi
  launch
}

(($# == 2)) || { (($# > 2)) && [[ $1 == start ]]; } \
  || die "usage: start DIR [NAME=VALUE…], or stop|kill|restart DIR"
dir=$(realpath -m "$2")
settings=("${@:3}")
((${#dir} <= 80)) || die "$dir: too long a path for a unix socket"
cd / # ours may be closed to the server's user

case $1 in
  start | stop | restart) "$1" ;;
  kill) crash ;;
  *) die "unknown command $1" ;;
esac
