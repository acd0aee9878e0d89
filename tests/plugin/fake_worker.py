"""A worker that speaks the protocol and makes small, wrong maps: for tests of the plugin's side alone.

Run as the real one is; ``FAKE_MODE`` chooses how it misbehaves: '' (well), 'crash' (dies while mapping), 'deaf'
(ignores cancel), 'old' (another protocol version), 'mute' (says nothing and exits), 'noisy' (prints to stdout).
"""

from __future__ import annotations

import base64
import os
import queue
import sys
import threading
import time
import zlib
from array import array
from dataclasses import replace

from osgeo import gdal, ogr, osr

from urbangrain.engine.protocol import (
    PROTOCOL_VERSION,
    AssessResult,
    BandInfo,
    BandSpec,
    Cancel,
    Cancelled,
    ClassArea,
    ClassifyResult,
    ClassInfo,
    ClassScore,
    DemoSceneResult,
    Failed,
    Finished,
    Hello,
    InspectResult,
    LiveResult,
    LiveTile,
    MakeParcelsResult,
    MapManyResult,
    MapResult,
    MatchResult,
    ModelInfo,
    ModelsResult,
    Progress,
    Remark,
    RooftopChange,
    RooftopYear,
    RooftopYearsResult,
    Run,
    SampleParcelsResult,
    SceneResult,
    Started,
    SummariseResult,
    TileReady,
    ValueBand,
    from_line,
    to_line,
)

gdal.UseExceptions()
ogr.UseExceptions()

CLASSES = (
    ClassInfo(1, "water", "#1f78ff"),
    ClassInfo(2, "tree", "#1a9641"),
    ClassInfo(3, "grass", "#d9ef3b"),
    ClassInfo(4, "farmland", "#fdae61"),
    ClassInfo(5, "impervious", "#8c8c8c"),
)
MODEL = ModelInfo(
    id="landcover",
    title="Land cover (light)",
    description="A test double",
    path="/models/landcover",
    task="semantic-segmentation",
    classes=CLASSES,
    nodata=0,
    bands=(BandSpec("blue"), BandSpec("green"), BandSpec("red"), BandSpec("nir", True)),
    gsd_min_m=0.5,
    gsd_max_m=3.0,
    window=256,
    accuracy={"overall": 0.93, "data": "held-out demo scenes"},
)
LAND_USES = (ClassInfo(1, "Residential", "#f6c85f"), ClassInfo(2, "Industrial", "#8d6e63"))
PARCEL_MODEL = replace(
    MODEL, id="parcels", title="Land use", path="/models/parcels", task="classification", classes=LAND_USES
)
VALUES = {
    "depth": replace(MODEL, task="regression", classes=(), values=("depth", "age")),
    "sharp": replace(MODEL, task="super-resolution", classes=(), values=("red", "green", "blue")),
    "many": replace(MODEL, task="regression", classes=(), values=tuple(f"band {k}" for k in range(12))),
}
"""What a model file of that name gives instead of classes."""
MODE = os.environ.get("FAKE_MODE", "")
STEP_S = float(os.environ.get("FAKE_STEP_S", "0.02"))
cancelled: set[str] = set()
lock = threading.Lock()


class Stopped(Exception):
    pass


def say(event) -> None:
    with lock:
        sys.stdout.write(to_line(event))
        sys.stdout.flush()


def steps(identifier: str, stage: str, start: float, end: float, count: int = 10) -> None:
    for step in range(count):
        if identifier in cancelled and MODE != "deaf":
            raise Stopped
        fraction = start + (end - start) * (step + 1) / count
        say(Progress(identifier, stage, fraction, step + 1, count, 1.2e6, (1 - fraction) * 10 * STEP_S))
        time.sleep(STEP_S)


def raster(path: str, like: gdal.Dataset, fill) -> None:
    width, height = like.RasterXSize, like.RasterYSize
    out = gdal.GetDriverByName("GTiff").Create(path, width, height, 1, gdal.GDT_Byte)
    out.SetGeoTransform(like.GetGeoTransform())
    out.SetProjection(like.GetProjection())
    for row in range(height):
        values = bytes(fill(column, row, width, height) for column in range(width))
        out.GetRasterBand(1).WriteRaster(0, row, width, 1, values)
    out.GetRasterBand(1).SetNoDataValue(0)
    out.FlushCache()


def squares(path: str, table: str, like: gdal.Dataset, fields, count: int = 5) -> None:
    west, dx, _, north, _, dy = like.GetGeoTransform()
    out = ogr.GetDriverByName("GPKG").CreateDataSource(path)
    crs = osr.SpatialReference(like.GetProjection())
    layer = out.CreateLayer(table, crs, ogr.wkbPolygon)
    for name, kind, _value in fields:
        layer.CreateField(ogr.FieldDefn(name, kind))
    step = like.RasterXSize / count
    for number in range(count):
        left, right = west + number * step * dx, west + (number + 0.8) * step * dx
        top, bottom = north + 2 * dy, north + (like.RasterYSize - 2) * dy
        feature = ogr.Feature(layer.GetLayerDefn())
        for name, _kind, value in fields:
            feature.SetField(name, value(number))
        text = f"POLYGON(({left} {top},{right} {top},{right} {bottom},{left} {bottom},{left} {top}))"
        feature.SetGeometry(ogr.CreateGeometryFromWkt(text))
        layer.CreateFeature(feature)
    out = None


def own_model(path: str) -> ModelInfo:
    name = os.path.splitext(os.path.basename(path))[0]
    return replace(VALUES.get(name, MODEL), id=name, title=name, path=path)


def map_values(identifier: str, job, info: ModelInfo) -> MapResult:
    """A raster whose band k runs from 10 k (left) to 10 k + 5 (right); its first two columns are nodata."""
    if job.confidence or job.polygons or job.parcels or job.min_patch_m2 or job.fill_holes_m2:
        raise ValueError("a model of numbers was asked for classes")
    like = gdal.Open(job.image)
    steps(identifier, "map", 0.1, 0.9, 3)
    width, height, count = like.RasterXSize, like.RasterYSize, len(info.values)
    out = gdal.GetDriverByName("GTiff").Create(job.out, width, height, count, gdal.GDT_Float32)
    out.SetGeoTransform(like.GetGeoTransform())
    out.SetProjection(like.GetProjection())
    row = array("f", [float("nan")] * 2 + [5 * (x - 2) / (width - 3) for x in range(2, width)])
    for k in range(1, count + 1):
        band = out.GetRasterBand(k)
        band.SetNoDataValue(float("nan"))
        band.WriteRaster(0, 0, width, height, array("f", [10 * k + value for value in row]).tobytes() * height)
    out.FlushCache()
    return MapResult(
        classes=job.out, confidence=None, probabilities=None, polygons=None, parcels=None, model=info.id,
        model_title=info.title, class_infos=(), areas=(), width=width, height=height, map_gsd_m=3.0,
        mapped_px=(width - 2) * height, seconds=1.0, rate_px_s=1e6, device="cpu", precision="fp32", backend="fake",
        task=info.task,
        values=tuple(ValueBand(n, 10.0 * k, 10.0 * k + 2.5, 10.0 * k + 5, 1.5) for k, n in enumerate(info.values, 1)),
    )  # fmt: skip


def map_image(identifier: str, job) -> MapResult:
    info = own_model(job.model)
    if info.values:
        return map_values(identifier, job, info)
    like = gdal.Open(job.image)
    steps(identifier, "open", 0, 0.1, 2)
    steps(identifier, "map", 0.1, 0.5)
    if MODE == "crash":
        os._exit(3)
    steps(identifier, "map", 0.5, 0.9)
    raster(job.out, like, lambda x, y, w, h: 0 if x < 2 else 1 + (5 * x // w))
    if job.confidence:
        raster(job.confidence, like, lambda x, y, w, h: 1 + 253 * y // h)
    name = lambda number: CLASSES[number % 5].name  # noqa: E731
    if job.polygons:
        fields = [
            ("class_value", ogr.OFTInteger, lambda n: 1 + n % 5),
            ("class", ogr.OFTString, name),
            ("area_m2", ogr.OFTReal, lambda n: 100.0 * n),
            ("confidence", ogr.OFTReal, lambda n: 0.5 + n / 10),
        ]
        squares(job.polygons, "polygons", like, fields)
    if job.parcels_out:
        if not os.path.exists(job.parcels):
            raise FileNotFoundError(job.parcels)
        fields = [
            ("dominant", ogr.OFTString, name),
            ("dominant_value", ogr.OFTInteger, lambda n: 1 + n % 5),
            ("purity", ogr.OFTReal, lambda n: n / 5),
        ]
        squares(job.parcels_out, "parcels", like, fields)
    pixels = like.RasterXSize * like.RasterYSize
    areas = tuple(ClassArea(c.value, c.name, c.colour, pixels // 5, pixels / 5 * 9.0) for c in CLASSES)
    return MapResult(
        classes=job.out,
        confidence=job.confidence,
        probabilities=None,
        polygons=job.polygons,
        parcels=job.parcels_out,
        model="landcover",
        model_title=MODEL.title,
        class_infos=CLASSES,
        areas=areas,
        width=like.RasterXSize,
        height=like.RasterYSize,
        map_gsd_m=3.0,
        mapped_px=pixels,
        seconds=1.0,
        rate_px_s=float(pixels),
        device="cpu",
        precision="fp32",
        backend="fake",
        remarks=(Remark("note.cpu_fallback"),),
    )


def live(identifier: str, job) -> LiveResult:
    """Four tiles of one class each, in the image's four quarters; wide screens are seen at four times the pixels."""
    like = gdal.Open(job.image)
    gsd = like.GetGeoTransform()[1]
    level = 2 if (job.extent[2] - job.extent[0]) / job.screen_px > 4 * gsd else 0
    size = like.RasterXSize // 2 // 2**level
    for number in range(4):
        if identifier in cancelled:
            raise Stopped
        time.sleep(STEP_S)
        row, column = divmod(number, 2)
        left, _, _, top, _, _ = like.GetGeoTransform()
        pixel = gsd * 2**level
        transform = (pixel, 0.0, left + column * size * pixel, 0.0, -pixel, top - row * size * pixel)
        data = base64.b64encode(zlib.compress(bytes([number + 1]) * size * size)).decode("ascii")
        say(TileReady(identifier, LiveTile(level, row, column, size, size, transform, "EPSG:32650", data)))
        say(Progress(identifier, "map", (number + 1) / 4, number + 1, 4))
    return LiveResult(4, 0, level, gsd * 2**level, level == 0, 0.1, "cpu")


def map_many(identifier: str, job) -> MapManyResult:
    """Map each input; one whose name has 'broken' in it fails."""
    os.makedirs(job.out_dir, exist_ok=True)
    scenes, areas, mosaic = [], (), None
    for number, image in enumerate(job.inputs):
        if "broken" in image:
            values = {"path": image, "reason": "it is broken"}
            scenes.append(SceneResult(image, f"s{number}", "failed", code="image.unreadable", values=values))
            continue
        out = os.path.join(job.out_dir, f"s{number}_classes.tif")
        areas = map_image(identifier, job.scene_job(image, out)).areas
        scenes.append(SceneResult(image, f"s{number}", "done", out))
        if job.mosaic != "none" and mosaic is None:
            mosaic = os.path.join(job.out_dir, "mosaic.vrt")
            gdal.Translate(mosaic, out, format="VRT")
    failed = sum(scene.state == "failed" for scene in scenes)
    remarks = [Remark("many.some_failed", {"failed": failed, "count": len(scenes)}, "error")] * bool(failed)
    return MapManyResult(
        job.out_dir, tuple(scenes), mosaic, "landcover", MODEL.title, CLASSES, areas, 1000, 1.0, 1000.0, "cpu",
        tuple(remarks),
    )  # fmt: skip


def rooftop_years(identifier: str, job) -> RooftopYearsResult:
    """A raster for each year, all of it rooftop, and one of changes with the values 0 to 4."""
    os.makedirs(job.out_dir, exist_ok=True)
    steps(identifier, "map", 0, 0.8, 5)
    like = gdal.Open(job.images[0])
    years = []
    for year in sorted(job.years):
        path = os.path.join(job.out_dir, f"rooftops_{year}.tif")
        raster(path, like, lambda x, y, w, h: 255)
        first = not years
        years.append(RooftopYear(year, path, 900.0, 1000.0, None if first else 100.0, None if first else 0.0))
    change, table = (os.path.join(job.out_dir, name) for name in ("change.tif", "areas.csv"))
    raster(change, like, lambda x, y, w, h: 5 * x // w)
    with open(table, "w", encoding="utf-8") as file:
        file.write("year\n")
    changes = (
        RooftopChange(0, "never", "#f0f0f0"),
        RooftopChange(1, "always", "#969696"),
        RooftopChange(2, "new", "#b10026", years[-1].year),
        RooftopChange(101, "lost", "#08306b", years[-1].year),
        RooftopChange(200, "several", "#7b3294"),
    )
    infos = (ClassInfo(0, "other", "#f0f0f0"), ClassInfo(255, "rooftop", "#d7301f"))
    asked = {"count": len(years)} if job.homogeneity else {"count": -1}
    return RooftopYearsResult(
        job.out_dir, tuple(years), change, table, infos, changes, job.model, "Rooftops", 1000, 1.0, "cpu",
        (Remark("note.years_unchecked", asked), Remark("note.mask_partly", {"path": job.built_mask, "percent": 3})),
    )  # fmt: skip


def classify(identifier: str, job) -> ClassifyResult:
    """Every other parcel is residential; the last one is not known."""
    steps(identifier, "classify", 0, 1, 3)
    source = ogr.Open(job.parcels)
    layer = source.GetLayerByName(job.layer) if job.layer else source.GetLayer(0)
    out = ogr.GetDriverByName("GPKG").CreateDataSource(job.out)
    made = out.CreateLayer("parcels", layer.GetSpatialRef(), ogr.wkbPolygon)
    made.CreateField(ogr.FieldDefn("land_use", ogr.OFTString))
    made.CreateField(ogr.FieldDefn("land_use_2", ogr.OFTString))
    made.CreateField(ogr.FieldDefn("confidence", ogr.OFTReal))
    made.CreateField(ogr.FieldDefn("quality", ogr.OFTInteger))
    count = layer.GetFeatureCount()
    for number, feature in enumerate(layer):
        one = ogr.Feature(made.GetLayerDefn())
        one.SetGeometry(feature.GetGeometryRef())
        one.SetField("quality", 0)
        if number < count - 1:
            one.SetField("land_use_2", LAND_USES[number % 2].name)
            one.SetField("confidence", 0.7)
            one.SetField("quality", 3)
        made.CreateFeature(one)
    out = None
    given = {"image": job.image, "poi": job.pois, "density": job.density}
    used = {name: (count - 1) * bool(path) for name, path in given.items()}
    remarks = (Remark("note.no_source", {"count": 1}, "warning"),)
    return ClassifyResult(
        job.out, job.model, LAND_USES, count, count - 1, {"Residential": 2}, {"3": count - 1, "0": 1}, used, 0.1, "cpu",
        remarks,
    )  # fmt: skip


def inspect(job) -> InspectResult:
    like = gdal.Open(job.image)
    width, height = like.RasterXSize, like.RasterYSize
    remarks = [Remark("note.depth", {"dtype": "uint16", "low": 100, "high": 4000})]
    if like.RasterCount < 3:
        remarks.append(Remark("bands.missing_role", {"role": "red", "path": os.path.basename(job.image)}, "error"))
    elif like.RasterCount == 3:
        remarks.append(Remark("note.no_nir", {"role": "nir"}, "warning"))
    roles = ("blue", "green", "red", "nir")
    bands = tuple(
        BandInfo(i + 1, roles[i] if i < 4 else "", roles[i] if i < 4 else "") for i in range(like.RasterCount)
    )
    guess = tuple(i + 1 if i < like.RasterCount else 0 for i in range(4)) if like.RasterCount >= 3 else None
    return InspectResult(
        width, height, "uint16", "EPSG:32650", 3.0, 0.0, bands, guess, width, height, 3.0, width * height, 2.0, "cpu",
        tuple(remarks),
    )  # fmt: skip


def assess(identifier: str, job) -> AssessResult:
    steps(identifier, "assess", 0, 1, 3)
    scores = tuple(ClassScore(c.value, c.name, c.colour, 0.9, 0.8, 0.85, 0.74, 1000, 1100) for c in CLASSES)
    matrix = tuple(tuple(1000 if i == j else 37 * (i + j) for j in range(5)) for i in range(5))
    for path in (job.out, job.csv, job.json):
        if path:
            with open(path, "w", encoding="utf-8") as file:
                file.write("test double\n")
    return AssessResult(
        scores, matrix, 0.912, 0.88, 0.75, 0.81, 5000, job.mapping or {}, job.out, job.csv, job.json,
        (Remark("note.unmapped", {"values": "rock"}, "warning"),),
    )  # fmt: skip


def make_parcels(identifier: str, job) -> MakeParcelsResult:
    """Four parcels in the quarters of the boundary's extent; each carries what the job said, to be looked at."""
    sources = ogr.Open(job.boundary), ogr.Open(job.roads)  # which must outlive their layers
    border, roads = (
        source.GetLayerByName(name) if name else source.GetLayer(0)
        for source, name in zip(sources, (job.boundary_layer, job.roads_layer))
    )
    steps(identifier, "cut", 0, 1, 3)
    west, east, south, north = border.GetExtent()
    out = ogr.GetDriverByName("GPKG").CreateDataSource(job.out)
    layer = out.CreateLayer("parcels", border.GetSpatialRef(), ogr.wkbPolygon)
    layer.CreateField(ogr.FieldDefn("parcel_id", ogr.OFTInteger64))
    layer.CreateField(ogr.FieldDefn("job", ogr.OFTString))
    for number in range(4):
        left, low = west + number % 2 * (east - west) / 2, south + number // 2 * (north - south) / 2
        right, high = left + (east - west) / 2, low + (north - south) / 2
        feature = ogr.Feature(layer.GetLayerDefn())
        feature.SetField("parcel_id", number + 1)
        feature.SetField("job", to_line(job))
        text = f"POLYGON(({left} {low},{right} {low},{right} {high},{left} {high},{left} {low}))"
        feature.SetGeometry(ogr.CreateGeometryFromWkt(text))
        layer.CreateFeature(feature)
    out = None
    remarks = (Remark("note.unknown_roads", {"path": job.roads, "width": 6.0, "values": "goat_trail (1)"}, "warning"),)
    return MakeParcelsResult(job.out, 4, roads.GetFeatureCount(), 2, 1e4, "EPSG:32650", 0.1, remarks)


def sample_parcels(job) -> SampleParcelsResult:
    """The first parcels of the layer, with rank, score and what the job said."""
    source = ogr.Open(job.parcels)
    parcels = source.GetLayerByName(job.layer) if job.layer else source.GetLayer(0)
    out = ogr.GetDriverByName("GPKG").CreateDataSource(job.out)
    layer = out.CreateLayer("parcels", parcels.GetSpatialRef(), ogr.wkbPolygon)
    for name, kind in (("sample_rank", ogr.OFTInteger64), ("sample_score", ogr.OFTReal), ("job", ogr.OFTString)):
        layer.CreateField(ogr.FieldDefn(name, kind))
    chosen = min(job.count, parcels.GetFeatureCount())
    for number, parcel in zip(range(chosen), parcels):
        feature = ogr.Feature(layer.GetLayerDefn())
        feature.SetField("sample_rank", number + 1)
        feature.SetField("sample_score", 1 / (number + 1))
        feature.SetField("job", to_line(job))
        feature.SetGeometry(parcel.GetGeometryRef().Clone())
        layer.CreateFeature(feature)
    out = None
    strata = {"residential": chosen - 1, "": 1} if job.strata_field else {}
    return SampleParcelsResult(job.out, parcels.GetFeatureCount(), 5, chosen, strata, (13.0, 52.0), 0.1)


def answer(identifier: str, job):
    kind = job.kind
    if kind == "models":
        files = [f for f in job.folders if f.endswith(".onnx")]
        return ModelsResult((MODEL, PARCEL_MODEL, *map(own_model, files)))
    if kind == "inspect":
        return inspect(job)
    if kind == "live":
        return live(identifier, job)
    if kind == "map":
        return map_image(identifier, job)
    if kind == "map_many":
        return map_many(identifier, job)
    if kind == "rooftop_years":
        return rooftop_years(identifier, job)
    if kind == "match":
        names = {c.name: c.value for c in CLASSES}
        return MatchResult(CLASSES, {v: names[v.lower()] for v in job.values if v.lower() in names})
    if kind == "assess":
        return assess(identifier, job)
    if kind == "classify":
        return classify(identifier, job)
    if kind == "summarise":
        like = gdal.Open(job.classes)
        fields = [("dominant_value", ogr.OFTInteger, lambda n: 1 + n % 5), ("purity", ogr.OFTReal, lambda n: n / 5)]
        squares(job.out, "parcels", like, fields)
        return SummariseResult(job.out, 5, 0, CLASSES)
    if kind == "make_parcels":
        return make_parcels(identifier, job)
    if kind == "sample_parcels":
        return sample_parcels(job)
    steps(identifier, "scene", 0, 1)
    return demo_scene(job)


def demo_scene(job) -> DemoSceneResult:
    os.makedirs(job.out_dir)
    size = min(job.size, 128)
    image = os.path.join(job.out_dir, "image.tif")
    out = gdal.GetDriverByName("GTiff").Create(image, size, size, 4, gdal.GDT_UInt16)
    out.SetGeoTransform((500000, 3, 0, 4000000, 0, -3))
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(32650)
    out.SetProjection(crs.ExportToWkt())
    for number in range(1, 5):
        out.GetRasterBand(number).Fill(500 * number)
    out.FlushCache()
    reference, parcels = (os.path.join(job.out_dir, f"{name}.gpkg") for name in ("reference", "parcels"))
    squares(reference, "reference", out, [("class", ogr.OFTString, lambda n: CLASSES[n].name)])
    squares(parcels, "parcels", out, [("landuse", ogr.OFTString, lambda n: "residential")])
    return DemoSceneResult(job.out_dir, {"image": image, "reference": reference, "parcels": parcels})


def read(waiting: queue.Queue) -> None:
    for line in sys.stdin:
        request = from_line(line)
        if isinstance(request, Run):
            waiting.put(request)
        elif isinstance(request, Cancel):
            cancelled.add(request.id)
        else:
            os._exit(0)
    os._exit(0)


def main() -> None:
    if MODE == "mute":
        print("ImportError: no torch here", file=sys.stderr)
        sys.exit(1)
    if MODE == "noisy":
        print("a library says hello on stdout")
    say(Hello(PROTOCOL_VERSION + 1 if MODE == "old" else PROTOCOL_VERSION, "0.0-fake", os.getpid(), ("cpu",)))
    waiting: queue.Queue = queue.Queue()
    threading.Thread(target=read, args=(waiting,), daemon=True).start()
    while True:
        request = waiting.get()
        if request.id in cancelled:
            say(Cancelled(request.id))
            continue
        say(Started(request.id))
        if MODE == "noisy":
            print("and again")
        try:
            say(Finished(request.id, answer(request.id, request.job)))
        except Stopped:
            say(Cancelled(request.id))
        except Exception as error:
            say(Failed(request.id, "job.unexpected", {"reason": f"{type(error).__name__}: {error}"}, "traceback"))


if __name__ == "__main__":
    main()
