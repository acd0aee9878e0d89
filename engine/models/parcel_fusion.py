"""The land-use classifier of parcels: image patches, points of interest and user density, fused with weights.

MSLU-100K, section "Irregular parcels land use classification model" and figure 2: a Swin Transformer's features
averaged over a parcel's patches, the category embeddings of its points of interest, InceptionTime on its user density
of 24 hours; weights of the three that follow from the parcel, a weighted sum, a fully connected layer, softmax. Sizes
that the paper leaves out are those of the parts' own papers (Swin-T of Liu et al. 2021, InceptionTime of Fawaz et al.
2020, embeddings of 64 of Huang et al. 2022).

Any source may be missing for any parcel. The paper has no rule for that; here the weights are shared among the sources
that are there (`weighted_fusion`), and training takes sources away at random (`drop_sources`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import torch
from timm.models.swin_transformer import SwinTransformer
from torch import Tensor, nn

from urbangrain.engine.models.inception_time import InceptionTime
from urbangrain.engine.models.parcel_batch import Parcel, ParcelBatch, pack
from urbangrain.engine.models.source_fusion import drop_sources, weighted_fusion

SOURCES = ("image", "poi", "density")
"""Sources of a parcel, in the order of `ParcelPrediction.used`."""

LIGHT_PARCEL_FUSION: Mapping[str, Any] = {
    "side": 64,
    "swin_width": 24,
    "swin_depths": [1, 1, 2, 1],
    "swin_heads": [1, 2, 4, 8],
    "swin_window": 4,
    "drop_path": 0.0,
    "poi_size": 32,
    "time_filters": 8,
    "time_depth": 3,
    "channels": 64,
}
"""Options of a network that one CPU core trains. A patch of 64 pixels at 3 m is about as large as the smallest parcel
that the paper samples (38,931 m2)."""


@dataclass(frozen=True)
class ParcelFusionOptions:
    """Sizes of a `ParcelFusion`.

    Attributes
    ----------
    side : int
        Side of an image patch in pixels.
    swin_width, swin_depths, swin_heads, swin_window : int, (int, ...), (int, ...), int
        Channels of the first stage (each further one has twice as many), blocks and attention heads of the stages, and
        side of an attention window in tokens of 4 pixels.
    drop_path : float
        Rate of stochastic depth in the Swin Transformer.
    poi_categories : int
        Categories of points of interest; the default is the number of Gaode's second level (MSLU-100K, Table 2).
    poi_size : int
        Numbers in a category's embedding.
    time_steps : int
        Steps of the density series.
    time_filters, time_depth, time_kernels
        ``filters``, ``depth`` and ``kernels`` of `InceptionTime`.
    channels : int
        Channels that every source is brought to before the fusion.
    drop_source : float
        Probability that training takes a source from a parcel.
    patches_at_once : int
        Most patches that the image branch takes at once; it changes memory, never the result.
    """

    side: int = 224
    swin_width: int = 96
    swin_depths: tuple[int, ...] = (2, 2, 6, 2)
    swin_heads: tuple[int, ...] = (3, 6, 12, 24)
    swin_window: int = 7
    drop_path: float = 0.1
    poi_categories: int = 261
    poi_size: int = 64
    time_steps: int = 24
    time_filters: int = 32
    time_depth: int = 6
    time_kernels: tuple[int, ...] = (10, 20, 40)
    channels: int = 256
    drop_source: float = 0.2
    patches_at_once: int = 64

    def __post_init__(self) -> None:
        for name in ("swin_depths", "swin_heads", "time_kernels"):
            object.__setattr__(self, name, tuple(int(n) for n in getattr(self, name)))
        if not self.swin_depths or len(self.swin_depths) != len(self.swin_heads):
            raise ValueError("swin_depths and swin_heads must name the same stages")
        if any((self.swin_width << stage) % heads for stage, heads in enumerate(self.swin_heads) if heads > 0):
            raise ValueError("the channels of every stage must be a multiple of its heads")
        sizes = [self.swin_width, *self.swin_depths, *self.swin_heads, self.swin_window, self.poi_categories]
        sizes += [self.poi_size, self.time_steps, self.time_filters, self.time_depth, *self.time_kernels]
        if min(*sizes, self.channels, self.patches_at_once) < 1 or not self.time_kernels:
            raise ValueError("every size must be at least 1")
        if self.side < 1 or self.side % 4:
            raise ValueError(f"side must be a multiple of 4 pixels, not {self.side}")
        if not 0 <= self.drop_path < 1 or not 0 <= self.drop_source < 1:
            raise ValueError("drop_path and drop_source must lie in [0, 1)")


class ParcelPrediction(NamedTuple):
    """Answer of a `ParcelFusion` for n parcels.

    Attributes
    ----------
    logits : float Tensor of shape (n, classes)
        Zero for a parcel of which nothing is known.
    used : bool Tensor of shape (n, 3)
        Which of `SOURCES` the answer rests on.
    """

    logits: Tensor
    used: Tensor

    @property
    def known(self) -> Tensor:
        """Whether a parcel had any source, bool (n,). Where it had none, the logits say nothing."""
        return self.used.any(dim=1)


def average_by_parcel(features: Tensor, patch_parcel: Tensor, parcels: int) -> Tensor:
    """Average the features of each parcel's patches, element by element.

    Parameters
    ----------
    features : Tensor of shape (p, channels)
    patch_parcel : int64 Tensor of shape (p,)
    parcels : int
        n.

    Returns
    -------
    Tensor of shape (n, channels)
        Float32; zero for a parcel without patches.
    """
    total = torch.zeros(parcels, features.shape[1], device=features.device)
    total = total.index_add(0, patch_parcel, features.float())
    return total / torch.bincount(patch_parcel, minlength=parcels).clamp(min=1).unsqueeze(1)


class ParcelFusion(nn.Module):
    """Land-use classes of parcels from up to three sources.

    Parameters
    ----------
    in_channels, classes : int
        Bands of the image patches, and output classes.
    options : ParcelFusionOptions

    Attributes
    ----------
    poi_table : Tensor of shape (poi_categories, poi_size)
        The categories' embeddings: `embed_poi_categories` learns them, and they stay as they are while the network
        trains. It is part of the weights. Before it is filled its rows are random directions, which still tell the
        categories apart.

    Notes
    -----
    A parcel's answer does not depend on the other parcels of the batch (in eval mode). Whatever is missing, masked or
    not finite is never computed with, so that NaN there reaches neither answers nor gradients.
    """

    def __init__(self, in_channels: int, classes: int, options: ParcelFusionOptions | None = None) -> None:
        super().__init__()
        options = options or ParcelFusionOptions()
        self.options = options
        self.in_channels = in_channels
        self.image_encoder = SwinTransformer(
            img_size=options.side,
            patch_size=4,
            in_chans=in_channels,
            num_classes=0,
            embed_dim=options.swin_width,
            depths=options.swin_depths,
            num_heads=options.swin_heads,
            window_size=options.swin_window,
            drop_path_rate=options.drop_path,
        )
        self.density_encoder = InceptionTime(
            1, options.time_filters, options.time_kernels, options.time_filters, options.time_depth
        )
        self.poi_table: Tensor
        self.register_buffer("poi_table", torch.randn(options.poi_categories, options.poi_size))
        self.no_poi = nn.Parameter(torch.zeros(options.poi_size))
        sizes = (self.image_encoder.num_features, options.poi_size, self.density_encoder.features)
        self.project = nn.ModuleList(
            nn.Sequential(nn.Linear(size, options.channels), nn.LayerNorm(options.channels), nn.GELU())
            for size in sizes
        )
        inner = max(1, options.channels // 4)
        self.score = nn.ModuleList(
            nn.Sequential(nn.Linear(options.channels, inner), nn.Tanh(), nn.Linear(inner, 1)) for _ in sizes
        )
        self.classify = nn.Linear(options.channels, classes)

    def pack(self, parcels: Sequence[Parcel]) -> ParcelBatch:
        """Make a batch in this network's sizes; see `urbangrain.engine.models.parcel_batch.pack`."""
        sizes = self.options
        return pack(parcels, self.in_channels, sizes.side, sizes.poi_categories, sizes.time_steps)

    def set_poi_table(self, table: Tensor) -> None:
        """Put in the categories' embeddings.

        Parameters
        ----------
        table : Tensor of shape (poi_categories, poi_size)

        Raises
        ------
        ValueError
            For another shape, or numbers that are not finite.
        """
        if table.shape != self.poi_table.shape or not bool(torch.isfinite(table).all()):
            raise ValueError(f"the table must be finite, of shape {tuple(self.poi_table.shape)}")
        self.poi_table.copy_(table)

    def forward(self, batch: ParcelBatch) -> ParcelPrediction:
        """Classify the parcels.

        Raises
        ------
        TypeError
            For anything but a `ParcelBatch`.
        ValueError
            For a batch whose sizes are not the network's.
        """
        self._check(batch)
        whole = torch.isfinite(batch.patches).flatten(1).all(dim=1)
        patches_of = torch.bincount(batch.patch_parcel[whole], minlength=len(batch))
        has_pois = batch.has_pois & torch.isfinite(batch.poi_counts).all(dim=1)
        has_density = batch.has_density & torch.isfinite(batch.density).all(dim=1)
        used = torch.stack([patches_of > 0, has_pois, has_density], dim=1)
        if self.training:
            used = drop_sources(used, self.options.drop_source)

        rows = [used[:, s].nonzero().squeeze(1) for s in range(len(SOURCES))]
        encode = (
            lambda: self._image_features(batch, whole & used[batch.patch_parcel, 0])[rows[0]],
            lambda: self._poi_features(batch.poi_counts[rows[1]]),
            lambda: self.density_encoder(batch.density[rows[2]].unsqueeze(1)),
        )
        features, scores = [], []
        for s in range(len(SOURCES)):
            feature = torch.zeros(len(batch), self.options.channels, device=used.device)
            score = torch.zeros(len(batch), 1, device=used.device)
            if len(rows[s]):
                own = self.project[s](encode[s]())
                feature = feature.index_copy(0, rows[s], own.float())
                score = score.index_copy(0, rows[s], self.score[s](own).float())
            features.append(feature)
            scores.append(score)
        fused = weighted_fusion(torch.stack(features, dim=1), torch.cat(scores, dim=1), used)
        logits = self.classify(fused)
        return ParcelPrediction(logits.masked_fill(~used.any(dim=1, keepdim=True), 0.0), used)

    def _image_features(self, batch: ParcelBatch, taken: Tensor) -> Tensor:
        """Average the encoder's features over the patches that are taken; rows of parcels without any are zero."""
        patches = batch.patches[taken].split(self.options.patches_at_once)
        features = torch.cat([self.image_encoder(some) for some in patches])
        return average_by_parcel(features, batch.patch_parcel[taken], len(batch))

    def _poi_features(self, counts: Tensor) -> Tensor:
        """Average the embeddings over the points of interest; a parcel that has none gets a vector of its own."""
        total = counts.sum(dim=1, keepdim=True)
        return torch.where(total > 0, counts @ self.poi_table / total.clamp(min=1e-6), self.no_poi)

    def _check(self, batch: ParcelBatch) -> None:
        if not isinstance(batch, ParcelBatch):
            raise TypeError(f"a parcel network takes a ParcelBatch, not {type(batch).__name__}: it classifies parcels")
        sizes = self.options
        expected = (self.in_channels, sizes.side, sizes.side, sizes.poi_categories, sizes.time_steps)
        found = (*batch.patches.shape[1:], batch.poi_counts.shape[1], batch.density.shape[1])
        if found != expected:
            raise ValueError(
                f"the network takes patches of {expected[:3]}, {expected[3]} categories and {expected[4]} steps, "
                f"not {found[:3]}, {found[3]} and {found[4]}"
            )
