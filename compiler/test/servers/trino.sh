#!/usr/bin/env bash
# Trino's own server for tests: one node, its memory connector (the tests make catalogs), on loopback and a free port.
#   trino.sh install     brings it with Maven (820 MB, of which 240 MB are kept); Maven and Java 24 or newer must be on the machine
#   trino.sh start DIR   starts it and prints its URL
#   trino.sh stop DIR    stops the one that was started there, by its process id, and removes the folder
set -euo pipefail
# shellcheck source=compiler/test/servers/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

version=476
sum=cfd5accde17e8ebd251eeeb78aed1f490e77bb3a164d95a0f454bf8a7c1cbd3f
home=$here/.installed/trino-server-$version

install() {
  java_of 24 >/dev/null
  [ ! -d "$home/plugin/memory" ] || return 0
  command -v mvn >/dev/null || { echo "Trino is brought with Maven, and there is no mvn on this machine" >&2; return 1; }
  local scratch archive=trino-server-$version.tar.gz
  scratch=$(mktemp -d)
  # shellcheck disable=SC2064
  trap "rm -rf '$scratch'" EXIT
  mvn -q -B dependency:copy "-Dartifact=io.trino:trino-server:$version:tar.gz" "-DoutputDirectory=$scratch" >&2
  printf '%s  %s\n' "$sum" "$scratch/$archive" | sha256sum --check --quiet >&2
  mkdir -p "$here/.installed"
  # Of all plugins, one: it stands in the archive as links to files of all folders.
  tar -xzf "$scratch/$archive" -C "$scratch" --exclude='*/plugin/*'
  tar -xzf "$scratch/$archive" -C "$scratch" "trino-server-$version/plugin/memory"
  mv "$scratch/trino-server-$version" "$home"
}

start() {
  local java port
  java=$(java_of 24)/bin/java
  [ -d "$home" ] || { echo "Trino is not here: npm run engines:install trino" >&2; return 1; }
  port=$(free_port)
  mkdir -p "$dir/etc/catalog" "$dir/data"
  # One small query after another: little is to be gained by planning and running it in parallel.
  cat >"$dir/etc/config.properties" <<END
coordinator=true
node-scheduler.include-coordinator=true
http-server.http.port=$port
discovery.uri=http://127.0.0.1:$port
node.internal-address=127.0.0.1
node.bind-ip=127.0.0.1
catalog.management=dynamic
task.concurrency=1
optimizer.join-reordering-strategy=NONE
join-distribution-type=BROADCAST
enable-dynamic-filtering=false
distributed-sort=false
END
  cd "$dir"
  # Code that runs once is not worth a second compiler.
  "$java" -Xmx2G -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Djdk.attach.allowAttachSelf=true \
    --add-modules=jdk.incubator.vector --sun-misc-unsafe-memory-access=allow \
    -Dnode.environment=test -Dnode.data-dir=data -Dconfig=etc/config.properties -Dcatalog.config-dir=etc/catalog \
    -Dplugin.dir="$home/plugin" -cp "$home/lib/*" io.trino.server.TrinoServer >log 2>&1 </dev/null &
  echo $! >pid
  for _ in $(seq 1500); do
    if grep -qs 'SERVER STARTED' log; then
      printf 'http://127.0.0.1:%s\n' "$port"
      return
    fi
    kill -0 "$(cat pid)" 2>/dev/null || break
    sleep 0.2
  done
  tail -n 50 log >&2
  return 1
}

stop() {
  [ ! -f "$dir/pid" ] || end_process TERM "$(cat "$dir/pid")"
  rm -rf "$dir"
}

"$command"
