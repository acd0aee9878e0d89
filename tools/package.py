"""Build build/urbangrain.zip, the plugin as the QGIS plugin repository takes it.

What goes in is what git tracks, less what only developers need. The rules of the repository are checked here, so that a
release cannot break them by accident: one top folder, under 25,000,000 bytes, no binaries but weights, LICENSE present.
"""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LEFT_OUT = ("tests/", "benchmarks/", "docs/", "tools/", ".ci/", ".git", "Makefile", "CONTRIBUTING.md")
FORBIDDEN = {".so", ".dll", ".exe", ".sh", ".bat", ".pyc", ".pt", ".pth", ".pkl"}
LIMIT_BYTES = 25_000_000


def files() -> list[str]:
    """Return the tracked files that belong into the package, relative to the root."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [name for name in listed.split("\0") if name and not name.startswith(LEFT_OUT)]


def main() -> int:
    """Write the zip and return the exit code."""
    names = files()
    problems = [f"{name}: not allowed in a plugin" for name in names if Path(name).suffix in FORBIDDEN]
    problems += [f"{name} is missing" for name in ("LICENSE", "metadata.txt", "__init__.py") if name not in names]
    target = ROOT / "build" / "urbangrain.zip"
    target.parent.mkdir(exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in names:
            archive.write(ROOT / name, f"urbangrain/{name}")
        for compiled in sorted((ROOT / "i18n").glob("*.qm")):
            if f"i18n/{compiled.name}" not in names:
                archive.write(compiled, f"urbangrain/i18n/{compiled.name}")
    size = target.stat().st_size
    if size >= LIMIT_BYTES:
        problems.append(f"{size:,} bytes, {LIMIT_BYTES:,} is the limit")
    for problem in problems:
        print(problem, file=sys.stderr)
    print(f"{target.relative_to(ROOT)}: {len(names)} files, {size:,} bytes")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
