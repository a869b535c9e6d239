#!/bin/sh
# Runs the script named first with the newest Python that will do: 3.11 or later.
for name in python3.13 python3.12 python3.11 python3 python; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
        exec "$name" "$@"
    fi
done
echo "Python 3.11 or later is needed, and none is in the PATH. Install it (Debian: apt install python3 python3-venv) and start again." >&2
exit 1
