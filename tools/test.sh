#!/usr/bin/env bash
# Every check of the code, then every test, tier by tier; goes on after a failure and ends with one line that counts.
set -uo pipefail
cd "$(dirname "$0")/.."
bash tools/setup.sh || exit 1

readonly bin=.venv/bin
readonly reports=build/tests
rm -rf "$reports"
mkdir -p "$reports"

# QGIS must not touch the profile of whoever runs the tests.
QGIS_CUSTOM_CONFIG_PATH=$(mktemp -d)
XDG_RUNTIME_DIR=$QGIS_CUSTOM_CONFIG_PATH
export QGIS_CUSTOM_CONFIG_PATH XDG_RUNTIME_DIR PYTHONDONTWRITEBYTECODE=1
chmod 700 "$XDG_RUNTIME_DIR"
trap 'rm -rf "$QGIS_CUSTOM_CONFIG_PATH"' EXIT

readonly failed=$reports/failed
: >"$failed"

step() {
    local name=$1 begin=$SECONDS
    shift
    printf '\n── %s\n' "$name"
    if "$@" </dev/null; then printf '   %s: ok (%d s)\n' "$name" $((SECONDS - begin)); else
        printf '   %s: FAILED (%d s)\n' "$name" $((SECONDS - begin))
        printf '%s\n' "$name" >>"$failed"
    fi
}

secrets() { git ls-files -z -co --exclude-standard | xargs -0 "$bin/detect-secrets-hook" --baseline .secrets.baseline; }

# pytest says 5 when it found no test: a tier without tests is a failure like another.
tier() {
    local name=$1
    shift
    step "tests/$name" "$@" "$bin/python" -m pytest "tests/$name" -q --junitxml "$reports/$name.xml" -o "junit_suite_name=$name" "${options[@]}"
}

# Without QGIS's and Qt's pytest plugins, these tiers start at once and prove that they need neither.
without_qgis() {
    step "ruff check" "$bin/ruff" check
    step "ruff format" "$bin/ruff" format --check
    step "mypy" "$bin/mypy"
    step "import contracts" "$bin/lint-imports"
    step "flake8-qgis" "$bin/flake8" resorption_plugin tools
    step "bandit" "$bin/bandit" -q --ini .bandit -r resorption_plugin
    step "detect-secrets" secrets
    options=(-p no:pytest_qgis -p no:pytest-qt)
    tier core env
    tier geopackage env
    tier architecture env
    tier db env
    tier day env # starts QGIS as programs of their own
    options+=(-n 2)
    tier sync env
}

with_qgis() {
    options=(-p no:pytest_qgis -p no:pytest-qt)
    tier package env
    options=()
    tier qgis env QT_QPA_PLATFORM=offscreen
    tier gui xvfb-run -a -s "-screen 0 1600x1000x24" env QT_QPA_PLATFORM=xcb
}

# Both at once: each keeps about one core busy. What the first says is shown when it has ended.
without_qgis >"$reports/without_qgis.log" 2>&1 &
with_qgis
wait $!
cat "$reports/without_qgis.log"

printf '\n'
sed 's/^/failed: /' "$failed"
"$bin/python" tools/test_summary.py "$reports" "$(wc -l <"$failed")"
