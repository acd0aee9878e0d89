"""Files under their final names only when all of them are whole.

Each output is written in a hidden folder beside its place (the same disk, so that the last step is a rename), synced,
and all are renamed together at the end. A killed job leaves only hidden folders; the next job for the same output
clears them.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import IO

from urbangrain.engine.errors import UrbanGrainError


class Outputs:
    """The outputs of one job; a context manager.

    Parameters
    ----------
    paths : mapping of str to str or None
        Final path by role; None for outputs that are not wanted. At least one is.
    inputs : iterable of str
        Files that must not be written over.
    overwrite : bool
    keep : str
        Name of a scratch folder that is taken over from a killed job for the same first output, if there is one.

    Raises
    ------
    UrbanGrainError
        ``file.is_input``, ``file.same_output``, ``file.exists``, ``file.folder_missing``, ``file.not_writable``,
        ``file.busy``.
    """

    def __init__(self, paths: dict[str, str | None], inputs: Iterable[str], overwrite: bool, keep: str = "") -> None:
        self.paths = {role: Path(p).absolute() for role, p in paths.items() if p}
        taken = {_identity(Path(p)) for p in inputs}
        seen: set[str] = set()
        for path in self.paths.values():
            if _identity(path) in taken:
                raise UrbanGrainError("file.is_input", path=str(path))
            if _identity(path) in seen:
                raise UrbanGrainError("file.same_output", path=str(path))
            seen.add(_identity(path))
            if not path.parent.exists():
                raise UrbanGrainError("file.folder_missing", folder=str(path.parent))
            if path.is_dir():
                raise UrbanGrainError("file.not_writable", path=str(path), reason="it is a folder")
            if path.exists() and not overwrite:
                raise UrbanGrainError("file.exists", path=str(path))
        self._keep = keep
        self._locks: list[FileLock] = []
        self._folders: dict[Path, Path] = {}
        self._extra: list[tuple[Path, Path]] = []

    def __enter__(self) -> Outputs:
        try:
            for path in self.paths.values():
                self._locks.append(FileLock(path))
            for path in self.paths.values():
                # A name of its own: what a cancelled job's last GDAL call still writes never lands here.
                folder = Path(tempfile.mkdtemp(prefix=f".{path.name}.urbangrain-", dir=path.parent))
                if self._keep and not self._folders:
                    _take_over(path, folder, self._keep)
                self._folders[path] = folder
                _clear_left(path, folder)
        except OSError as error:
            self._clear()
            raise UrbanGrainError("file.not_writable", path=str(path), reason=error.strerror or str(error)) from error
        except BaseException:
            self._clear()
            raise
        return self

    def temporary(self, role: str) -> Path:
        """Where to write the output of a role until `commit`."""
        path = self.paths[role]
        return self._folders[path] / path.name

    def scratch(self, name: str) -> Path:
        """Path for a file that only this job needs, beside the first output."""
        return next(iter(self._folders.values())) / f"scratch-{name}"

    def beside(self, role: str, suffix: str) -> Path:
        """Temporary path of a side-car file, which `commit` puts at the output's name plus ``suffix``."""
        path = self.paths[role]
        temporary = self._folders[path] / (path.name + suffix)
        self._extra.append((temporary, path.with_name(path.name + suffix)))
        return temporary

    def commit(self) -> None:
        """Sync every output to disk, then rename them all; nothing is renamed when one cannot be synced."""
        moves = [(self.temporary(role), path) for role, path in self.paths.items()] + self._extra
        at = moves[0][1]
        try:
            for source, at in moves:  # noqa: B007 - named in the error
                with open(source, "rb+") as file:
                    os.fsync(file.fileno())
            for source, at in moves:
                os.replace(source, at)
            for folder in {path.parent for path in self.paths.values()}:
                _sync_folder(folder)
        except OSError as error:
            raise UrbanGrainError("file.not_writable", path=str(at), reason=error.strerror or str(error)) from error

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._clear()

    def _clear(self) -> None:
        for folder in self._folders.values():
            shutil.rmtree(folder, ignore_errors=True)
        self._folders = {}
        for lock in self._locks:
            lock.release()
        self._locks = []


def _left(path: Path, own: Path) -> list[Path]:
    """Folders that killed jobs left beside an output, the newest first."""
    found = [
        folder
        for folder in path.parent.iterdir()
        if folder.name.startswith(f".{path.name}.urbangrain-")
        and folder != own
        and folder.is_dir()
        and not folder.is_symlink()
    ]
    return sorted(found, key=lambda folder: folder.stat().st_mtime, reverse=True)


def _take_over(path: Path, own: Path, name: str) -> None:
    for folder in _left(path, own):
        if (folder / name).is_dir():
            os.replace(folder / name, own / name)
            return


def _clear_left(path: Path, own: Path) -> None:
    """Remove what killed jobs left beside an output: whoever holds its lock knows that nobody needs it."""
    for folder in _left(path, own):
        shutil.rmtree(folder, ignore_errors=True)


class FileLock:
    """A lock file that the system frees when the process dies, so that a killed job never blocks the next one.

    Parameters
    ----------
    path : Path
        What is guarded; the lock is a hidden file beside it.

    Raises
    ------
    UrbanGrainError
        ``file.busy`` while another holder has it, in this process or another.
    """

    def __init__(self, path: Path) -> None:
        self._path = path.with_name(f".{path.name}.urbangrain.lock")
        while True:
            file = open(self._path, "a+b")  # noqa: SIM115 - held until release
            try:
                _lock(file)
            except OSError as error:
                file.close()
                raise UrbanGrainError("file.busy", path=str(path)) from error
            # Another job may have removed the file between our opening and locking it: then the lock guards nothing.
            if _still_named(self._path, file):
                self._file: IO[bytes] | None = file
                return
            file.close()

    def release(self) -> None:
        """Let go of it; a second time does nothing."""
        if self._file is None:
            return
        if os.name != "nt":
            self._path.unlink(missing_ok=True)  # while it is still ours
            self._file.close()
        else:  # an open file cannot be removed there
            self._file.close()
            with contextlib.suppress(OSError):
                self._path.unlink()
        self._file = None


def _still_named(path: Path, file: IO[bytes]) -> bool:
    if os.name == "nt":
        return True  # an open file cannot be removed there
    try:
        return os.path.samestat(os.stat(path), os.fstat(file.fileno()))
    except FileNotFoundError:
        return False


def _lock(file: IO[bytes]) -> None:
    if os.name == "nt":
        import msvcrt

        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _identity(path: Path) -> str:
    return os.path.normcase(os.path.realpath(path))
