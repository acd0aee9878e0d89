"""Which band of an image is which: by name, wavelength or colour, else by the usual order."""

from __future__ import annotations

import re
from collections.abc import Sequence

from urbangrain.engine.context import JobContext
from urbangrain.engine.errors import UrbanGrainError
from urbangrain.engine.protocol.results import BandInfo, BandSpec

from .source import Image

_NAMES = {
    "coastal": r"coastal( (blue|aerosol))?|aerosol",
    "blue": r"blue|blau|bleu|azul",
    "green": r"green|gruen|grün|vert|verde",
    "red": r"red|rot|rouge|rojo",
    "red_edge": r"red ?edge( ?\d)?|rededge\d?|re",
    "nir": r"nir|nir ?1|nir ?08|near ?(infra ?red|ir)|infra ?red|ir",
    "swir": r"swir ?\d*|short ?wave ?(infra ?red|ir)",
    "pan": r"pan(chromatic)?",
    "alpha": r"alpha|mask|udm ?\d?",
}

_SENTINEL_2 = {
    "1": "coastal", "2": "blue", "3": "green", "4": "red", "5": "red_edge", "6": "red_edge", "7": "red_edge",
    "8": "nir", "8a": "nir_narrow", "11": "swir", "12": "swir",
}  # fmt: skip

_NANOMETRES = (
    ("coastal", 400, 450), ("blue", 450, 515), ("green", 515, 600), ("red", 620, 690), ("red_edge", 690, 760),
    ("nir", 760, 900), ("swir", 1500, 2500),
)  # fmt: skip


def role_of_name(name: str) -> str:
    """Role that a band's name suggests ('near infrared' -> 'nir', 'B02' -> 'blue', 'Band 3 (Green)'); '' for none."""
    plain = re.sub(r"[^0-9a-zäöüß]+", " ", name.lower()).strip()
    for role, pattern in _NAMES.items():
        if re.fullmatch(pattern, plain):
            return role
    # Sentinel-2's B02 ... B12. Other sensors number their bands otherwise, so a bare 'band 2' says nothing.
    match = re.fullmatch(r"(?:s2 |sentinel2 )?b0?(\d{1,2}a?)", plain)
    if match:
        return _SENTINEL_2.get(match.group(1), "")
    # A word within a longer name ('Band 3 Green', 'sr_nir'); the longer names first, so that red edge is not red.
    for role in ("red_edge", "nir", "swir", "coastal", "pan", "alpha", "blue", "green", "red"):
        if re.search(rf"(?:^| )(?:{_NAMES[role]})(?: |$)", plain) and len(plain) < 40:
            return role
    return ""


def role_of_wavelength(nanometres: float) -> str:
    """Role of a centre wavelength in nanometres; '' outside the usual bands."""
    return next((role for role, low, high in _NANOMETRES if low <= nanometres < high), "")


def describe_bands(image: Image) -> tuple[BandInfo, ...]:
    """Every band with its name and the role guessed from name, wavelength or colour (in this order)."""
    found = []
    names, colours, wavelengths = image.names(), image.colours(), image.wavelengths()
    for i in range(image.count):
        role = role_of_name(names[i])
        wavelength = wavelengths[i]
        if not role and wavelength is not None:
            role = role_of_wavelength(wavelength)
        if not role and colours[i] in ("red", "green", "blue", "nir", "alpha", "coastal", "pan"):
            role = colours[i]
        if i + 1 in image.alpha:
            role = "alpha"
        found.append(BandInfo(i + 1, names[i], role))
    return tuple(found)


def guess_bands(image: Image, wanted: Sequence[BandSpec], context: JobContext) -> tuple[int, ...] | None:
    """Band for each of a model's roles.

    Images without any known role are taken by the usual order, with the remark ``note.bands_by_order``: three bands are
    red, green, blue; four or more blue, green, red, near infrared (as satellites deliver them), or red, green, blue,
    near infrared when the pixels are 8-bit (as aerial surveys do). GDAL itself calls the first three bands of an 8-bit
    image red, green and blue, so that such an image has roles already.

    Returns
    -------
    tuple of int or None
        1-based, 0 for an optional role that is not there; None when a required role stays open.
    """
    infos = describe_bands(image)
    by_role: dict[str, int] = {}
    for info in infos:
        by_role.setdefault(info.role, info.number)
    useful = [i.number for i in infos if i.role != "alpha"]
    spectral = {"blue", "green", "red", "nir"}
    if not spectral & set(by_role):
        order = _order(len(useful), str(image.dtype))
        if order:
            by_role.update({role: useful[k] for k, role in enumerate(order)})
            if spectral & {spec.role for spec in wanted}:
                context.remark("note.bands_by_order", "warning", order=", ".join(order))
    elif {"blue", "green", "red"} <= set(by_role) and "nir" not in by_role:
        rest = [i.number for i in infos if not i.role]
        if len(useful) == 4 and len(rest) == 1:
            # Three named colours and one band without a name: aerial surveys deliver near infrared so.
            by_role["nir"] = rest[0]
            order = tuple("nir" if n == rest[0] else next(i.role for i in infos if i.number == n) for n in useful)
            context.remark("note.bands_by_order", "info", order=", ".join(order))
    if "nir" not in by_role and "nir_narrow" in by_role:
        by_role["nir"] = by_role["nir_narrow"]
    chosen = []
    for spec in wanted:
        number = by_role.get(spec.role, 0) or _by_place(spec.role, by_role, useful)
        if not number and not spec.optional:
            return None
        chosen.append(number)
    return tuple(chosen)


def _by_place(role: str, by_role: dict[str, int], useful: list[int]) -> int:
    """Band of a role that models from elsewhere use: 'grey' (panchromatic, or the only band) and 'band 1' ..."""
    if role == "grey":
        return by_role.get("pan", useful[0] if len(useful) == 1 else 0)
    place = re.fullmatch(r"band (\d+)", role)
    return useful[int(place[1]) - 1] if place and 0 < int(place[1]) <= len(useful) else 0


def _order(count: int, dtype: str) -> tuple[str, ...]:
    if count == 3:
        return ("red", "green", "blue")
    if count >= 4:
        return ("red", "green", "blue", "nir") if dtype == "uint8" else ("blue", "green", "red", "nir")
    return ()


def choose_bands(
    image: Image, wanted: Sequence[BandSpec], asked: Sequence[int] | None, context: JobContext
) -> tuple[int, ...]:
    """Bands of a job: those asked for, checked, or those guessed.

    Raises
    ------
    UrbanGrainError
        ``bands.wrong_count``, ``bands.out_of_range``, ``bands.required_absent``, ``bands.missing_role``.
    """
    if asked is None:
        guess = guess_bands(image, wanted, context)
        if guess is None:
            known = {i.role for i in describe_bands(image)}
            role = next((s.role for s in wanted if not s.optional and s.role not in known), wanted[0].role)
            raise UrbanGrainError("bands.missing_role", role=role, path=image.path)
        chosen = guess
    else:
        chosen = tuple(asked)
        if len(chosen) != len(wanted):
            raise UrbanGrainError("bands.wrong_count", expected=len(wanted), given=len(chosen))
        for number, spec in zip(chosen, wanted):
            if not 0 <= number <= image.count:
                raise UrbanGrainError("bands.out_of_range", band=number, path=image.path, count=image.count)
            if number == 0 and not spec.optional:
                raise UrbanGrainError("bands.required_absent", role=spec.role)
    if not any(chosen):
        raise UrbanGrainError("bands.missing_role", role=wanted[0].role, path=image.path)
    for number, spec in zip(chosen, wanted):
        if number == 0:
            context.remark("note.no_nir", "warning", role=spec.role)
    return chosen
