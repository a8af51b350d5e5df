#!/usr/bin/env bash
# Build the demonstration with qgis_process, as a user would, and open QGIS on it where there is a screen.
set -euo pipefail
cd "$(dirname "$0")/.."
bash tools/setup.sh
.venv/bin/python tools/package.py >/dev/null

readonly demo=build/demo day=2026-01-15
readonly workspace=$demo/demo.gpkg project=$demo/demo.qgz
rm -rf "$demo"
mkdir -p "$demo"

# A profile of its own: in French, with the plugin on, and nothing of the user's touched.
readonly profile=$PWD/build/demo-profile
rm -rf "$profile"
mkdir -p -m 700 "$profile/profiles/default/QGIS"
cat >"$profile/profiles/default/QGIS/QGIS3.ini" <<'INI'
[PythonPlugins]
resorption_plugin=true

[locale]
overrideFlag=true
userLocale=fr
globalLocale=fr_FR

[qgis]
checkVersion=false
INI
export QGIS_CUSTOM_CONFIG_PATH=$profile QGIS_PLUGINPATH=$PWD/build/plugins
PYTHONPATH=$(echo "$PWD"/.venv/lib/python3.*/site-packages)
export PYTHONPATH

# One algorithm, its outputs as JSON in a file; what it says on the way only when it fails.
run() {
    local algorithm=$1 outputs=$profile/$2
    shift 2
    if ! XDG_RUNTIME_DIR=$profile QT_QPA_PLATFORM=offscreen \
        qgis_process --json run "resorption:$algorithm" -- "$@" >"$outputs" 2>"$profile/log" </dev/null; then
        cat "$outputs" "$profile/log" >&2
        exit 1
    fi
}

run demoworkspace made.json TERRITORY=31 SITES=39 SEED=1 OUTPUT="$workspace" PROJECT="$project"
run computedistances distances.json WORKSPACE="$workspace" REFERENCE_DATE=$day
run runchecks checks.json WORKSPACE="$workspace" REFERENCE_DATE=$day REPORT="$demo/findings.json"
run exportmap map.json WORKSPACE="$workspace" REFERENCE_DATE=$day OUTPUT="$demo/map.pdf"
run exportmap map.json WORKSPACE="$workspace" REFERENCE_DATE=$day OUTPUT="$demo/map.png"
run exportmap map.json WORKSPACE="$workspace" REFERENCE_DATE=$day AUDIENCE=services PAPER=A4 OUTPUT="$demo/map-services-a4.pdf"
.venv/bin/python tools/demo_summary.py "$profile" "$demo"

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && [ -z "${CI:-}" ]; then
    exec qgis --project "$project"
fi
