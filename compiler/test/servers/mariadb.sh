#!/usr/bin/env bash
# A MariaDB server for tests: on loopback, a free port, data in a folder of its own, as a user without rights.
#   mariadb.sh install     brings it from the system's packages where it is missing and may be installed
#   mariadb.sh start DIR   starts it and prints its URL; without MariaDB on the machine it says so and fails
#   mariadb.sh stop DIR    stops the one that was started there, by its process id, and removes the folder
set -euo pipefail

usage() {
  echo "usage: mariadb.sh install, or start|stop DIR" >&2
  exit 2
}

command=${1:-}
case $command in
  install) [ $# -eq 1 ] || usage ;;
  start | stop) [ $# -eq 2 ] || usage; dir=$(mkdir -p "$2" && cd "$2" && pwd) ;;
  *) usage ;;
esac

# MariaDB refuses to run as root.
as_user() {
  if [ "$(id -u)" -eq 0 ]; then
    setpriv --reuid=nobody --regid="$(id -g nobody)" --clear-groups env HOME="$home" "$@"
  else
    "$@"
  fi
}

find_binary() {
  local name place
  for name in "$@"; do
    place=$(PATH=$PATH:/usr/sbin:/usr/local/sbin:/opt/homebrew/bin command -v "$name") && { printf '%s\n' "$place"; return; }
  done
  echo "there is no MariaDB server on this machine" >&2
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
  local server install port
  server=$(find_binary mariadbd mysqld)
  install=$(find_binary mariadb-install-db mysql_install_db)
  if [ "$(id -u)" -eq 0 ]; then
    reachable || mktemp -d /tmp/seglang-mariadb.XXXXXX >"$dir/beside"
    home=$(place)
    chown nobody "$home"
  fi
  home=$(place)
  port=$(free_port)
  # The user comes from loopback alone and sees nothing but what the tests make.
  printf "create user seglang@'127.0.0.1' identified by 'seglang';\ngrant all on *.* to seglang@'127.0.0.1';\ncreate database seglang;\n" >"$home/first.sql"
  chmod a+r "$home/first.sql"
  if ! as_user "$install" --no-defaults --datadir="$home/data" --skip-test-db --auth-root-authentication-method=socket >"$dir/log" 2>&1; then
    cat "$dir/log" >&2
    return 1
  fi
  # Nothing is worth keeping, so nothing waits for the disk.
  as_user "$server" --no-defaults --datadir="$home/data" --socket="$home/socket" --pid-file="$home/pid" --bind-address=127.0.0.1 --port="$port" \
    --skip-name-resolve --init-file="$home/first.sql" --innodb-flush-log-at-trx-commit=0 --innodb-doublewrite=0 --skip-innodb-flush-sync \
    --innodb-buffer-pool-size=64M --max-allowed-packet=64M >>"$dir/log" 2>&1 </dev/null &
  for _ in $(seq 150); do
    if [ -s "$home/pid" ] && (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      printf 'mariadb://seglang:seglang@127.0.0.1:%s/seglang\n' "$port"
      return
    fi
    kill -0 $! 2>/dev/null || break
    sleep 0.2
  done
  cat "$dir/log" >&2
  return 1
}

stop() {
  local pid
  home=$(place)
  if [ -f "$home/pid" ]; then
    pid=$(cat "$home/pid")
    kill -TERM "$pid" 2>/dev/null || true
    for _ in $(seq 100); do
      kill -0 "$pid" 2>/dev/null || break
      sleep 0.1
    done
  fi
  rm -rf "$home" "$dir"
}

install() {
  if find_binary mariadbd mysqld >/dev/null 2>&1; then return; fi
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "install a MariaDB server (on Debian the package mariadb-server)" >&2
    return 1
  fi
  { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends mariadb-server; } >&2
}

home=${dir:-}
case $command in
  install) install ;;
  start) start ;;
  stop) stop ;;
esac
