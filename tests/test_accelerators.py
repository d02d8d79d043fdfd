"""What comes out does not depend on what makes it faster: the same bytes over the whole corpus, in processes that lack one thing each."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from policykit.corpus import open_corpus

#: further documents, which are not part of the repository; every fourth of them is enough
FURTHER_TEXTS = Path(os.environ.get("FURTHER_TEXTS", "none"))

_PRINT = """
import sys
from hashlib import sha256
from pathlib import Path
from policykit import analyse, write_json, write_json_line, write_yaml
for name in sys.stdin.read().split("\\n"):
    data = analyse(Path(name).read_bytes().decode("utf-8-sig")).to_data(all_quantities=True)
    for write in (write_yaml, write_json, write_json_line):
        print(sha256(write(data).encode("utf-8", "backslashreplace")).hexdigest(), name)
"""


def _set(module: str, attribute: str, value: str) -> str:
    """A line that gives an attribute another value; where there is none of that name, nothing would be taken away, and it fails."""
    return f"import {module} as m; m.{attribute}; m.{attribute} = {value}"


_PIECE = (
    "from policykit.text.pieces import matches_in_pieces as m; "
    "m.__kwdefaults__['piece']; m.__kwdefaults__['piece'] = {}"
)
#: what a process does without, and the lines that take it away before anything is imported
WITHOUT = {
    "the C part of PyYAML": "import sys; sys.modules['yaml._yaml'] = sys.modules['yaml.cyaml'] = None",
    "the C part of json": _set("json.encoder", "c_make_encoder", "None"),
    "the automaton for domains": _set("policykit.domains.matching", "_CHARACTERS_BEFORE_AUTOMATON", "10**12"),
    "looking terms up in plain Python": _set("policykit.domains.matching", "_CHARACTERS_BEFORE_AUTOMATON", "0"),
    "pieces of long texts": _PIECE.format("10**12"),
    "long pieces": _PIECE.format("97"),
    "kept patterns and dictionaries": "import os; os.environ['POLICYKIT_CACHE'] = ''",
    "the engine's own form of patterns": _set("policykit.patterns", "_from_numbers", "lambda *_: None")
    + "; "
    + _set("policykit.patterns", "_to_numbers", "lambda *_: None"),
    "libraries that other commands use": "import sys; sys.modules.update(dict.fromkeys(('jieba', 'opencc', 'rapidfuzz', 'pyarrow', "
    "'platformdirs', 'rich', 'typer', 'orjson', 'chardet', 'charset_normalizer', 'regex', 'numpy', 'pydantic', 'setuptools', 'pkg_resources')))",
}


def _documents() -> Iterator[str]:
    yield from (str(document.path) for document in open_corpus())
    yield from map(str, sorted(FURTHER_TEXTS.glob("*.txt"))[::4])


def _printed(before: str = "") -> str:
    run = subprocess.run(
        [sys.executable, "-c", f"{before}\n{_PRINT}"],
        input="\n".join(_documents()),
        env={**os.environ, "PYTHONHASHSEED": str(len(before))},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout


@pytest.fixture(scope="module")
def as_installed() -> str:
    printed = _printed()
    assert len(printed.splitlines()) == 3 * len(list(_documents())) > 0
    return printed


@pytest.mark.parametrize("what", WITHOUT)
def test_the_same_comes_out_without(what: str, as_installed: str) -> None:
    assert _printed(WITHOUT[what]) == as_installed


def test_what_is_taken_away_is_gone() -> None:
    check = {
        "the C part of PyYAML": "import yaml; assert not yaml.__with_libyaml__ and not hasattr(yaml, 'CSafeLoader')",
        "libraries that other commands use": "import importlib.util; import sys; assert sys.modules['jieba'] is None",
        "kept patterns and dictionaries": "from policykit.cache import cache_directory; assert cache_directory() is None",
    }
    for what, claim in check.items():
        subprocess.run([sys.executable, "-c", f"{WITHOUT[what]}\n{claim}"], check=True, timeout=120)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("cc") is None, reason="compiling takes a C compiler")
def test_the_same_comes_out_compiled(as_installed: str, tmp_path: Path) -> None:
    root = Path(__file__).parent.parent
    asked = {**os.environ, "HATCH_BUILD_HOOK_ENABLE_MYPYC": "1"}
    # by way of the source distribution: in the checkout compiled modules would stand beside those that other tests import
    command = [sys.executable, "-m", "build", "--outdir", tmp_path, root]
    subprocess.run(command, check=True, env=asked, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
    wheel = next(tmp_path.glob("*.whl"))
    place = tmp_path / "compiled"
    shutil.unpack_archive(wheel, place, "zip")
    before = f"import sys; sys.path.insert(0, {str(place)!r})"
    check = (
        f"{before}\nfrom policykit.extractors import targets as m; assert not m.__file__.endswith('.py'), m.__file__"
    )
    subprocess.run([sys.executable, "-c", check], check=True, timeout=120)
    assert _printed(before) == as_installed
