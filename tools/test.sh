#!/usr/bin/env bash
# Every check of the code, then every test, tier by tier; goes on after a failure and ends with one line that counts.
set -uo pipefail
cd "$(dirname "$0")/.."
bash tools/setup.sh || exit 1

readonly bin=.venv/bin
readonly reports=build/tests
rm -rf "$reports"
mkdir -p "$reports"

# QGIS must not touch the profile of whoever runs the tests; each tier has its own, since two run at the same time.
profiles=$(mktemp -d)
readonly profiles
trap 'rm -rf "$profiles"' EXIT
export PYTHONDONTWRITEBYTECODE=1

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

checks() {
    step "ruff check" "$bin/ruff" check
    step "ruff format" "$bin/ruff" format --check
    step "mypy" "$bin/mypy"
    step "import contracts" "$bin/lint-imports"
    step "flake8-qgis" "$bin/flake8" resorption_plugin tools
    step "bandit" "$bin/bandit" -q --ini .bandit -r resorption_plugin
    step "detect-secrets" secrets
}

# pytest says 5 when it found no test: a tier without tests is a failure like another.
tier() {
    local name=$1 profile=$profiles/$1
    shift
    mkdir -m 700 "$profile"
    export QGIS_CUSTOM_CONFIG_PATH=$profile XDG_RUNTIME_DIR=$profile
    step "tests/$name" "$@" \
        --junitxml "$reports/$name.xml" -o "junit_suite_name=$name" "tests/$name"
}

# Without QGIS's and Qt's pytest plugins, a tier starts at once and proves that it needs neither.
readonly with_qgis=("$bin/python" -m pytest -q)
readonly without_qgis=("${with_qgis[@]}" -p no:pytest_qgis -p no:pytest-qt)

core() { tier core "${without_qgis[@]}"; }
geopackage() { tier geopackage "${without_qgis[@]}"; }
architecture() { tier architecture "${without_qgis[@]}"; }
db() { tier db "${without_qgis[@]}"; }
sync() { tier sync "${without_qgis[@]}" -n 2; }
package() { tier package "${without_qgis[@]}"; } # this and the next start QGIS as programs of their own
day() { tier day "${without_qgis[@]}"; }
# pytest-qgis keeps the settings of QGIS in one folder of the checkout: one tier at a time, and none finds those of a
# run that was stopped.
alone() { flock "$reports/qgis-settings.lock" sh -c 'rm -rf .qgis-settings && exec "$@"' sh "$@"; }
qgis() { tier qgis alone env QT_QPA_PLATFORM=offscreen "${with_qgis[@]}"; }
gui() { tier gui alone xvfb-run -a -s "-screen 0 1600x1000x24" env QT_QPA_PLATFORM=xcb "${with_qgis[@]}"; }

# Two at a time, the longest first, those with QGIS one after the other: each keeps about one core busy. What one says is
# shown when it has ended.
for each in gui checks geopackage day db qgis sync core package architecture; do
    while (($(jobs -rp | wc -l) >= 2)); do wait -n; done
    printf '%s…\n' "$each"
    { "$each" >"$reports/$each.log" 2>&1; cat "$reports/$each.log"; } &
done
wait

printf '\n'
sed 's/^/failed: /' "$failed"
"$bin/python" tools/test_summary.py "$reports" "$(wc -l <"$failed")"
