"""Reading and checking the domain dictionaries: one YAML file for each policy domain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, get_args

from policykit.dictionaries import packaged_dictionary, packaged_names, read_dictionary
from policykit.errors import DictionaryError

Expectation = Literal["first", "given", "absent"]


@dataclass(frozen=True, slots=True)
class DomainExample:
    """A sentence that runs as a test: the domain is its `first` one, is `given` among others, or is `absent`."""

    text: str
    expect: Expectation


@dataclass(frozen=True, slots=True)
class Domain:
    """A policy domain and the words that show it. All words are Simplified, as in the working text.

    `strong_terms` name the domain, `terms` belong to it, `weak_terms` only add to what else points there. `counter_terms` are longer
    phrases in which a term does not mean the domain. `bodies` are the authorities in charge: their names are no terms where they stand
    in a sentence, but in a bracket of responsibility they say whose work a task is. `path` is None for a domain of the package.
    """

    id: str
    name: str
    english: str = ""
    category: str = ""
    scope: str = ""
    strong_terms: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    weak_terms: tuple[str, ...] = ()
    counter_terms: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    examples: tuple[DomainExample, ...] = ()
    path: Path | None = None


_TEXT_KEYS = ("id", "name", "english", "category", "scope")
_TERM_KEYS = ("strong_terms", "terms", "weak_terms", "counter_terms")
_LIST_KEYS = (*_TERM_KEYS, "bodies")
_KEYS = (*_TEXT_KEYS, *_LIST_KEYS, "examples")
_ID_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")


def load_domains(folders: Sequence[str | Path] = ()) -> tuple[Domain, ...]:
    """The domains of the package and those of the user's folders, in the order of their ids.

    A folder holds `<name>.yaml` files (or has a subfolder `domains` with them); a file whose id is known replaces that domain, later
    folders override earlier ones. Words in Traditional characters are led to Simplified, as the working text has them. Raises
    `DictionaryError`, with the line, for a file that is no domain dictionary.

    >>> len(load_domains())
    39
    >>> next(domain.name for domain in load_domains() if domain.id == "housing")
    '住房'
    """
    if not folders:
        return _packaged_domains()
    domains = {domain.id: domain for domain in _packaged_domains()}
    for folder in folders:
        from_folder: dict[str, Domain] = {}
        for path in domain_files(folder):
            domain = domain_from_data(_in_simplified(read_dictionary(path)), path)
            if domain.id in from_folder:
                other = from_folder[domain.id].path
                raise _error(
                    path, ("id",), f"the id {domain.id} stands in {other} too", "give each file an id of its own"
                )
            from_folder[domain.id] = domain
        domains.update(from_folder)
    return tuple(domains[id] for id in sorted(domains))


def domain_files(folder: str | Path) -> tuple[Path, ...]:
    """The domain files of a user's folder, by name; raises `DictionaryError` where there is no such folder or no file in it."""
    place = Path(folder)
    if not place.is_dir():
        raise DictionaryError("no such folder", path=place, advice="name a folder with domain files (*.yaml)")
    inner = place / "domains"
    home = inner if inner.is_dir() else place
    files = tuple(sorted(path for path in home.iterdir() if path.suffix in (".yaml", ".yml")))
    if not files:
        raise DictionaryError("no domain files in this folder", path=home, advice="a domain file ends in .yaml")
    return files


@lru_cache(maxsize=1)
def _packaged_domains() -> tuple[Domain, ...]:
    names = packaged_names("domains")
    # the packaged files are checked by the tests, not again by every process
    return tuple(_domain(packaged_dictionary(name), None) for name in names)


def describe_domain(domain: Domain) -> dict[str, Any]:
    """A domain as plain data (what `policykit domains show` prints); `source` is `package` or the path of the user's file.

    >>> description = describe_domain(load_domains()[0])
    >>> description["id"], description["source"]
    ('agriculture-rural', 'package')
    """
    return {
        **{key: getattr(domain, key) for key in _TEXT_KEYS},
        **{key: list(getattr(domain, key)) for key in _LIST_KEYS},
        "examples": [{"text": example.text, "expect": example.expect} for example in domain.examples],
        "source": "package" if domain.path is None else str(domain.path),
    }


def domain_from_data(data: Any, path: Path) -> Domain:
    """A domain from the data of its file; raises `DictionaryError` with the line of what is wrong."""
    if not isinstance(data, dict):
        raise _error(path, (), "not a mapping", f"a domain file has the keys {', '.join(_KEYS)}")
    for key in data:
        # `policykit domains show` prints where a domain comes from; what it prints can be saved as a dictionary
        if key not in _KEYS and key != "source":
            raise _error(path, (key,), f"unknown key {key!r}", f"the keys of a domain file are {', '.join(_KEYS)}")
    for key in _TEXT_KEYS:
        if key in data and not isinstance(data[key], str):
            raise _error(path, (key,), f"{key} is not a text", "put it in quotation marks")
    for key in ("id", "name"):
        if not data.get(key, "").strip():
            raise _error(path, (key,), f"{key} is missing or empty", "every domain needs an id and a name")
    if not set(data["id"]) <= _ID_CHARACTERS:
        raise _error(path, ("id",), f"id {data['id']!r}", "an id is made of a-z, 0-9 and hyphens")
    _check_terms(data, path)
    if not any(data.get(key) for key in ("strong_terms", "terms")):
        raise _error(path, (), "no terms", "list the words of the domain under strong_terms or terms")
    _check_examples(data, path)
    return _domain(data, path)


def _in_simplified(data: Any) -> Any:
    """The data with its words in Simplified characters, as the working text has them."""
    from policykit.text.characters import convert_characters

    if not isinstance(data, dict):
        return data
    return {
        key: [convert_characters(term)[0] if isinstance(term, str) else term for term in value]
        if key in _LIST_KEYS and isinstance(value, list)
        else value
        for key, value in data.items()
    }


def _check_terms(data: dict[str, Any], path: Path) -> None:
    seen: dict[str, str] = {}
    for key in _LIST_KEYS:
        rows = data.get(key, [])
        if not isinstance(rows, list):
            raise _error(path, (key,), f"{key} is not a list", "write one term a line, each after a hyphen")
        for index, term in enumerate(rows):
            if not isinstance(term, str):
                raise _error(path, (key, index), f"{term!r} is not a text", "put the term in quotation marks")
            if not term.strip() or term != term.strip() or "\n" in term:
                raise _error(
                    path, (key, index), f"empty term or white space around it: {term!r}", "write the bare term"
                )
            if term in seen:
                raise _error(
                    path, (key, index), f"{term} stands under {seen[term]} already", "keep one of the two entries"
                )
            seen[term] = key


def _check_examples(data: dict[str, Any], path: Path) -> None:
    rows = data.get("examples", [])
    if not isinstance(rows, list):
        raise _error(path, ("examples",), "examples is not a list", "write {text: …, expect: first} after a hyphen")
    for index, row in enumerate(rows):
        where = ("examples", index)
        if not isinstance(row, dict) or set(row) != {"text", "expect"}:
            raise _error(path, where, "an example has the keys text and expect", "write {text: …, expect: first}")
        if not isinstance(row["text"], str) or not row["text"].strip():
            raise _error(path, where, "the text of an example is empty or no text", "write a sentence")
        if row["expect"] not in get_args(Expectation):
            raise _error(path, where, f"expect is {row['expect']!r}", "expect is first, given or absent")


def _domain(data: dict[str, Any], path: Path | None) -> Domain:
    fields: dict[str, Any] = {key: data.get(key, "") for key in _TEXT_KEYS}
    fields |= {key: tuple(data.get(key, ())) for key in _LIST_KEYS}
    examples = tuple(DomainExample(row["text"], row["expect"]) for row in data.get("examples", ()))
    return Domain(**fields, examples=examples, path=path)


def _error(path: Path, keys: tuple[str | int, ...], problem: str, advice: str) -> DictionaryError:
    return DictionaryError(problem, path=path, line=_line_at(path, keys), advice=advice)


def _line_at(path: Path, keys: tuple[str | int, ...]) -> int:
    """The line (from 1) of an entry in a YAML file, of the nearest entry above it where it is missing."""
    import yaml

    node: Any = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    line = 1
    for key in keys:
        if isinstance(node, yaml.MappingNode):
            # of a key that stands twice, the last one counts, as it does when the file is read
            pair = next((pair for pair in reversed(node.value) if pair[0].value == str(key)), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int):
            pair = (node.value[key], node.value[key])
        else:
            pair = None
        if pair is None:
            break
        line, node = pair[0].start_mark.line + 1, pair[1]
    return line
