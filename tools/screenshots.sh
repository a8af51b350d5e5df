#!/usr/bin/env bash
# Take the screenshots in a real QGIS on a screen that nobody sees.
set -euo pipefail
cd "$(dirname "$0")/.."
bash tools/setup.sh
.venv/bin/python tools/package.py
mkdir -p build/screenshots
exec xvfb-run -a -s "-screen 0 1600x1000x24" .venv/bin/python tools/screenshots.py build/screenshots </dev/null
