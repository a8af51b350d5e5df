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

failed=()

step() {
    local name=$1 begin=$SECONDS
    shift
    printf '\n── %s\n' "$name"
    if "$@" </dev/null; then printf '   %s: ok (%d s)\n' "$name" $((SECONDS - begin)); else
        printf '   %s: FAILED (%d s)\n' "$name" $((SECONDS - begin))
        failed+=("$name")
    fi
}

secrets() { git ls-files -z -co --exclude-standard | xargs -0 "$bin/detect-secrets-hook" --baseline .secrets.baseline; }

# pytest says 5 when it found no test: a tier without tests is a failure like another.
tier() {
    local name=$1
    shift
    step "tests/$name" "$@" "$bin/python" -m pytest "tests/$name" -q --junitxml "$reports/$name.xml" -o "junit_suite_name=$name" "${options[@]}"
}

step "ruff check" "$bin/ruff" check
step "ruff format" "$bin/ruff" format --check
step "mypy" "$bin/mypy"
step "import contracts" "$bin/lint-imports"
step "flake8-qgis" "$bin/flake8" resorption_plugin tools
step "bandit" "$bin/bandit" -q --ini .bandit -r resorption_plugin
step "detect-secrets" secrets

# Without QGIS's and Qt's pytest plugins, these tiers start at once and prove that they need neither.
options=(-p no:pytest_qgis -p no:pytest-qt -n 2)
tier core env
options=(-p no:pytest_qgis -p no:pytest-qt)
tier geopackage env
tier architecture env
tier package env
tier db env
tier sync env
options=()
tier qgis env QT_QPA_PLATFORM=offscreen
tier gui xvfb-run -a -s "-screen 0 1600x1000x24" env QT_QPA_PLATFORM=xcb

printf '\n'
if [ ${#failed[@]} -gt 0 ]; then printf 'failed: %s\n' "${failed[@]}"; fi
"$bin/python" tools/test_summary.py "$reports" "${#failed[@]}"
