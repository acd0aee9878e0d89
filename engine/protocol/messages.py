"""Every sentence that a job can say, by code, in English. The engine sends codes and values; people get words.

The command line words them with `word`; the plugin passes each template through ``QCoreApplication.translate`` in the
context ``Engine`` first. ``QT_TRANSLATE_NOOP`` only marks a template for the translation tools, as Qt's own does.
Templates are `str.format` templates; the values are named, so that translators can move them.

Codes are ``area.problem``. An error says what is wrong and what to do, in one sentence or two.
"""

from __future__ import annotations

from typing import Any, Callable, Dict, Mapping, Optional

CONTEXT = "Engine"


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
    """Return ``text`` unchanged; marks it for lupdate."""
    return text


MESSAGES: Dict[str, str] = {
    # files
    "file.not_found": QT_TRANSLATE_NOOP("Engine", "There is no file {path}."),
    "file.exists": QT_TRANSLATE_NOOP(
        "Engine", "{path} exists already. Choose another name, or allow it to be overwritten."
    ),
    "file.is_input": QT_TRANSLATE_NOOP("Engine", "The output {path} is also an input. Choose another name."),
    "file.same_output": QT_TRANSLATE_NOOP("Engine", "Two outputs have the same name {path}. Give each its own."),
    "file.folder_missing": QT_TRANSLATE_NOOP("Engine", "The folder {folder} does not exist. Create it first."),
    "file.not_writable": QT_TRANSLATE_NOOP(
        "Engine", "{path} cannot be written: {reason}. Choose another folder, or free some space."
    ),
    "file.busy": QT_TRANSLATE_NOOP("Engine", "Another job is writing {path}. Wait for it, or choose another name."),
    # images
    "image.unreadable": QT_TRANSLATE_NOOP("Engine", "{path} cannot be read as a raster: {reason}"),
    "image.block_damaged": QT_TRANSLATE_NOOP(
        "Engine",
        "{path} is damaged: rows {row_from} to {row_to} cannot be read ({reason}). Get a whole copy of the file.",
    ),
    "image.no_crs": QT_TRANSLATE_NOOP(
        "Engine", "{path} has no coordinate reference system. Assign one (Raster > Projections > Assign projection)."
    ),
    "image.no_geotransform": QT_TRANSLATE_NOOP(
        "Engine", "{path} is not georeferenced, so its pixel size is unknown. Georeference it first."
    ),
    "image.no_pixels": QT_TRANSLATE_NOOP("Engine", "{path} has no valid pixels: all of it is nodata."),
    "image.too_large": QT_TRANSLATE_NOOP(
        "Engine", "{path} claims {width} x {height} pixels, more than this engine maps in one run ({limit} megapixels)."
    ),
    "image.complex": QT_TRANSLATE_NOOP("Engine", "{path} holds complex numbers; an optical image is needed."),
    "image.crs_unusable": QT_TRANSLATE_NOOP(
        "Engine", "Ground distances cannot be found for {path} in its coordinate reference system ({reason})."
    ),
    "bands.missing_role": QT_TRANSLATE_NOOP(
        "Engine", "The model needs a {role} band and none of {path} was recognised as one. Assign it under Bands."
    ),
    "bands.out_of_range": QT_TRANSLATE_NOOP("Engine", "Band {band} was asked for, but {path} has {count} bands."),
    "bands.wrong_count": QT_TRANSLATE_NOOP("Engine", "The model takes {expected} bands, but {given} were given."),
    "bands.required_absent": QT_TRANSLATE_NOOP(
        "Engine", "The model cannot do without its {role} band. Assign one, or choose another model."
    ),
    # areas
    "area.no_overlap": QT_TRANSLATE_NOOP("Engine", "The area to map does not touch {path}."),
    "area.empty": QT_TRANSLATE_NOOP("Engine", "{path} holds no polygons to map inside."),
    # vectors
    "vector.unreadable": QT_TRANSLATE_NOOP("Engine", "{path} cannot be read as a vector layer: {reason}"),
    "vector.no_layer": QT_TRANSLATE_NOOP("Engine", "{path} has no layer {layer}. It has: {layers}."),
    "vector.which_layer": QT_TRANSLATE_NOOP("Engine", "{path} has several layers ({layers}). Say which one to use."),
    "vector.no_crs": QT_TRANSLATE_NOOP("Engine", "{path} has no coordinate reference system. Assign one first."),
    "vector.no_polygons": QT_TRANSLATE_NOOP("Engine", "{path} holds no polygons."),
    "vector.no_lines": QT_TRANSLATE_NOOP("Engine", "{path} holds no lines."),
    "vector.crs_unusable": QT_TRANSLATE_NOOP(
        "Engine",
        "The places of {path} cannot be found in its coordinate reference system ({reason}). Assign the right one.",
    ),
    "vector.no_field": QT_TRANSLATE_NOOP("Engine", "{path} has no field {field}. It has: {fields}."),
    # models
    "model.not_found": QT_TRANSLATE_NOOP("Engine", "There is no model {model}. Known models: {known}."),
    "model.card_invalid": QT_TRANSLATE_NOOP("Engine", "The model card {path} cannot be used: {problem}."),
    "model.weights_missing": QT_TRANSLATE_NOOP("Engine", "The weights {path} that the card names are not there."),
    "model.weights_damaged": QT_TRANSLATE_NOOP(
        "Engine", "The weights {path} are damaged or were changed: {problem}. Get them again."
    ),
    "model.weights_mismatch": QT_TRANSLATE_NOOP(
        "Engine", "The weights {path} do not fit the network of their card: {problem}."
    ),
    "model.unsafe": QT_TRANSLATE_NOOP(
        "Engine", "{path} is not loaded: it could run code. Only .safetensors and .onnx weights are accepted."
    ),
    "model.bad_output": QT_TRANSLATE_NOOP("Engine", "The model {model} gave an unusable answer: {problem}."),
    "model.unsupported": QT_TRANSLATE_NOOP("Engine", "The model {model} cannot be run here: {problem}."),
    "model.of_parcels": QT_TRANSLATE_NOOP(
        "Engine",
        "The model {model} classifies parcels and maps no pixels. Classify parcels with it, or choose another.",
    ),
    "model.not_of_parcels": QT_TRANSLATE_NOOP(
        "Engine", "The model {model} maps pixels and cannot classify parcels. Choose a model of parcels."
    ),
    "values.no_classes": QT_TRANSLATE_NOOP(
        "Engine",
        "The model {model} gives numbers, not classes, so it makes no {parts}. Leave that out, or choose a model of "
        "classes.",
    ),
    "values.no_max": QT_TRANSLATE_NOOP(
        "Engine",
        "The blending max takes the largest probability, which has no meaning for the numbers that the model {model} "
        "gives. Choose another one.",
    ),
    # devices
    "device.unavailable": QT_TRANSLATE_NOOP(
        "Engine", "The device {device} is not available here. Available: {available}."
    ),
    "backend.unavailable": QT_TRANSLATE_NOOP("Engine", "{backend} cannot run the model {model} here: {problem}."),
    "device.out_of_memory": QT_TRANSLATE_NOOP(
        "Engine", "The device {device} has too little memory for even one window of {window} px. Use a smaller window."
    ),
    "device.lost": QT_TRANSLATE_NOOP("Engine", "The device {device} stopped working: {reason}"),
    # parcels and accuracy
    "classes.not_a_class_raster": QT_TRANSLATE_NOOP(
        "Engine", "{path} is not a class raster: it needs one band of whole numbers from 0 to 255, not {dtype}."
    ),
    "parcels.outside": QT_TRANSLATE_NOOP("Engine", "None of the parcels of {path} touches the map {classes}."),
    "parcels.no_roads": QT_TRANSLATE_NOOP(
        "Engine",
        "None of the roads of {roads} cuts the boundary {boundary}: they lie elsewhere, in tunnels, or have no width.",
    ),
    "parcels.none_left": QT_TRANSLATE_NOOP(
        "Engine", "No parcel of {boundary} is left. Take a smaller opening, narrower roads or another range of areas."
    ),
    "parcels.none_in_range": QT_TRANSLATE_NOOP(
        "Engine",
        "None of the parcels of {path} has an area in the range asked for; theirs are {low} to {high} m2. Change it.",
    ),
    "parcels.no_numbers": QT_TRANSLATE_NOOP("Engine", "The field {field} of {path} holds no numbers to go by."),
    "parcels.no_source": QT_TRANSLATE_NOOP(
        "Engine",
        "Nothing is known of any parcel of {path}: no image, point of interest or user density lies where they are.",
    ),
    "pois.none_known": QT_TRANSLATE_NOOP(
        "Engine",
        "None of the values of {field} in {path} ({values}) is a known category of points of interest. Choose the "
        "field with OpenStreetMap tags or Gaode types.",
    ),
    "density.bands": QT_TRANSLATE_NOOP(
        "Engine", "{path} has {count} bands where the user density needs 24, one for each hour."
    ),
    "density.empty": QT_TRANSLATE_NOOP("Engine", "{path} holds no user density: no value is above 0."),
    "density.table": QT_TRANSLATE_NOOP("Engine", "The table {path} cannot be used as user density: {problem}."),
    "assess.no_overlap": QT_TRANSLATE_NOOP(
        "Engine", "None of the polygons of {path} covers a mapped pixel of {classes}."
    ),
    "assess.nothing_mapped": QT_TRANSLATE_NOOP(
        "Engine", "None of the values of field {field} ({values}) is mapped to a class of the map ({classes})."
    ),
    "assess.bad_mapping": QT_TRANSLATE_NOOP("Engine", "The mapping {path} cannot be used: {problem}."),
    # many scenes
    "many.no_scenes": QT_TRANSLATE_NOOP("Engine", "{path} holds no raster to map."),
    "many.list_unreadable": QT_TRANSLATE_NOOP("Engine", "{path} cannot be read as a list of rasters: {reason}."),
    "many.not_items": QT_TRANSLATE_NOOP("Engine", "{path} is not a STAC ItemCollection: {reason}."),
    "many.no_asset": QT_TRANSLATE_NOOP(
        "Engine", "The STAC item {item} of {path} has no raster to map. Its assets: {assets}."
    ),
    "many.unknown_asset": QT_TRANSLATE_NOOP(
        "Engine", "The STAC item {item} of {path} has no asset {asset}. Its assets: {assets}."
    ),
    "many.which_asset": QT_TRANSLATE_NOOP(
        "Engine", "The STAC item {item} of {path} has several rasters ({assets}). Name the asset to map."
    ),
    "many.folder_is_input": QT_TRANSLATE_NOOP(
        "Engine", "The folder {folder} holds the scenes. Choose another one for the maps."
    ),
    "many.some_failed": QT_TRANSLATE_NOOP(
        "Engine",
        "{failed} of {count} scenes could not be mapped. Mend what is said of them and run the same job again: it "
        "keeps what is done.",
    ),
    "many.mosaic_too_large": QT_TRANSLATE_NOOP(
        "Engine",
        "The mosaic would have {width} x {height} pixels, because the scenes lie far apart. Make it as a VRT, or none.",
    ),
    "many.worker_lost": QT_TRANSLATE_NOOP(
        "Engine", "Every worker that was mapping {path} died. Their logs say why; perhaps they had too little memory."
    ),
    # rooftops through the years
    "years.not_rooftops": QT_TRANSLATE_NOOP(
        "Engine",
        "The model {model} does not map rooftops: it needs two classes, one of them named rooftop or building, and has "
        "{classes}. Choose another model.",
    ),
    "years.other_grid": QT_TRANSLATE_NOOP(
        "Engine",
        "{path} does not have the same pixels as {first}. Bring the images of all years onto one grid first (Raster > "
        "Projections > Warp).",
    ),
    "years.mask_range": QT_TRANSLATE_NOOP(
        "Engine",
        "{path} is no probability of built-up land: it holds {value}, and probabilities lie between 0 and 1. Divide it "
        "first, or choose another raster.",
    ),
    "years.mask_elsewhere": QT_TRANSLATE_NOOP(
        "Engine", "{path} has no data where the images lie. Choose a raster that covers them."
    ),
    "dask.missing": QT_TRANSLATE_NOOP(
        "Engine",
        "A Dask cluster needs the Python package distributed, which is not installed beside the engine. Install it: "
        "pip install distributed.",
    ),
    "dask.unreachable": QT_TRANSLATE_NOOP("Engine", "The Dask scheduler {address} cannot be reached: {reason}."),
    "dask.lost": QT_TRANSLATE_NOOP(
        "Engine",
        "The connection to the Dask scheduler {address} was lost. Run the same job again: it keeps what is done.",
    ),
    "dask.version": QT_TRANSLATE_NOOP(
        "Engine", "A Dask worker has version {theirs} of UrbanGrain where version {ours} is needed. Install it there."
    ),
    "dask.out_of_sight": QT_TRANSLATE_NOOP(
        "Engine",
        "The Dask worker on {host} does not see {path}. All workers need the same shared file system under the same "
        "name.",
    ),
    # the worker itself
    "job.invalid": QT_TRANSLATE_NOOP("Engine", "The request cannot be used: {field} {problem}."),
    "job.memory": QT_TRANSLATE_NOOP(
        "Engine", "The computer ran out of memory. Map a smaller area or use fewer threads."
    ),
    "job.unexpected": QT_TRANSLATE_NOOP(
        "Engine", "Something unexpected went wrong: {reason}. The log has the details."
    ),
    # remarks: said before or after a run, stop nothing
    "note.size": QT_TRANSLATE_NOOP("Engine", "{megapixels} Mpx at {gsd} m, {device}."),
    "note.size_time": QT_TRANSLATE_NOOP("Engine", "{megapixels} Mpx at {gsd} m, about {time} on {device}."),
    "note.resample": QT_TRANSLATE_NOOP(
        "Engine", "The image has {gsd} m pixels and is resampled to {target} m for the model."
    ),
    "note.no_nir": QT_TRANSLATE_NOOP("Engine", "No {role} band: the model works without it, less accurately."),
    "note.depth": QT_TRANSLATE_NOOP("Engine", "{dtype} imagery, values about {low} to {high}."),
    "note.geographic": QT_TRANSLATE_NOOP(
        "Engine", "The image is in degrees: distances and areas are computed on the ground."
    ),
    "note.rotated": QT_TRANSLATE_NOOP("Engine", "The image's grid is rotated; the result is north-up."),
    "note.onnx_assumed": QT_TRANSLATE_NOOP(
        "Engine", "The model file {model} does not say everything; assumed by custom: {what}."
    ),
    "note.window_changed": QT_TRANSLATE_NOOP(
        "Engine", "The model does not take windows of {asked} px; it gets windows of {used} px."
    ),
    "note.eight_bit": QT_TRANSLATE_NOOP(
        "Engine",
        "The model was made for 8-bit pixel values (0 to 255) and this image holds {dtype}. Stretch it to 8 bit, or "
        "expect a poor map.",
    ),
    "note.bands_by_order": QT_TRANSLATE_NOOP(
        "Engine", "The bands have no names, so they were taken in the order {order}. Check them under Bands."
    ),
    "note.cpu_fallback": QT_TRANSLATE_NOOP("Engine", "No GPU was found, so the map was made on the CPU."),
    "note.provider_missing": QT_TRANSLATE_NOOP(
        "Engine", "ONNX Runtime could not use {asked} here, so {used} ran the network. The log says why."
    ),
    "note.backend_chosen": QT_TRANSLATE_NOOP(
        "Engine",
        "{backend} runs the network: {rate} Mpx/s in a trial here ({other}: {other_rate} Mpx/s).",
    ),
    "model.no_live_view": QT_TRANSLATE_NOOP(
        "Engine", "The live view shows classes, and the model {model} gives values. Map the image instead."
    ),
    "note.no_overviews": QT_TRANSLATE_NOOP(
        "Engine", "The image has no overviews (pyramids), so a view that is zoomed out takes long. Build some once."
    ),
    "note.resumed": QT_TRANSLATE_NOOP("Engine", "Went on with an interrupted run: {percent} % of the area was there."),
    "note.nothing_to_resume": QT_TRANSLATE_NOOP(
        "Engine", "No interrupted run of this very job was found, so the whole area was mapped."
    ),
    "note.scenes_kept": QT_TRANSLATE_NOOP("Engine", "Scenes that an earlier run had mapped already: {count}."),
    "note.scenes_overlap": QT_TRANSLATE_NOOP(
        "Engine",
        "Scenes overlap: the one listed first is on top in the mosaic, and areas count such places once a scene.",
    ),
    "note.mosaic_resampled": QT_TRANSLATE_NOOP(
        "Engine",
        "The scenes do not share one grid: the mosaic takes the grid of {path}, and the nearest pixels of the others.",
    ),
    "note.batch_halved": QT_TRANSLATE_NOOP(
        "Engine", "The device was short of memory: batches of {batch} windows were used."
    ),
    # training
    "train.nothing_mapped": QT_TRANSLATE_NOOP(
        "Engine",
        "None of the values of {field} in {path} ({values}) is one of the model's classes ({classes}). Assign them.",
    ),
    "train.no_such_class": QT_TRANSLATE_NOOP("Engine", "The model has no class {value}. Its classes: {classes}."),
    "train.no_labels": QT_TRANSLATE_NOOP(
        "Engine", "No pixel of the image lies in a polygon of {path} with a class, so there is nothing to learn from."
    ),
    "train.not_ours": QT_TRANSLATE_NOOP(
        "Engine", "The model {model} is a finished ONNX file, which cannot be trained. Choose one with its own weights."
    ),
    "train.bad_config": QT_TRANSLATE_NOOP("Engine", "The configuration {path} cannot be used: {problem}."),
    "train.network": QT_TRANSLATE_NOOP("Engine", "The network {network} cannot be built: {problem}."),
    "train.memory": QT_TRANSLATE_NOOP(
        "Engine",
        "The device has too little memory for {batch} tiles of {tile} pixels at once. Take fewer or smaller ones.",
    ),
    "train.areas_overlap": QT_TRANSLATE_NOOP(
        "Engine", "Training and validation areas overlap ({path}), so the accuracy shown is too good."
    ),
    "train.no_validation": QT_TRANSLATE_NOOP(
        "Engine",
        "The polygons lie too close together to keep some for validation, so the accuracy of the model is unknown.",
    ),
    "train.absent_classes": QT_TRANSLATE_NOOP(
        "Engine", "No polygon shows these classes, which the model may forget: {classes}."
    ),
    "train.not_validated": QT_TRANSLATE_NOOP(
        "Engine", "These classes lie in one place only and were left out of the validation: {classes}."
    ),
    "train.no_gain": QT_TRANSLATE_NOOP(
        "Engine",
        "On the validation part no weights were better than those of the model started from, so the new model is a "
        "copy of it.",
    ),
    "train.stopped": QT_TRANSLATE_NOOP("Engine", "Stopped early: the model has the best weights until then."),
    "train.resumed": QT_TRANSLATE_NOOP("Engine", "Went on with an interrupted training."),
    "train.nothing_to_resume": QT_TRANSLATE_NOOP(
        "Engine", "No interrupted training of this very job was found, so it began anew."
    ),
    "assess.trained_on": QT_TRANSLATE_NOOP(
        "Engine",
        "The model was trained in places where {count} of {total} polygons of {path} lie, so the accuracy shown is too "
        "good. Assess with polygons elsewhere.",
    ),
    "adapt.no_tiles": QT_TRANSLATE_NOOP(
        "Engine",
        "No square of {path} with sides of {tile} pixels is half covered by valid pixels. Take a larger image.",
    ),
    "adapt.needs_source": QT_TRANSLATE_NOOP(
        "Engine",
        "Demo cities can stand in for labelled images only for models with their classes ({classes}) and bands. Give "
        "the model {model} a labelled image of the kind it was trained on.",
    ),
    "adapt.demo_source": QT_TRANSLATE_NOOP(
        "Engine", "Demo cities kept the classes in mind, as no labelled image was given."
    ),
    "adapt.forgot": QT_TRANSLATE_NOOP(
        "Engine",
        "The model got worse on the labelled images (mean IoU {before} before, {after} after). Compare the maps of "
        "both before you use it; fewer steps may do.",
    ),
    "adapt.stopped": QT_TRANSLATE_NOOP("Engine", "Stopped early: the model is as it was at that moment."),
    "note.years_unchecked": QT_TRANSLATE_NOOP(
        "Engine", "A year is checked against the one before and the one after it: with {count} years none was."
    ),
    "note.mask_partly": QT_TRANSLATE_NOOP(
        "Engine", "{path} has no data on {percent} % of the map: rooftops stay there whatever it would say."
    ),
    "note.repaired": QT_TRANSLATE_NOOP("Engine", "Invalid polygons of {path} that were repaired: {count}."),
    "note.skipped_shapes": QT_TRANSLATE_NOOP(
        "Engine", "Features of {path} left out because they have no polygon: {count}."
    ),
    "note.skipped_lines": QT_TRANSLATE_NOOP(
        "Engine", "Features of {path} left out because they are no lines: {count}."
    ),
    "note.unknown_roads": QT_TRANSLATE_NOOP(
        "Engine", "Classes of {path} without a width of their own, taken as {width} m wide: {values}."
    ),
    "note.fewer_parcels": QT_TRANSLATE_NOOP(
        "Engine", "Only {count} parcels can be chosen where {asked} were asked for: all of them were."
    ),
    "note.without_number": QT_TRANSLATE_NOOP(
        "Engine", "Parcels left out because their field {field} holds no number: {count}."
    ),
    "note.unknown_pois": QT_TRANSLATE_NOOP(
        "Engine", "Points of interest of {path} left out because their category is not known: {count} ({values} ...)."
    ),
    "note.source_unused": QT_TRANSLATE_NOOP("Engine", "{path} says nothing about any of the parcels."),
    "note.no_source": QT_TRANSLATE_NOOP("Engine", "Parcels not classified because nothing is known of them: {count}."),
    "note.below_pixel": QT_TRANSLATE_NOOP(
        "Engine", "Polygons of {path} not counted because they cover no pixel centre: {count}."
    ),
    "note.outside": QT_TRANSLATE_NOOP("Engine", "Polygons of {path} outside the map: {count}."),
    "note.overlapping": QT_TRANSLATE_NOOP(
        "Engine", "Pixels left out because reference polygons of different classes overlap there: {pixels}."
    ),
    "note.unmapped": QT_TRANSLATE_NOOP("Engine", "Reference values left out because no class was chosen: {values}."),
    "note.unclassed_pixels": QT_TRANSLATE_NOOP("Engine", "Reference pixels where the map has no data: {pixels}."),
    "note.model_skipped": QT_TRANSLATE_NOOP("Engine", "A model was left out: {problem}"),
}
"""English template by code."""

STAGES: Dict[str, str] = {
    "open": QT_TRANSLATE_NOOP("Engine", "Opening the image"),
    "statistics": QT_TRANSLATE_NOOP("Engine", "Measuring the image's brightness"),
    "load": QT_TRANSLATE_NOOP("Engine", "Loading the model"),
    "map": QT_TRANSLATE_NOOP("Engine", "Mapping"),
    "clean": QT_TRANSLATE_NOOP("Engine", "Cleaning up small patches"),
    "write": QT_TRANSLATE_NOOP("Engine", "Writing the rasters"),
    "polygons": QT_TRANSLATE_NOOP("Engine", "Drawing polygons"),
    "parcels": QT_TRANSLATE_NOOP("Engine", "Summarising parcels"),
    "pois": QT_TRANSLATE_NOOP("Engine", "Reading the points of interest"),
    "density": QT_TRANSLATE_NOOP("Engine", "Reading the user density"),
    "classify": QT_TRANSLATE_NOOP("Engine", "Classifying parcels"),
    "assess": QT_TRANSLATE_NOOP("Engine", "Comparing with the reference"),
    "report": QT_TRANSLATE_NOOP("Engine", "Writing the report"),
    "export": QT_TRANSLATE_NOOP("Engine", "Exporting the model"),
    "compare": QT_TRANSLATE_NOOP("Engine", "Comparing the exported model with the original"),
    "scenes": QT_TRANSLATE_NOOP("Engine", "Mapping the scenes"),
    "mosaic": QT_TRANSLATE_NOOP("Engine", "Putting the mosaic together"),
    "scene": QT_TRANSLATE_NOOP("Engine", "Building the demo city"),
    "tiles": QT_TRANSLATE_NOOP("Engine", "Cutting training tiles"),
    "train": QT_TRANSLATE_NOOP("Engine", "Training"),
    "adapt": QT_TRANSLATE_NOOP("Engine", "Adapting the model"),
    "save": QT_TRANSLATE_NOOP("Engine", "Saving the model"),
    "years": QT_TRANSLATE_NOOP("Engine", "Comparing the years"),
    "layers": QT_TRANSLATE_NOOP("Engine", "Reading the layers"),
    "cut": QT_TRANSLATE_NOOP("Engine", "Cutting parcels"),
    "sample": QT_TRANSLATE_NOOP("Engine", "Choosing parcels"),
    "layer": QT_TRANSLATE_NOOP("Engine", "Writing the layer"),
}
"""What a job is doing, by stage code."""


def word(code: str, values: Mapping[str, Any], translate: Optional[Callable[[str], str]] = None) -> str:
    """Word a message code for a person.

    Parameters
    ----------
    code : str
        A key of `MESSAGES`; an unknown code (a newer engine) is shown as it is, with its values.
    values : mapping
        Values for the template's names; a name that is missing shows as ``?``.
    translate : callable, optional
        Applied to the English template before the values are put in.
    """
    template = MESSAGES.get(code)
    if template is None:
        return f"{code} {dict(values)}" if values else code
    if translate is not None:
        template = translate(template) or template
    return template.format_map(_Lenient(values))


class _Lenient(Dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "?"
