"""The built wheel, installed in an environment of its own and run from an empty folder, is the same tool."""

from __future__ import annotations

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("wheel")
    # the source distribution first, the wheel from it: both must be complete
    subprocess.run(
        [sys.executable, "-m", "build", "--outdir", place, ROOT],
        check=True,
        stdout=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
    )
    return next(place.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("environment")
    venv.create(place, with_pip=True)
    scripts = place / ("Scripts" if sys.platform == "win32" else "bin")
    subprocess.run([scripts / "python", "-m", "pip", "install", "-q", wheel], check=True, stdin=subprocess.DEVNULL)
    return scripts


def test_the_wheel_holds_code_and_data_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert all(name.startswith(("policykit/", "policykit-")) for name in names)
    for folder, package in (("src/policykit", "policykit"), ("data", "policykit/data")):
        wanted = {
            f"{package}/{path.relative_to(ROOT / folder).as_posix()}"
            for path in (ROOT / folder).rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        }
        assert wanted <= set(names)
    assert len(names) == len(set(names))


def test_it_says_the_same_from_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    environment = {"PATH": str(installed), "LC_ALL": "C"}
    for arguments in (
        ["--version"],
        ["extract", "2023-national", "2011-beijing", "--format", "json", "--all-quantities"],
        ["corpus", "list"],
        ["domains", "list"],
        ["schema"],
    ):
        ours = subprocess.run([sys.executable, "-m", "policykit", *arguments], capture_output=True, check=True)
        theirs = subprocess.run(
            [installed / "policykit", *arguments], capture_output=True, check=True, cwd=tmp_path, env=environment
        )
        assert theirs.stdout == ours.stdout
        assert theirs.stderr == b""
    assert list(tmp_path.iterdir()) == []


def test_its_data_is_its_own(installed: Path, tmp_path: Path) -> None:
    path = subprocess.run(
        [installed / "policykit", "corpus", "path", "2023-national"],
        capture_output=True,
        check=True,
        cwd=tmp_path,
        text=True,
    ).stdout.strip()
    assert Path(path).is_relative_to(installed.parent.resolve())


def test_an_editable_install_reads_the_data_of_the_checkout() -> None:
    from policykit.resources import data_directory

    if not (ROOT / "src" / "policykit" / "resources.py").samefile(data_directory.__wrapped__.__code__.co_filename):
        pytest.skip("the package under test is no editable install")
    assert data_directory() == ROOT / "data"
    assert not list(Path(sys.prefix).glob("lib/*/site-packages/policykit/data"))
