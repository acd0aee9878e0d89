"""Tables in ``docs/models.md``, between their marks."""

from __future__ import annotations

from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "models.md"


def put_table(name: str, text: str, page: Path = PAGE) -> None:
    """Replace what stands between ``<!-- name: begin -->`` and ``<!-- name: end -->``.

    Raises
    ------
    ValueError
        If the page does not have both marks.
    """
    whole = page.read_text("utf-8")
    begin, end = (f"<!-- {name}: {mark} -->" for mark in ("begin", "end"))
    if begin not in whole or end not in whole:
        raise ValueError(f"{page.name} has no marks for {name}")
    before, after = whole[: whole.index(begin) + len(begin)], whole[whole.index(end) :]
    page.write_text(f"{before}\n{text}{after}", "utf-8")
