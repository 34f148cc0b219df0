# shellcheck shell=bash
# What the servers' scripts share. Each sources it with its own arguments; then `command`, `here` and, but for `install`, `dir` are known.

usage() {
  echo "usage: $(basename "$0") install, or start|stop DIR" >&2
  exit 2
}

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
command=${1:-}
case $command in
  install) [ $# -eq 1 ] || usage ;;
  start | stop) [ $# -eq 2 ] || usage; dir=$(mkdir -p "$2" && cd "$2" && pwd) ;;
  *) usage ;;
esac

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

# java_of N: where a Java of at least that version is.
java_of() {
  local place number
  for place in "${JAVA_HOME:-}" /usr/lib/jvm/* /Library/Java/JavaVirtualMachines/*/Contents/Home "$(dirname "$(dirname "$(command -v java || echo /)")")"; do
    [ -x "$place/bin/java" ] || continue
    number=$("$place/bin/java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1)
    if [ "${number:-0}" -ge "$1" ]; then
      printf '%s\n' "$place"
      return
    fi
  done
  echo "there is no Java $1 on this machine" >&2
  return 1
}

# end_process SIGNAL PID: asks it to end, waits ten seconds, and ends it then.
end_process() {
  kill -"$1" "$2" 2>/dev/null || return 0
  for _ in $(seq 100); do
    kill -0 "$2" 2>/dev/null || return 0
    sleep 0.1
  done
  kill -KILL "$2" 2>/dev/null || true
}

# Where the server's files lie: in DIR, or, where a user without rights cannot reach that (mktemp makes such folders), beside it.
place() {
  [ -f "$dir/beside" ] && cat "$dir/beside" || printf '%s\n' "$dir"
}

# Database servers refuse to run as root.
as_user() {
  if [ "$(id -u)" -eq 0 ]; then
    setpriv --reuid=nobody --regid="$(id -g nobody)" --clear-groups env HOME="$(place)" "$@"
  else
    "$@"
  fi
}

# The folders above must let the user without rights pass.
reachable() {
  local above=$dir
  while [ "$above" != / ]; do
    above=$(dirname "$above")
    as_user test -x "$above" || return 1
  done
}

# own_place NAME: lets the user without rights have that place, and prints it.
own_place() {
  if [ "$(id -u)" -eq 0 ]; then
    reachable || mktemp -d "/tmp/seglang-$1.XXXXXX" >"$dir/beside"
    chown nobody "$(place)" || return
  fi
  place
}
