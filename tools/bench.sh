#!/usr/bin/env bash
# Run the benchmarks. MONAI, which only they use, goes beside the engine's environment and not into it.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ ! -d .envs/bench/monai ]; then
  monai=$(sed -n 's/^bench = \["\([^"]*\)"\].*/\1/p' pyproject.toml)
  .envs/tools/bin/uv pip install --quiet --python .envs/engine/bin/python --no-deps --target .envs/bench "$monai" ||
    echo "MONAI could not be installed; its row will be missing." >&2
fi
PYTHONPATH=".envs/path:.envs/bench" exec .envs/engine/bin/python -m urbangrain.benchmarks "$@"
