#!/usr/bin/env bash
# Make (or refresh) a QGIS profile of the project's own, with the plugin enabled: tools/profile.sh PROFILES_DIR
# The person's own profiles are not touched.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
profiles=$1
home=$profiles/profiles/default
mkdir -p "$home/python/plugins" "$home/QGIS"
ln -sfn "$root" "$home/python/plugins/urbangrain"
ini=$home/QGIS/QGIS3.ini
if [ ! -e "$ini" ]; then
  cat > "$ini" <<'INI'
[PythonPlugins]
urbangrain=true

[app]
projections\unknownCrsBehavior=NoAction

[qgis]
checkVersion=false
newsFeed\http_feed_qgis_org\disabled=true
enableMacros=Never

[core]
NewsFeed\http_feed_qgis_org\disabled=true
INI
fi
