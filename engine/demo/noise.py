"""Smooth random fields."""

from __future__ import annotations

import numpy as np


def value_noise(rng: np.random.Generator, shape: tuple[int, int], cell: float) -> np.ndarray:
    """Return a smooth random field: float32 of ``shape``, mean about 0, standard deviation about 1.

    Normal deviates on a lattice of ``cell`` pixels, joined by smoothstep interpolation (value noise).
    """
    cell = max(1.0, float(cell))
    rows, cols = (int(np.ceil(s / cell)) + 2 for s in shape)
    lattice = rng.standard_normal((rows, cols), dtype=np.float32)
    out = lattice
    for axis, size in enumerate(shape):
        at = (np.arange(size, dtype=np.float32) + 0.5) / np.float32(cell)
        low = np.floor(at).astype(np.intp)
        t = at - low
        t = t * t * (3 - 2 * t)
        t = t[:, None] if axis == 0 else t[None, :]
        out = np.take(out, low, axis) * (1 - t) + np.take(out, low + 1, axis) * t
    return out * np.float32(1.45)


def fractal(rng: np.random.Generator, shape: tuple[int, int], cell: float, octaves: int = 3) -> np.ndarray:
    """Sum of ``octaves`` value-noise fields, each of half the cell and 0.6 times the amplitude; sd about 1."""
    total = np.zeros(shape, np.float32)
    weight, norm = 1.0, 0.0
    for _ in range(octaves):
        total += np.float32(weight) * value_noise(rng, shape, cell)
        norm += weight**2
        weight *= 0.6
        cell /= 2
        if cell < 1:
            break
    return total / np.float32(np.sqrt(norm))


class Waves:
    """A smooth function of the plane (a sum of sine waves), for shapes that are needed at points, not on a grid."""

    def __init__(self, rng: np.random.Generator, wavelength: float, n: int = 8) -> None:
        angle = rng.uniform(0, 2 * np.pi, n)
        k = 2 * np.pi / (wavelength * np.exp(rng.uniform(-0.5, 0.7, n)))
        self.k = np.stack([k * np.cos(angle), k * np.sin(angle)], -1)
        self.phase = rng.uniform(0, 2 * np.pi, n)
        self.norm = np.sqrt(2 / n)

    def __call__(self, points: np.ndarray) -> np.ndarray:
        """Values at ``points`` ``[..., 2]``, about unit variance."""
        return np.sin(points @ self.k.T + self.phase).sum(-1) * self.norm
