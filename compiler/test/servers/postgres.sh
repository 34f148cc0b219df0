#!/usr/bin/env bash
# A PostgreSQL server for tests: on loopback, a free port, data in a folder of its own, as a user without rights.
#   postgres.sh install     brings it from the system's packages where it is missing and may be installed
#   postgres.sh start DIR   starts it and prints its URL; without PostgreSQL on the machine it says so and fails
#   postgres.sh stop DIR    stops the one that was started there, by its process id, and removes the folder
set -euo pipefail
# shellcheck source=compiler/test/servers/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

find_binaries() {
  local place
  for place in "$(command -v initdb 2>/dev/null | xargs -r dirname)" "$(pg_config --bindir 2>/dev/null || true)" /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /opt/homebrew/opt/postgresql*/bin; do
    if [ -n "$place" ] && [ -x "$place/initdb" ] && [ -x "$place/postgres" ]; then
      printf '%s\n' "$place"
      return
    fi
  done
  echo "there is no PostgreSQL server on this machine" >&2
  return 1
}

start() {
  local bin port secret home
  bin=$(find_binaries)
  home=$(own_place postgres)
  port=$(free_port)
  # With all that has to be escaped in a URL, and something to look for in messages.
  secret=s3cret$RANDOM$RANDOM
  printf "p'w: \"@%s\n" "$secret" | as_user sh -c 'umask 077; cat >"$1"' sh "$home/password"
  if ! as_user "$bin/initdb" -D "$home/data" -U seglang -A scram-sha-256 --pwfile="$home/password" -E UTF8 --locale=C.UTF-8 --no-sync >"$dir/log" 2>&1; then
    cat "$dir/log" >&2
    return 1
  fi
  as_user "$bin/postgres" -D "$home/data" -h 127.0.0.1 -p "$port" -k "" -F -c log_min_messages=fatal >>"$dir/log" 2>&1 </dev/null &
  for _ in $(seq 100); do
    if grep -qs '^ready' "$home/data/postmaster.pid"; then
      printf 'postgres://seglang:p%%27w%%3A%%20%%22%%40%s@127.0.0.1:%s/postgres\n' "$secret" "$port"
      return
    fi
    kill -0 $! 2>/dev/null || break
    sleep 0.2
  done
  cat "$dir/log" >&2
  return 1
}

stop() {
  local home
  home=$(place)
  # Fast shutdown: it does not wait for clients.
  [ ! -f "$home/data/postmaster.pid" ] || end_process INT "$(head -n 1 "$home/data/postmaster.pid")"
  rm -rf "$home" "$dir"
}

install() {
  if find_binaries >/dev/null 2>&1; then return; fi
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "install a PostgreSQL server (on Debian the package postgresql)" >&2
    return 1
  fi
  { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends postgresql; } >&2
}

"$command"
