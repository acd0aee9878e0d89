"""The demo scene job: a procedural city in a folder."""

from __future__ import annotations

from urbangrain.engine.context import JobContext
from urbangrain.engine.demo.scene import SceneSpec, make_scene
from urbangrain.engine.demo.write import write_scene
from urbangrain.engine.protocol import DemoSceneJob, DemoSceneResult

_STEPS = 37
"""How often a scene asks whether to stop, about; only the progress bar depends on it."""


def run(job: DemoSceneJob, context: JobContext) -> DemoSceneResult:
    """Make the scene of the job's seed and write its files, all or none.

    Raises
    ------
    UrbanGrainError
        ``job.invalid`` for a size or resolution out of range; ``file.*`` for the folder.
    """
    steps = 0

    def step() -> None:
        nonlocal steps
        steps += 1
        context.progress("scene", min(0.99, steps / _STEPS))

    context.progress("scene", 0.0)
    scene = make_scene(SceneSpec(job.seed, job.size, job.gsd), check=step)
    files = write_scene(scene, job.out_dir, job.overwrite, step)
    context.progress("scene", 1.0)
    return DemoSceneResult(job.out_dir, {name: str(path.absolute()) for name, path in files.items()})
