#!/usr/bin/env bash
# A MariaDB server for tests: on loopback, a free port, data in a folder of its own, as a user without rights.
#   mariadb.sh install     brings it from the system's packages where it is missing and may be installed
#   mariadb.sh start DIR   starts it and prints its URL; without MariaDB on the machine it says so and fails
#   mariadb.sh stop DIR    stops the one that was started there, by its process id, and removes the folder
set -euo pipefail
# shellcheck source=compiler/test/servers/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

find_binary() {
  local name place
  for name in "$@"; do
    place=$(PATH=$PATH:/usr/sbin:/usr/local/sbin:/opt/homebrew/bin command -v "$name") && { printf '%s\n' "$place"; return; }
  done
  echo "there is no MariaDB server on this machine" >&2
  return 1
}

start() {
  local server install port home
  server=$(find_binary mariadbd mysqld)
  install=$(find_binary mariadb-install-db mysql_install_db)
  home=$(own_place mariadb)
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
  local home
  home=$(place)
  [ ! -f "$home/pid" ] || end_process TERM "$(cat "$home/pid")"
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

"$command"
