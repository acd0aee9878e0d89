#!/usr/bin/env bash
# Install the system packages that the project needs and that are missing. Debian and Ubuntu.
# QGIS comes from the distribution (its Python has PyQGIS); everything else is made by tools/envs.sh.
set -euo pipefail

need=(qgis python3-qgis python3-venv xvfb xauth imagemagick fonts-dejavu-core)
missing=()
for package in "${need[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q '^install ok installed$' || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

if ! command -v apt-get >/dev/null; then
  echo "UrbanGrain's make targets know Debian and Ubuntu. Install these by hand: ${missing[*]}" >&2
  exit 1
fi
as_root=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || { echo "Run as root: apt-get install ${missing[*]}" >&2; exit 1; }
  as_root=(sudo)
fi
echo "Installing system packages: ${missing[*]}"
"${as_root[@]}" apt-get update -q
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}"
