"""What each bundled model is not good for: sentences that its card carries."""

from __future__ import annotations

LIMITS: dict[str, tuple[str, ...]] = {
    "landcover": (
        "Too few real labels went into it to quote its scores as an accuracy: assess it with polygons of your own.",
        "Without near infrared it confuses farmland, grass and dark water more often.",
        "In sub-metre colour imagery it misses more than half of the tree pixels and takes some shadows for water.",
        "It knows summer imagery without clouds or snow.",
    ),
    "greenspace": (
        "Too few real labels went into it to quote its scores as an accuracy: assess it with polygons of your own.",
        "It takes farmland and paving for green space far more often than the reverse.",
        "It knows summer imagery without clouds or snow.",
    ),
    "rooftops": (
        "It learnt from demo cities only: no real rooftop has been measured.",
        "It finds half of the demo cities' rooftop pixels, and a fifth of a year's rooftops vanish in the next image.",
        "It takes reflectance of Sentinel-2 at 10 m and nothing else.",
    ),
    "parcels": (
        "It learnt from demo cities only: no real parcel has been measured.",
        "From imagery alone it rarely finds public uses, and commerce and industry come out at an F1 near 0.5.",
        "It knows no land of transport, and names one use where a parcel has several.",
    ),
}
"""By the model's id."""
