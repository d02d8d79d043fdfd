"""Where the packaged data lies: in the wheel beside the code, in a checkout or editable install at the top."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=1)
def data_directory() -> Path:
    """The folder with `corpus/` and `dictionaries/`."""
    here = Path(__file__).resolve().parent
    packaged = here / "data"
    return packaged if packaged.is_dir() else here.parents[1] / "data"
