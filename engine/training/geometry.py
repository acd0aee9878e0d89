"""Turns, mirrors, rotations and slight changes of light: what a recipe does to a training tile."""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Tensor

from urbangrain.engine.training.losses import IGNORED
from urbangrain.engine.training.recipes import Recipe


def vary(image: Tensor, target: Tensor, recipe: Recipe, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """Vary the tiles of a batch, each by its own draw.

    Parameters
    ----------
    image : Tensor float32 [n, bands, h, h]
    target : Tensor int64 [n, h * upscale, h * upscale]
    recipe : Recipe
    generator : torch.Generator
        On the CPU.

    Returns
    -------
    image, target : Tensor
        Of the same shapes.
    """
    images, targets = [], []
    for one, labels in zip(image, target):
        draw = torch.rand(8, generator=generator).tolist()
        if draw[0] < recipe.turns:
            quarters = 1 + int(draw[1] * 3)
            one, labels = torch.rot90(one, quarters, (1, 2)), torch.rot90(labels, quarters, (0, 1))
        if draw[2] < recipe.mirror:
            axis = 1 if draw[3] < 0.5 else 2
            one, labels = one.flip(axis), labels.flip(axis - 1)
        if draw[4] < recipe.rotation:
            one, labels = rotate(one, labels, recipe.rotation_degrees * (2 * draw[5] - 1))
        if recipe.light:
            one = one * (1 + recipe.light * (2 * draw[6] - 1)) + recipe.light * (2 * draw[7] - 1)
        images.append(one)
        targets.append(labels)
    return torch.stack(images), torch.stack(targets)


def rotate(image: Tensor, target: Tensor, degrees: float) -> tuple[Tensor, Tensor]:
    """Rotate a tile about its centre; what comes in from outside is 0 without a label.

    Parameters
    ----------
    image : Tensor float32 [bands, h, w]
    target : Tensor int64 [H, W]
        On the same grid or a finer one.
    degrees : float
        Counter-clockwise as seen on a map.
    """
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    turn = torch.tensor([[[c, -s, 0.0], [s, c, 0.0]]])
    grid = F.affine_grid(turn, [1, 1, *image.shape[-2:]], align_corners=False)
    moved = F.grid_sample(image[None], grid, mode="bilinear", padding_mode="zeros", align_corners=False)[0]
    fine = F.affine_grid(turn, [1, 1, *target.shape], align_corners=False)
    # shifted by one, so that the zeros outside are told from class 0
    labels = F.grid_sample(target[None, None].float() + 1, fine, mode="nearest", align_corners=False)[0, 0].long() - 1
    return moved, torch.where(labels < 0, IGNORED, labels)
