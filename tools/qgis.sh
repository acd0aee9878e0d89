#!/usr/bin/env bash
# Open QGIS with the plugin, and the demo project if there is one: tools/qgis.sh [DEMO_DIR]
set -euo pipefail
cd "$(dirname "$0")/.."
profiles=$PWD/build/qgis
tools/profile.sh "$profiles"
project=$(realpath -m "${1:-demo}")/urbangrain_demo.qgz
args=(--profiles-path "$profiles" --nologo --noversioncheck)
[ -e "$project" ] && args+=(--project "$project")
exec /usr/bin/env -u PYTHONHOME -u PYTHONPATH PATH="/usr/bin:$PATH" qgis "${args[@]}"
