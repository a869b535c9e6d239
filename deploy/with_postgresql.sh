#!/bin/bash
# Runs a command with DATABASE_URL set to a PostgreSQL made for it, which is gone afterwards:
#   deploy/with_postgresql.sh make test
# As root, the server runs as the user postgres: it refuses to run as root.
set -euo pipefail

initdb=$(command -v initdb || find /usr/lib/postgresql -name initdb 2>/dev/null | sort -V | tail -n 1)
programs=$(dirname "$(readlink -f "$initdb")")
if [ -z "$initdb" ]; then
    echo "PostgreSQL is not installed (Debian: apt install postgresql)." >&2
    exit 1
fi

folder=$(mktemp -d)
as_server=()
if [ "$(id -u)" = 0 ]; then
    chown postgres "$folder"
    as_server=(setpriv --reuid=postgres --regid=postgres --clear-groups)
fi

finish() {
    "${as_server[@]}" "$programs/pg_ctl" --pgdata="$folder/data" --mode=immediate stop >/dev/null 2>&1 || true
    rm -rf "$folder"
}
trap finish EXIT
trap 'exit 130' INT TERM

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
cd "$folder"
"${as_server[@]}" "$programs/initdb" --pgdata="$folder/data" --username=reviews --auth=trust --encoding=UTF8 \
    --locale=C.UTF-8 --no-sync >"$folder/log" 2>&1 || { cat "$folder/log" >&2; exit 1; }
# Nothing in it outlives the run, so nothing has to be safe on disk.
"${as_server[@]}" "$programs/pg_ctl" --pgdata="$folder/data" --log="$folder/data/log" --wait --options="\
    -c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories=$folder -c max_connections=50 \
    -c fsync=off -c synchronous_commit=off -c full_page_writes=off" start >/dev/null || { cat "$folder/data/log" >&2; exit 1; }

cd "$OLDPWD"
DATABASE_URL="postgres://reviews:reviews@127.0.0.1:$port/postgres" "$@"
