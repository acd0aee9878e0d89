#!/usr/bin/env bash
# Run the benchmarks. What only they use goes beside the engine's environment and not into it.
set -euo pipefail
cd "$(dirname "$0")/.."
beside=.envs/bench
if [ ! -d "$beside/torchgeo" ]; then
  mapfile -t wanted < <(sed -n 's/^bench = \[\(.*\)\]/\1/p' pyproject.toml | tr ',' '\n' | tr -d '" ')
  # The engine's own packages are there already: a second torch would be five gigabytes, a second numpy a clash.
  mkdir -p "$beside"
  sed -n '/^dependencies = \[/,/^\]/s/^ *"\([A-Za-z0-9_-]*\).*/\1; python_version < "3"/p' pyproject.toml >"$beside/there.txt"
  .envs/tools/bin/uv pip install --quiet --python .envs/engine/bin/python --override "$beside/there.txt" \
    --target "$beside" "${wanted[@]}" ||
    echo "MONAI and TorchGeo could not be installed; their rows will be missing." >&2
fi
PYTHONPATH=".envs/path:$beside" exec .envs/engine/bin/python -m urbangrain.benchmarks "$@"
