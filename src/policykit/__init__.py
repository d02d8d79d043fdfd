"""policykit: reads Chinese policy documents and gives back their tasks, targets, deadlines and domains as data.

>>> import policykit
>>> found = policykit.analyse("到2027年，建设30个试点。")
>>> found.to_data()["source"]["characters"]
15

Names are loaded when they are first used, so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module

from policykit._version import __version__

TYPE_CHECKING = False  # as in typing, which takes longer to load than everything here
if TYPE_CHECKING:
    from typing import Any

    from policykit.analyses import LoadedAnalysis, load_analyses, load_analysis
    from policykit.analysis import Analysis, analyse
    from policykit.comparison import Comparison, compare
    from policykit.corpus import Corpus, CorpusDocument, open_corpus
    from policykit.domains import Domain, load_domains
    from policykit.errors import DictionaryError, InputError, PolicykitError
    from policykit.evaluation import Evaluation, evaluate
    from policykit.formats.json import write_json, write_json_line
    from policykit.formats.schema import schema
    from policykit.formats.yaml import write_yaml
    from policykit.summary import overview, summarise
    from policykit.text.normalise import NormalisedText, normalise
    from policykit.text.reading import read_bytes, read_file
    from policykit.text.segment import Token, segment
    from policykit.text.source import SourceText, source_from_text

_HOMES = {
    "Analysis": "policykit.analysis",
    "Comparison": "policykit.comparison",
    "Corpus": "policykit.corpus",
    "CorpusDocument": "policykit.corpus",
    "DictionaryError": "policykit.errors",
    "Domain": "policykit.domains",
    "Evaluation": "policykit.evaluation",
    "InputError": "policykit.errors",
    "LoadedAnalysis": "policykit.analyses",
    "NormalisedText": "policykit.text.normalise",
    "PolicykitError": "policykit.errors",
    "SourceText": "policykit.text.source",
    "Token": "policykit.text.segment",
    "analyse": "policykit.analysis",
    "compare": "policykit.comparison",
    "evaluate": "policykit.evaluation",
    "load_analyses": "policykit.analyses",
    "load_analysis": "policykit.analyses",
    "load_domains": "policykit.domains",
    "normalise": "policykit.text.normalise",
    "open_corpus": "policykit.corpus",
    "overview": "policykit.summary",
    "read_bytes": "policykit.text.reading",
    "read_file": "policykit.text.reading",
    "schema": "policykit.formats.schema",
    "segment": "policykit.text.segment",
    "source_from_text": "policykit.text.source",
    "summarise": "policykit.summary",
    "write_json": "policykit.formats.json",
    "write_json_line": "policykit.formats.json",
    "write_yaml": "policykit.formats.yaml",
}

__all__ = [
    "Analysis",
    "Comparison",
    "Corpus",
    "CorpusDocument",
    "DictionaryError",
    "Domain",
    "Evaluation",
    "InputError",
    "LoadedAnalysis",
    "NormalisedText",
    "PolicykitError",
    "SourceText",
    "Token",
    "__version__",
    "analyse",
    "compare",
    "evaluate",
    "load_analyses",
    "load_analysis",
    "load_domains",
    "normalise",
    "open_corpus",
    "overview",
    "read_bytes",
    "read_file",
    "schema",
    "segment",
    "source_from_text",
    "summarise",
    "write_json",
    "write_json_line",
    "write_yaml",
]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'policykit' has no attribute {name!r}")
    return getattr(import_module(home), name)


def __dir__() -> list[str]:
    return sorted(__all__)
