"""policykit: reads Chinese policy documents and gives back their tasks, targets, deadlines and domains as data.

>>> import policykit
>>> policykit.analyse("到2027年，建设30个试点。").targets[0].unit
'个'

Names are loaded when they are first used, so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from policykit._version import __version__

if TYPE_CHECKING:
    from policykit.analysis import Analysis, analyse
    from policykit.errors import DictionaryError, InputError, PolicykitError
    from policykit.text.normalise import NormalisedText, normalise
    from policykit.text.source import SourceText, source_from_text

_HOMES = {
    "Analysis": "policykit.analysis",
    "analyse": "policykit.analysis",
    "DictionaryError": "policykit.errors",
    "InputError": "policykit.errors",
    "PolicykitError": "policykit.errors",
    "NormalisedText": "policykit.text.normalise",
    "normalise": "policykit.text.normalise",
    "SourceText": "policykit.text.source",
    "source_from_text": "policykit.text.source",
}

__all__ = [
    "Analysis",
    "DictionaryError",
    "InputError",
    "NormalisedText",
    "PolicykitError",
    "SourceText",
    "__version__",
    "analyse",
    "normalise",
    "source_from_text",
]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'policykit' has no attribute {name!r}")
    return getattr(import_module(home), name)


def __dir__() -> list[str]:
    return sorted(__all__)
