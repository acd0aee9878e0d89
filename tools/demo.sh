#!/usr/bin/env bash
# The demo, end to end in a real QGIS: tools/demo.sh [DEMO_DIR]
# Draws on a screen of its own (Xvfb), so that it runs on a server too. The work is in tools/demo_in_qgis.py.
set -euo pipefail
cd "$(dirname "$0")/.."
out=$(realpath -m "${1:-demo}")
profiles=$PWD/build/qgis-demo
rm -rf "$profiles"
tools/profile.sh "$profiles"
mkdir -p "$out"
rm -f "$out"/demo_*.tif "$out"/demo_*.gpkg "$out/done.json"
echo "Building the demo city (seed ${SEED:-2026}) ..."
mkdir -p "$out/scene"
.envs/engine/bin/urbangrain demo-scene "$out/scene" --seed "${SEED:-2026}" --size "${SIZE:-1024}" --overwrite --quiet --json \
  > "$out/scene.json"
.envs/engine/bin/python - "$out" <<'PY'
import json, pathlib, sys
out = pathlib.Path(sys.argv[1])
(out / "scene" / "files.json").write_text(json.dumps(json.loads((out / "scene.json").read_text())["files"]))
(out / "scene.json").unlink()
PY
echo "Mapping it in QGIS ..."
log=$out/demo.log
status=0
URBANGRAIN_DEMO_DIR=$out \
  /usr/bin/env -u PYTHONHOME -u PYTHONPATH PATH="/usr/bin:$PATH" QT_QPA_PLATFORM=xcb \
  timeout 1500 xvfb-run -a -s "-screen 0 1600x1000x24" \
  qgis --profiles-path "$profiles" --nologo --noversioncheck --code tools/demo_in_qgis.py > "$log" 2>&1 || status=$?
if [ ! -e "$out/done.json" ]; then
  echo "The demo did not finish (exit $status). The last lines of $log:" >&2
  tail -n 25 "$log" >&2
  exit 1
fi
.envs/engine/bin/python - "$out" <<'PY'
import json, pathlib, sys
out = pathlib.Path(sys.argv[1])
done = json.loads((out / "done.json").read_text(encoding="utf-8"))
width = max(len(name) for name in done["files"])
print(f"\nThe demo is in {out}:")
for name, path in done["files"].items():
    print(f"  {name:<{width}}  {path}")
print(f"\n{done['summary']}")
print("Open it in QGIS with: make qgis")
PY
rm -f "$out/done.json"
