"""Model cards on disk: a STAC Item with the Machine Learning Model (MLM) extension.

What MLM has a field for stands in that field (name, architecture, tasks, bands, value scaling, classes, the weights'
asset with its checksum). What it has none for stands under ``urbangrain:``. Reading is strict: a card either gives a
complete `ModelCard` or one sentence that names the field.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from pathlib import Path, PurePosixPath
from typing import Any

from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.models.card import ModelCard, Scaling
from urbangrain.engine.models.fields import FieldError, Fields
from urbangrain.engine.models.parcel_card import check_parcel_card, further_inputs
from urbangrain.engine.protocol.results import PARCEL_TASK, BandSpec, ClassInfo

MLM = "https://stac-extensions.github.io/mlm/v1.4.0/schema.json"
CLASSIFICATION = "https://stac-extensions.github.io/classification/v2.0.0/schema.json"
FILE = "https://stac-extensions.github.io/file/v2.1.0/schema.json"

MAX_CARD_BYTES = 1 << 20
_SHA256_MULTIHASH = "1220"  # sha2-256, 32 bytes: how the file extension writes checksums
_COLOUR = re.compile(r"#?([0-9A-Fa-f]{6})")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


def read_card(path: Path) -> ModelCard:
    """Read a card.

    Parameters
    ----------
    path : Path
        The card's .json file. The weights lie in its folder or below.

    Raises
    ------
    UrbanGrainError
        ``model.card_invalid`` naming the field; ``model.unsafe`` for weights that could run code.
    """
    path = Path(path)
    try:
        if path.stat().st_size > MAX_CARD_BYTES:
            raise FieldError("the card is larger than 1 MiB")
        data = json.loads(path.read_text("utf-8"))
        return _card(Fields(data, ""), path)
    except OSError as error:
        raise UrbanGrainError("model.card_invalid", path=str(path), problem=error.strerror or str(error)) from error
    except RecursionError as error:
        raise UrbanGrainError("model.card_invalid", path=str(path), problem="it is nested too deeply") from error
    except FieldError as error:
        raise UrbanGrainError("model.card_invalid", path=str(path), problem=str(error)) from error
    except ValueError as error:  # not UTF-8, not JSON
        raise UrbanGrainError("model.card_invalid", path=str(path), problem=f"it is not JSON ({error})") from error


def _card(item: Fields, path: Path) -> ModelCard:
    if item.text("type") != "Feature":
        raise FieldError('type must be "Feature": the card is not a STAC Item')
    identifier = item.text("id")
    if not _ID.fullmatch(identifier):
        raise FieldError("id may hold letters, digits, dot, dash and underscore only")
    properties = item.object("properties")
    for name in ("urbangrain:network", "urbangrain:gsd_m"):
        if not properties.has(name):
            raise FieldError(
                f"{properties.at(name)} is missing: the card does not say how its network is built or used"
            )
    tasks = properties.list("mlm:tasks")
    if "semantic-segmentation" not in tasks and PARCEL_TASK not in tasks:
        raise FieldError(f"properties.mlm:tasks has neither semantic-segmentation nor {PARCEL_TASK}")
    task = "semantic-segmentation" if "semantic-segmentation" in tasks else PARCEL_TASK

    # The image is the first of a parcel model's inputs; what its others are follows from the network.
    source = _only(properties, "mlm:input", first=task == PARCEL_TASK)
    bands = _bands(source)
    target = _only(properties, "mlm:output")
    classes = _classes(target)
    nodata = properties.integer("urbangrain:nodata", 0, 255, default=0)
    if nodata in {c.value for c in classes}:
        raise FieldError(f"properties.urbangrain:nodata is the value {nodata} of a class")

    network = properties.object("urbangrain:network")
    gsd = properties.numbers("urbangrain:gsd_m", 2)
    if not 0 < gsd[0] <= gsd[1]:
        raise FieldError("properties.urbangrain:gsd_m must be two growing numbers above 0")
    multiple = properties.integer("urbangrain:stride_multiple", 1, 1024, default=32)
    window = _window(source, multiple)
    overlap = properties.number("urbangrain:overlap", default=0.25)
    if not 0 <= overlap < 1:
        raise FieldError("properties.urbangrain:overlap must lie in [0, 1)")
    weights, digest = _weights(item, path)
    card = ModelCard(
        id=identifier,
        title=properties.text("title"),
        description=properties.text("description", default=""),
        version=properties.text("version", default="0"),
        path=path,
        network=network.text("name"),
        network_options=network.mapping("options"),
        weights=weights,
        weights_sha256=digest,
        bands=bands,
        classes=classes,
        nodata=nodata,
        gsd_min_m=gsd[0],
        gsd_max_m=gsd[1],
        window=window,
        scaling=_scaling(properties.object("urbangrain:scaling"), len(bands)),
        overlap=overlap,
        stride_multiple=multiple,
        upscale=properties.integer("urbangrain:upscale", 1, 16, default=1),
        fixed_window=properties.data.get("urbangrain:fixed_window") is True,
        task=task,
        licence=properties.text("license", default=""),
        limits=_limits(properties),
        accuracy=properties.mapping("urbangrain:accuracy"),
        training=properties.mapping("urbangrain:training"),
    )
    check_parcel_card(card)
    return card


def _limits(properties: Fields) -> tuple[str, ...]:
    if not properties.has("urbangrain:limits"):
        return ()
    found = properties.list("urbangrain:limits")
    if not all(isinstance(text, str) for text in found):
        raise FieldError(f"{properties.at('urbangrain:limits')} must be an array of sentences")
    return tuple(found)


def _only(properties: Fields, name: str, first: bool = False) -> Fields:
    """Return the single entry of an array (or the first): models of pixels with several inputs are not run."""
    entries = properties.list(name)
    if len(entries) != 1 and not first:
        raise FieldError(f"{properties.at(name)} must hold one entry, not {len(entries)}")
    return Fields(entries[0], f"{properties.at(name)}[0]")


def _bands(source: Fields) -> tuple[BandSpec, ...]:
    bands: list[BandSpec] = []
    for i, entry in enumerate(source.list("bands")):
        if isinstance(entry, str):
            bands.append(BandSpec(entry))
            continue
        band = Fields(entry, f"{source.at('bands')}[{i}]")
        optional = band.data.get("urbangrain:optional", False)
        if not isinstance(optional, bool):
            raise FieldError(f"{band.at('urbangrain:optional')} must be true or false")
        bands.append(BandSpec(band.text("name"), optional))
    names = [band.role for band in bands]
    if len(set(names)) != len(names):
        raise FieldError(f"{source.at('bands')} names a band twice")
    if all(band.optional for band in bands):
        raise FieldError(f"{source.at('bands')} are all optional")
    return tuple(bands)


def _classes(target: Fields) -> tuple[ClassInfo, ...]:
    classes: list[ClassInfo] = []
    for i, entry in enumerate(target.list("classification:classes")):
        one = Fields(entry, f"{target.at('classification:classes')}[{i}]")
        colour = _COLOUR.fullmatch(one.text("color_hint"))
        if colour is None:
            raise FieldError(f"{one.at('color_hint')} must be six hexadecimal digits")
        classes.append(ClassInfo(one.integer("value", 0, 255), one.text("name"), "#" + colour[1].lower()))
    values = [c.value for c in classes]
    if len(set(values)) != len(values):
        raise FieldError(f"{target.at('classification:classes')} gives a value twice")
    if len(classes) < 2:
        raise FieldError(f"{target.at('classification:classes')} must hold two classes or more")
    return tuple(classes)


def _window(source: Fields, multiple: int) -> int:
    entry = source.object("input")
    if entry.list("dim_order") != ["batch", "bands", "height", "width"]:
        raise FieldError(f"{entry.at('dim_order')} must be batch, bands, height, width")
    shape = entry.list("shape")
    if len(shape) != 4 or shape[2] != shape[3] or isinstance(shape[2], bool) or not isinstance(shape[2], int):
        raise FieldError(f"{entry.at('shape')} must be [-1, bands, window, window]")
    if shape[1] != len(source.list("bands")):
        raise FieldError(f"{entry.at('shape')} disagrees with the number of bands")
    window = shape[2]
    if not 16 <= window <= 8192 or window % multiple:
        raise FieldError(f"{entry.at('shape')}: the window {window} must be a multiple of {multiple} from 16 to 8192")
    return window


def _scaling(entry: Fields, bands: int) -> Scaling:
    kind = entry.text("kind")
    if kind not in ("fixed", "percentile"):
        raise FieldError(f"{entry.at('kind')} must be fixed or percentile")
    std = entry.numbers("std", bands)
    scale = entry.numbers("scale", bands) if kind == "fixed" else ()
    if min(std) <= 0 or (scale and min(scale) <= 0):
        raise FieldError(f"{entry.place}: std and scale must be above 0")
    low, high = entry.number("low", default=2.0), entry.number("high", default=98.0)
    if not 0 <= low < high <= 100:
        raise FieldError(f"{entry.place}: low and high must be growing percentages")
    clip = entry.numbers("clip", 2) if entry.has("clip") else (-5.0, 5.0)
    if not clip[0] < clip[1]:
        raise FieldError(f"{entry.at('clip')} must be two growing numbers")
    return Scaling(kind, entry.numbers("mean", bands), std, scale, low, high, (clip[0], clip[1]))


def _weights(item: Fields, path: Path) -> tuple[Path, str]:
    """Return the weights' path, inside the card's folder, and their SHA-256."""
    asset = item.object("assets").object("model")
    href = asset.text("href")
    relative = PurePosixPath(href)
    place = asset.at("href")
    if "://" in href or "\\" in href or ":" in href or relative.is_absolute() or Path(href).is_absolute():
        raise FieldError(f"{place} must be a path relative to the card's folder")
    if ".." in relative.parts:
        raise FieldError(f"{place} must not leave the card's folder")
    weights = path.parent / relative
    step = path.parent
    for part in relative.parts:
        step = step / part
        if step.is_symlink():
            raise FieldError(f"{place} goes through a symbolic link")
    if weights.is_file() and weights.stat().st_nlink > 1:
        raise FieldError(f"{place} is a hard link to another file")
    if relative.suffix.lower() not in (".safetensors", ".onnx"):
        raise UrbanGrainError("model.unsafe", path=str(weights))
    checksum = asset.text("file:checksum").lower()
    if not re.fullmatch(_SHA256_MULTIHASH + "[0-9a-f]{64}", checksum):
        raise FieldError(f"{asset.at('file:checksum')} must be a SHA-256 multihash (1220 and 64 hexadecimal digits)")
    return weights, checksum[len(_SHA256_MULTIHASH) :]


def card_to_item(card: ModelCard, framework_version: str, parameters: int, created: str) -> dict[str, Any]:
    """Return the STAC Item of a card.

    Parameters
    ----------
    card : ModelCard
        ``card.weights`` lies in the folder of ``card.path``.
    framework_version : str
        PyTorch's version.
    parameters : int
        Number of trained values.
    created : str
        RFC 3339 time, UTC.
    """
    scaling = card.scaling
    typed_scaling: dict[str, Any] = {
        "kind": scaling.kind,
        "mean": list(scaling.mean),
        "std": list(scaling.std),
        "clip": list(scaling.clip),
    }
    if scaling.kind == "fixed":
        typed_scaling["scale"] = list(scaling.scale)
        value_scaling = [
            {"type": "z-score", "mean": m / s, "stddev": d / s}
            for m, d, s in zip(scaling.mean, scaling.std, scaling.scale)
        ]
    else:
        typed_scaling.update(low=scaling.low, high=scaling.high)
        expression = (
            f"((x - P{scaling.low:g}) / (P{scaling.high:g} - P{scaling.low:g}) - mean) / std, percentiles of the "
            "band over the whole scene; mean, std and clip in urbangrain:scaling"
        )
        value_scaling = [{"type": "processing", "format": "text", "expression": expression}]
    onnx = card.weights.suffix.lower() == ".onnx"
    shape = [-1, len(card.bands), card.window, card.window]
    output_size = card.window * card.upscale
    answer = {
        "shape": [-1, len(card.classes), output_size, output_size],
        "dim_order": ["batch", "class", "height", "width"],
    }
    if card.of_parcels:
        answer = {"shape": [-1, len(card.classes)], "dim_order": ["batch", "class"]}
    properties = {
        "datetime": created,
        "title": card.title,
        "description": card.description or card.title,
        "version": card.version,
        "license": card.licence or "other",
        "mlm:name": card.id,
        "mlm:architecture": "HRNet-OCR" if card.network == "hrnet_ocr" else card.network,
        "mlm:tasks": [card.task],
        "mlm:framework": "pytorch",
        "mlm:framework_version": framework_version,
        "mlm:total_parameters": parameters,
        "mlm:pretrained": True,
        "mlm:pretrained_source": None,
        "mlm:input": [
            {
                "name": "image",
                "bands": [
                    {"name": b.role, **({"urbangrain:optional": True} if b.optional else {})} for b in card.bands
                ],
                "input": {"shape": shape, "dim_order": ["batch", "bands", "height", "width"], "data_type": "float32"},
                "value_scaling": value_scaling,
                "resize_type": None,
                "pre_processing_function": None,
            },
            *(further_inputs(card) if card.of_parcels else []),
        ],
        "mlm:output": [
            {
                "name": "logits",
                "tasks": [card.task],
                "result": {**answer, "data_type": "float32"},
                "classification:classes": [
                    {"value": c.value, "name": c.name, "color_hint": c.colour.lstrip("#").upper()} for c in card.classes
                ],
                "post_processing_function": None,
            }
        ],
        "urbangrain:network": {"name": card.network, "options": dict(card.network_options)},
        "urbangrain:scaling": typed_scaling,
        "urbangrain:gsd_m": [card.gsd_min_m, card.gsd_max_m],
        "urbangrain:nodata": card.nodata,
        "urbangrain:overlap": card.overlap,
        "urbangrain:stride_multiple": card.stride_multiple,
        "urbangrain:upscale": card.upscale,
        **({"urbangrain:fixed_window": True} if card.fixed_window else {}),
        "urbangrain:accuracy": dict(card.accuracy),
        **({"urbangrain:limits": list(card.limits)} if card.limits else {}),
        "urbangrain:training": dict(card.training),
    }
    return {
        "type": "Feature",
        "stac_version": "1.0.0",
        "stac_extensions": [MLM, CLASSIFICATION, FILE],
        "id": card.id,
        # A model of imagery from anywhere: the whole globe.
        "geometry": {"type": "Polygon", "coordinates": [[[-180, -90], [180, -90], [180, 90], [-180, 90], [-180, -90]]]},
        "bbox": [-180, -90, 180, 90],
        "properties": properties,
        "links": [],
        "assets": {
            "model": {
                "href": card.weights.relative_to(card.path.parent).as_posix(),
                "type": "application/octet-stream",
                "title": "Network and weights (ONNX)" if onnx else "Weights (safetensors)",
                "roles": ["mlm:model", "mlm:weights"],
                "mlm:artifact_type": "onnx" if onnx else "safetensors",
                "file:checksum": _SHA256_MULTIHASH + card.weights_sha256.lower(),
                "file:size": card.weights.stat().st_size if card.weights.exists() else 0,
            }
        },
    }


def write_card(card: ModelCard, framework_version: str, parameters: int, created: str) -> None:
    """Write a card to ``card.path``, all or nothing; the arguments are those of `card_to_item`."""
    text = json.dumps(card_to_item(card, framework_version, parameters, created), indent=2, ensure_ascii=False) + "\n"
    write_atomically(card.path, text.encode())


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all: temporary neighbour, fsync, rename."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
