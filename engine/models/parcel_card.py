"""What a card of a parcel model says beside that of a model of pixels: three inputs, and one answer a parcel."""

from __future__ import annotations

from typing import Any

from urbangrain.engine.models.card import ModelCard
from urbangrain.engine.models.fields import FieldError
from urbangrain.engine.protocol.results import PARCEL_TASK

NETWORK = "parcel_fusion"
STEPS = 24
"""Hours of the density series."""

_OPTIONS = "properties.urbangrain:network.options"


def check_parcel_card(card: ModelCard) -> None:
    """Refuse a card whose network, task and sizes do not belong together.

    Raises
    ------
    FieldError
        Naming the field.
    """
    if (card.network == NETWORK) != card.of_parcels:
        raise FieldError(f"properties.mlm:tasks must be {PARCEL_TASK} where the network is {NETWORK}, and only there")
    if not card.of_parcels:
        return
    # Imported where it is needed: most cards are not of parcels.
    from urbangrain.engine.parcels.poi_categories import CATEGORIES

    expected = {"side": card.window, "poi_categories": len(CATEGORIES), "time_steps": STEPS}
    given = {"time_steps": STEPS, **card.network_options}
    for name, size in expected.items():
        if given.get(name) != size:
            raise FieldError(f"{_OPTIONS}.{name} must be {size}, not {given.get(name)}")
    if card.upscale != 1:
        raise FieldError("properties.urbangrain:upscale must be 1 for a model of parcels")


def further_inputs(card: ModelCard) -> list[dict[str, Any]]:
    """Return MLM's description of the inputs of a parcel model beside the image."""
    categories = card.network_options["poi_categories"]
    return [
        _input("poi", "points of interest in the parcel by category", ["batch", "category"], categories),
        _input("density", "log(0.01 + x / m), x the user density of an hour, m its mean", ["batch", "time"], STEPS),
    ]


def _input(name: str, description: str, dimensions: list[str], size: int) -> dict[str, Any]:
    return {
        "name": name,
        "description": description,
        "bands": [],
        "input": {"shape": [-1, size], "dim_order": dimensions, "data_type": "float32"},
        "pre_processing_function": None,
    }
