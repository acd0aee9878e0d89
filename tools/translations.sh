#!/usr/bin/env bash
# Refresh i18n/*.ts from the sources and compile them to .qm (lrelease, of Debian's qttools5-dev-tools).
set -euo pipefail
cd "$(dirname "$0")/.."
python3 tools/update_translations.py
lrelease=$(command -v lrelease || echo /usr/lib/qt5/bin/lrelease)
for source in i18n/*.ts; do
  # a file without any translation yet makes no .qm
  if grep -q "<translation>" "$source"; then "$lrelease" -silent "$source"; fi
done
