"""How much of a careful analyst's annotation is found, beside what else one would use on Chinese text.

    python -m benchmarks accuracy --documents GOLD_DIR

`GOLD_DIR` holds `<id>.txt` with `<id>.gold.json`; without it the corpus is measured. The peers are asked for what they offer: jionlp for
amounts of money and times, recognizers-text-suite for percentages, amounts, dimensions, plain numbers and times, cn2an for the value of a
number whose place it is told. They know numbers and times; which of them are commitments is what an analyst would still have to say.
All see the same characters, Simplified by OpenCC (which keeps offsets). A row counts as found where it overlaps an annotated one, one
to one. Peers that are not installed are left out (`pip install jionlp cn2an recognizers-text-suite "emoji<1.7"`).
"""

from __future__ import annotations

import contextlib
import importlib.util
import io
import json
import logging
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from benchmarks.timing import Row
from policykit import analyse, open_corpus
from policykit.evaluation import gold_documents, overlapping_pairs, same_number

#: a found quantity or time: start, end, value (of a quantity) or to (the last day of a time)
Found = dict[str, Any]

_GOLD_OF_THE_CORPUS = Path(__file__).resolve().parent.parent / "tests" / "gold"


@dataclass(frozen=True)
class Page:
    text: str
    simplified: str
    targets: list[dict[str, Any]]
    deadlines: list[dict[str, Any]]
    issued: date


@dataclass(frozen=True)
class _Side:
    """Something to be measured: how it finds quantities and times in a document; None for what it does not do."""

    name: str
    quantities: Callable[[Page], list[Found]] | None
    times: Callable[[Page], list[Found]] | None


def measure(documents: str | None, repeats: int) -> list[Row]:
    """Precision, recall and F1 of targets and deadlines, and the part of values and end dates that is right. `repeats` plays no part."""
    del repeats
    pages = _documents(documents)
    rows: list[Row] = []
    for side in _sides():
        for what, find, key, field in (
            ("targets", side.quantities, "targets", "value"),
            ("deadlines", side.times, "deadlines", "to"),
        ):
            if find is not None:
                rows += _agreement(f"{side.name}: {what}", field, [(getattr(page, key), find(page)) for page in pages])
    if importlib.util.find_spec("cn2an"):
        rows.append(_values_by_cn2an(pages))
    return rows


def _documents(folder: str | None) -> list[Page]:
    from opencc import OpenCC

    convert = OpenCC("t2s").convert
    if folder:
        found = [(gold.path, gold.annotation) for gold in gold_documents(folder)]
    else:
        found = [
            (document.path, json.loads((_GOLD_OF_THE_CORPUS / f"{document.id}.gold.json").read_text(encoding="utf-8")))
            for document in open_corpus()
        ]
    pages = []
    for path, gold in found:
        with path.open(encoding="utf-8-sig", newline="") as file:
            text = file.read()
        issued = gold["metadata"].get("issued")
        day = date.fromisoformat(issued) if issued else date(2024, 1, 1)
        pages.append(Page(text, convert(text), gold["targets"], gold["deadlines"], day))
    return pages


def _agreement(what: str, field: str, pages: Iterable[tuple[list[Found], list[Found]]]) -> list[Row]:
    gold = found = both = right = 0
    for wanted, got in pages:
        pairs = overlapping_pairs(wanted, got)
        gold, found, both = gold + len(wanted), found + len(got), both + len(pairs)
        if field == "value":
            right += sum(same_number(wanted[i]["value"], got[j].get("value")) for i, j in pairs)
        else:
            right += sum(wanted[i]["to"] == got[j].get("to") for i, j in pairs)
    precision, recall = both / found if found else 0.0, both / gold if gold else 0.0
    f1 = 2 * both / (gold + found) if gold + found else 0.0
    figure = f"F1 {f1:.3f}  precision {precision:.3f}  recall {recall:.3f}  ({gold} annotated, {found} found)"
    name = "value" if field == "value" else "last day"
    return [
        {"what": what, "figure": figure, "value": f1},
        {
            "what": f"{what}, {name} right of all annotated",
            "figure": f"{right / gold if gold else 0.0:.3f}",
            "value": right / gold if gold else 0.0,
        },
    ]


# The sides


def _sides() -> list[_Side]:
    sides = [_Side("policykit", _our_targets, _our_deadlines)]
    if importlib.util.find_spec("jionlp"):
        sides.append(_Side("jionlp", *jionlp_side()))
    if importlib.util.find_spec("recognizers_number"):
        sides.append(_Side("recognizers-text-suite", *recognizers_side()))
    return sides


def _our_targets(page: Page) -> list[Found]:
    return [{**row["span"], "value": row["value"]} for row in analyse(page.text).to_data()["targets"]]


def _our_deadlines(page: Page) -> list[Found]:
    rows = analyse(page.text).to_data()["deadlines"]
    return [{**row["span"], "to": row["to"] and row["to"].isoformat()} for row in rows]


def jionlp_side() -> tuple[Callable[[Page], list[Found]], Callable[[Page], list[Found]]]:
    with contextlib.redirect_stdout(io.StringIO()):
        import jionlp
    # it logs every time that it cannot resolve
    logging.disable(logging.ERROR)

    def rows(found: Iterable[dict[str, Any]]) -> Iterable[tuple[dict[str, Any], Found]]:
        return ((row, {"start": row["offset"][0], "end": row["offset"][1]}) for row in found)

    def money(page: Page) -> list[Found]:
        return [
            {**place, "value": _number(row["detail"]["num"])}
            for row, place in rows(jionlp.ner.extract_money(page.simplified))
        ]

    def times(page: Page) -> list[Found]:
        base = datetime(page.issued.year, page.issued.month, page.issued.day).timestamp()
        found = []
        for row, place in rows(jionlp.ner.extract_time(page.simplified, time_base=base)):
            ends = row["detail"].get("time")
            found.append({**place, "to": str(ends[1])[:10] if isinstance(ends, list) else None})
        return found

    return money, times


def recognizers_side() -> tuple[Callable[[Page], list[Found]], Callable[[Page], list[Found]]]:
    from recognizers_date_time import recognize_datetime
    from recognizers_number import Culture, recognize_number, recognize_percentage
    from recognizers_number_with_unit import recognize_currency, recognize_dimension

    def quantities(page: Page) -> list[Found]:
        found: list[Found] = []
        # the longer readings first: a plain number inside a percentage or an amount is the same finding
        for recognise in (recognize_currency, recognize_dimension, recognize_percentage, recognize_number):
            for row in _read(recognise, page.simplified, Culture.Chinese):
                if not any(row.start < other["end"] and other["start"] <= row.end for other in found):
                    value = _number((row.resolution or {}).get("value"))
                    found.append({"start": row.start, "end": row.end + 1, "value": value})
        return found

    def times(page: Page) -> list[Found]:
        rows = _read(recognize_datetime, page.simplified, Culture.Chinese)
        return [{"start": row.start, "end": row.end + 1, "to": _last_day(row.resolution)} for row in rows]

    return quantities, times


def _read(recognise: Callable[[str, str], list[Any]], text: str, culture: str) -> list[Any]:
    """The rows of a text, line by line: the suite takes more than linear time, and now and then stops at a line."""
    found = []
    for line in re.finditer(r"[^\n]+", text):
        with contextlib.suppress(Exception):
            for row in recognise(line[0], culture):
                row.start, row.end = row.start + line.start(), row.end + line.start()
                found.append(row)
    return found


def _last_day(resolution: dict[str, Any] | None) -> str | None:
    """The last day of a time, as annotation has it: the suite's ranges end the day after."""
    values = (resolution or {}).get("values") or [{}]
    if values[0].get("type") == "date":
        return values[0].get("value")  # type: ignore[no-any-return]
    with contextlib.suppress(TypeError, ValueError):
        return date.fromordinal(date.fromisoformat(values[0].get("end")).toordinal() - 1).isoformat()
    return None


def _values_by_cn2an(pages: list[Page]) -> Row:
    import cn2an

    right = total = 0
    for page in pages:
        for target in page.targets:
            total += 1
            number = re.match(
                r"[\d.,]*[零〇一二两三四五六七八九十百千万亿]*", page.simplified[target["start"] : target["end"]]
            )
            with contextlib.suppress(Exception):
                right += same_number(
                    target["value"], cn2an.cn2an(number[0].replace(",", "") if number else "", "smart")
                )
    return {
        "what": "cn2an, told where the targets stand: value right of all annotated",
        "figure": f"{right / total if total else 0.0:.3f}",
        "value": right / total if total else 0.0,
    }


def _number(text: object) -> float | None:
    with contextlib.suppress(TypeError, ValueError):
        return float(str(text).rstrip("%").replace(",", ""))
    return None
