#!/bin/sh
# What `make check` does: says which of the checks fail, after all of them have run.
cd "$(dirname "$0")/.." || exit 1
bin=.venv/bin
failed=""

check() {
    name=$1
    shift
    if output=$("$@" 2>&1); then
        echo "ok      $name"
    else
        echo "FAILED  $name"
        echo "$output" | sed 's/^/    /'
        failed="$failed, $name"
    fi
}

# Files that git knows or would take in, so that a new file is checked before it is committed.
ours() {
    git ls-files --cached --others --exclude-standard -- "$@" | while read -r file; do
        if [ -f "$file" ]; then echo "$file"; fi
    done
}

templates_are_formatted() {
    ours 'templates/*.html' '*/templates/*.html' | xargs "$bin/djade" --check
}

# The settings of a server, in an environment made up for it.
production() {
    env -u DATABASE_URL -u CACHE_URL DJANGO_SETTINGS_MODULE=config.settings.production BASE_URL=https://reviews.example \
        ALLOWED_HOSTS=reviews.example EMAIL_URL=submission://user:password@mail.example:587 \
        SECRET_KEY="a made-up key, long enough, with letters & 0123456789 figures" STATE_DIR="$state" \
        "$bin/python" manage.py check --deploy --fail-level WARNING
}

state=$(mktemp -d)
trap 'rm -rf "$state"' EXIT

check "format" "$bin/ruff" format --check .
check "lint" "$bin/ruff" check .
check "template format" templates_are_formatted
check "types" "$bin/python" -m mypy .
check "import contract" "$bin/lint-imports"
check "file lengths and addresses" "$bin/python" deploy/conventions.py
check "migrations up to date" env STATE_DIR="$state" "$bin/python" manage.py makemigrations --check --dry-run
check "production settings" production

if [ -n "$failed" ]; then
    echo "Failed: ${failed#, }"
    exit 1
fi
