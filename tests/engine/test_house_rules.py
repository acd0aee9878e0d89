"""The rules that keep the house in shape: who may import what, which Python, one version."""

from __future__ import annotations

import ast
import configparser
import sys
from pathlib import Path

import pytest

from urbangrain.engine import __version__

ROOT = Path(__file__).resolve().parents[2]


def sources(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def imported(path: Path) -> set[str]:
    """Absolute names of the modules that a file imports, at any depth of its code."""
    package = ["urbangrain", *path.relative_to(ROOT).parts[:-1]]
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            names.add(".".join([*base, *([node.module] if node.module else [])]))
    return names


def test_imported_resolves_relative_imports(tmp_path: Path) -> None:
    # The rules below are only as good as this function.
    assert "urbangrain.engine.protocol.codec" in imported(ROOT / "engine" / "protocol" / "jobs.py")


@pytest.mark.parametrize("path", sources("plugin"), ids=lambda p: str(p.relative_to(ROOT)))
def test_plugin_imports_only_qgis_the_standard_library_and_the_protocol(path: Path) -> None:
    for name in imported(path):
        top = name.split(".")[0]
        allowed = (
            top in ("qgis", "processing")
            or top in sys.stdlib_module_names
            or name == "urbangrain.plugin"
            or name.startswith("urbangrain.plugin.")
            or name == "urbangrain.engine.protocol"
        )
        assert allowed, f"{path.relative_to(ROOT)} imports {name}"


@pytest.mark.parametrize("path", sources("engine/protocol"), ids=lambda p: p.name)
def test_the_protocol_is_the_standard_library_alone(path: Path) -> None:
    for name in imported(path):
        assert name.split(".")[0] in sys.stdlib_module_names or name.startswith("urbangrain.engine.protocol"), name


@pytest.mark.parametrize("path", sources("engine"), ids=lambda p: str(p.relative_to(ROOT)))
def test_the_engine_knows_nothing_of_qgis(path: Path) -> None:
    assert not {n.split(".")[0] for n in imported(path)} & {"qgis", "PyQt5", "PyQt6", "processing"}


@pytest.mark.parametrize(
    "path",
    [ROOT / "__init__.py", *sources("plugin"), *sources("engine/protocol")],
    ids=lambda p: str(p.relative_to(ROOT)),
)
def test_what_qgis_imports_is_python_3_9(path: Path) -> None:
    ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 9))


def test_one_version() -> None:
    metadata = configparser.ConfigParser()
    metadata.read(ROOT / "metadata.txt", encoding="utf-8")
    assert metadata["general"]["version"] == __version__


def test_the_root_package_imports_nothing_by_itself() -> None:
    tree = ast.parse((ROOT / "__init__.py").read_text(encoding="utf-8"))
    assert not [n for n in tree.body if isinstance(n, (ast.Import, ast.ImportFrom))]
