"""Where the real imagery is, for tests that use it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

DATA = Path(os.environ.get("URBANGRAIN_DATA", Path(__file__).resolve().parents[3] / "shared" / "data"))


def real(*parts: str) -> str:
    """Return a path in the folder of real imagery; skips the test where it is absent."""
    path = DATA.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"the real imagery {'/'.join(parts)} is not here (set URBANGRAIN_DATA)")
    return str(path)
