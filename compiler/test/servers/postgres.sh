#!/usr/bin/env bash
# A PostgreSQL server for tests: on loopback, a free port, data in a folder of its own, as a user without rights.
#   postgres.sh install     brings it from the system's packages where it is missing and may be installed
#   postgres.sh start DIR   starts it and prints its URL; without PostgreSQL on the machine it says so and fails
#   postgres.sh stop DIR    stops the one that was started there, by its process id, and removes the folder
set -euo pipefail

usage() {
  echo "usage: postgres.sh install, or start|stop DIR" >&2
  exit 2
}

command=${1:-}
case $command in
  install) [ $# -eq 1 ] || usage ;;
  start | stop) [ $# -eq 2 ] || usage; dir=$(mkdir -p "$2" && cd "$2" && pwd) ;;
  *) usage ;;
esac

# PostgreSQL refuses to run as root.
as_user() {
  if [ "$(id -u)" -eq 0 ]; then
    setpriv --reuid=nobody --regid="$(id -g nobody)" --clear-groups env HOME="$dir" "$@"
  else
    "$@"
  fi
}

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

free_port() {
  local port
  for _ in $(seq 50); do
    port=$((20000 + RANDOM % 20000))
    if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      printf '%s\n' "$port"
      return
    fi
  done
  return 1
}

# The folders above must let the user without rights pass.
reachable() {
  local above=$dir
  while [ "$above" != / ]; do
    above=$(dirname "$above")
    as_user test -x "$above" || return 1
  done
}

# Where the server's files lie: in DIR, or, where a user without rights cannot reach that (mktemp makes such folders), beside it.
place() {
  [ -f "$dir/beside" ] && cat "$dir/beside" || printf '%s\n' "$dir"
}

start() {
  local bin port secret home
  bin=$(find_binaries)
  if [ "$(id -u)" -eq 0 ]; then
    reachable || mktemp -d /tmp/seglang-postgres.XXXXXX >"$dir/beside"
    chown nobody "$(place)"
  fi
  home=$(place)
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
  local home pid
  home=$(place)
  if [ -f "$home/data/postmaster.pid" ]; then
    pid=$(head -n 1 "$home/data/postmaster.pid")
    # Fast shutdown: it does not wait for clients.
    kill -INT "$pid" 2>/dev/null || true
    for _ in $(seq 100); do
      kill -0 "$pid" 2>/dev/null || break
      sleep 0.1
    done
  fi
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

case $command in
  install) install ;;
  start) start ;;
  stop) stop ;;
esac
