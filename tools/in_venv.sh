#!/usr/bin/env bash
# Set up, then run a Python tool of the project with the project's interpreter.
set -euo pipefail
cd "$(dirname "$0")/.."
bash tools/setup.sh
exec .venv/bin/python "$@"
