#!/usr/bin/env bash
# Apache Spark for tests, in the place of Databricks: one process, on loopback and a free port, with a Python that takes queries (spark.py).
#   databricks.sh install     brings it from PyPI (460 MB); Python 3.10 and Java 17 or newer must be on the machine
#   databricks.sh start DIR   starts it and prints its URL
#   databricks.sh stop DIR    stops the one that was started there, by its process id, and removes the folder
set -euo pipefail

usage() {
  echo "usage: databricks.sh install, or start|stop DIR" >&2
  exit 2
}

command=${1:-}
case $command in
  install) [ $# -eq 1 ] || usage ;;
  start | stop) [ $# -eq 2 ] || usage; dir=$(mkdir -p "$2" && cd "$2" && pwd) ;;
  *) usage ;;
esac

version=4.3.0
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
home=$here/.installed/spark-$version

# Where a Java of 17 or newer is; Spark takes no other one.
java_home() {
  local place number
  for place in "${JAVA_HOME:-}" /usr/lib/jvm/* /Library/Java/JavaVirtualMachines/*/Contents/Home "$(dirname "$(dirname "$(command -v java || echo /)")")"; do
    [ -x "$place/bin/java" ] || continue
    number=$("$place/bin/java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1)
    if [ "${number:-0}" -ge 17 ]; then
      printf '%s\n' "$place"
      return
    fi
  done
  echo "there is no Java 17 on this machine" >&2
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

install() {
  java_home >/dev/null
  [ ! -f "$home/ready" ] || return 0
  rm -rf "$home"
  mkdir -p "$here/.installed"
  python3 -m venv "$home" >&2
  "$home/bin/pip" install --quiet --no-cache-dir "pyspark==$version" >&2
  touch "$home/ready"
}

start() {
  local port
  [ -f "$home/ready" ] || { echo "Spark is not here: npm run engines:install databricks" >&2; return 1; }
  JAVA_HOME=$(java_home)
  export JAVA_HOME
  port=$(free_port)
  mkdir -p "$dir/data"
  "$home/bin/python" "$here/spark.py" "$port" "$dir/data" >"$dir/log" 2>&1 </dev/null &
  echo $! >"$dir/pid"
  for _ in $(seq 1500); do
    if grep -qs '^ready' "$dir/log"; then
      printf 'http://127.0.0.1:%s\n' "$port"
      return
    fi
    kill -0 "$(cat "$dir/pid")" 2>/dev/null || break
    sleep 0.2
  done
  tail -n 50 "$dir/log" >&2
  return 1
}

# The Java that it started ends with it.
stop() {
  local pid
  if [ -f "$dir/pid" ]; then
    pid=$(cat "$dir/pid")
    kill -TERM "$pid" 2>/dev/null || true
    for _ in $(seq 100); do
      kill -0 "$pid" 2>/dev/null || break
      sleep 0.1
    done
    kill -KILL "$pid" 2>/dev/null || true
  fi
  rm -rf "$dir"
}

case $command in
  install) install ;;
  start) start ;;
  stop) stop ;;
esac
