from __future__ import annotations

from collections import Counter

from urbangrain.engine.parcels.classes import CLASSIFIED, FIRST_LEVEL, SECOND_LEVEL


def test_the_papers_numbers() -> None:
    assert [c.code for c in FIRST_LEVEL] == ["Res", "Com", "Pub", "Ind", "Agr", "Tra", "Unk"]
    assert [c.code for c in CLASSIFIED] == ["Res", "Com", "Pub", "Ind", "Agr"]
    assert len(SECOND_LEVEL) == 28
    parents = Counter(c.parent for c in SECOND_LEVEL)
    assert sum(parents[c.code] for c in CLASSIFIED) == 22
    assert set(parents) == {c.code for c in FIRST_LEVEL}


def test_codes_and_names_are_unique_within_their_level() -> None:
    for level in (FIRST_LEVEL, SECOND_LEVEL):
        assert len({c.code for c in level}) == len({c.name for c in level}) == len(level)
    assert all(c.parent == "" for c in FIRST_LEVEL)
