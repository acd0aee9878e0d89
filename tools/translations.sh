#!/usr/bin/env bash
# Refresh i18n/*.ts from the sources (pylupdate5) and compile them to .qm (lrelease).
# Needs Debian's pyqt5-dev-tools and qttools5-dev-tools.
set -euo pipefail
cd "$(dirname "$0")/.."
sources=$(git ls-files --cached --others --exclude-standard 'plugin/*.py' 'engine/protocol/messages.py')
for ts in i18n/*.ts; do
  # shellcheck disable=SC2086
  pylupdate5 -noobsolete $sources -ts "$ts"
done
lrelease=$(command -v lrelease || echo /usr/lib/qt5/bin/lrelease)
"$lrelease" i18n/*.ts
