#!/usr/bin/env bash
# Make one of the project's two Python environments: tools/envs.sh engine|qgis
#   engine   torch, rasterio ... and the console script `urbangrain`; nothing of the system's Python packages
#   qgis     a thin layer over the system's Python, so that PyQGIS and GDAL's bindings stay the distribution's own
# A half-made environment has no .ready file and is made again from nothing.
set -euo pipefail
cd "$(dirname "$0")/.."
which=$1
env=.envs/$which
python=/usr/bin/python3 # QGIS's Python; the first one on PATH may be another

mkdir -p .envs/path
# The repository root is the package `urbangrain`; this folder makes it importable under that name.
ln -sfn ../.. .envs/path/urbangrain

if [ ! -x .envs/tools/bin/uv ]; then
  "$python" -m venv .envs/tools
  .envs/tools/bin/pip install -q --disable-pip-version-check uv
fi
uv=.envs/tools/bin/uv

[ -e "$env/.ready" ] || rm -rf "$env"
rm -f "$env/.ready"
case $which in
  engine)
    [ -x "$env/bin/python" ] || "$uv" venv -q --python "$python" "$env"
    "$uv" pip install -q --python "$env/bin/python" -r pyproject.toml --group test --group train -c tools/constraints.txt
    "$uv" pip install -q --python "$env/bin/python" --no-deps -e .
    ;;
  qgis)
    [ -x "$env/bin/python" ] || "$uv" venv -q --python "$python" --system-site-packages "$env"
    # numpy stays the distribution's: numpy 2 breaks its GDAL bindings.
    "$uv" pip install -q --python "$env/bin/python" --group qgis
    site=$("$env/bin/python" -c 'import sysconfig; print(sysconfig.get_paths()["purelib"])')
    echo "$PWD/.envs/path" > "$site/urbangrain.pth"
    ;;
  *) echo "usage: tools/envs.sh engine|qgis" >&2; exit 2 ;;
esac
touch "$env/.ready"
echo "made $env"
