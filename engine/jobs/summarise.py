"""The summarise job: class shares of each parcel."""

from __future__ import annotations

from dataclasses import replace

from urbangrain.engine.context import JobContext
from urbangrain.engine.parcels.summarise import summarise
from urbangrain.engine.protocol import SummariseJob, SummariseResult
from urbangrain.engine.raster.outputs import Outputs
from urbangrain.engine.raster.source import gdal_settings


def run(job: SummariseJob, context: JobContext) -> SummariseResult:
    """Summarise a class raster over parcels; the GeoPackage appears when it is whole.

    Raises
    ------
    UrbanGrainError
        As `urbangrain.engine.parcels.summarise.summarise`, and ``file.*`` for the output.
    """
    context.progress("parcels", 0.0)
    with gdal_settings(), Outputs({"parcels": job.out}, [job.classes, job.parcels], job.overwrite) as outputs:
        temporary = outputs.temporary("parcels")
        result = summarise(job.classes, job.parcels, job.layer, str(temporary), context)
        outputs.commit()
    return replace(result, out=str(outputs.paths["parcels"]))
