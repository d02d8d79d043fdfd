"""The kinds of edit. Each takes a document and gives what becomes of it, with the changes that follow from the edit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from benchmarks.edits.document import Base, Change, Edited, converted
from policykit.comparison.documents import Unit

Kind = Callable[[Base], Iterator[Edited]]
KINDS: dict[str, Kind] = {}

#: So many instances of each kind are made in a document.
_INSTANCES = 2
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_ENDS = "。；！？\n"
_STOPS = "，。；！？：\n"
_SYNONYMS = {"推进": "持续推动", "建设": "打造", "完善": "优化健全", "加强": "着力强化", "提升": "切实提高", "推广": "大力推行", "开展": "组织实施",
             "鼓励": "引导扶持", "建立": "创设", "支持": "大力扶持", "应当": "必须依法", "实施": "组织推行"}  # fmt: skip
_ADDED_HEADING, _ADDED_BODY = (
    "办好群众文艺汇演",
    "组织业余剧团下乡巡演，举办皮影戏、剪纸和山歌擂台，为村民送上丰盛的节日晚会。",
)
_OTHER_UNITS = {"户": "座", "名": "个", "人次": "人", "家次": "家", "公里": "处", "个": "名", "家": "户", "项": "户", "座": "户", "亩": "处", "元": "美元",
                "场": "户", "条": "户", "吨": "户", "万亩": "万处"}  # fmt: skip


def kind(name: str) -> Callable[[Kind], Kind]:
    """Puts an edit on the list under a name."""

    def put(function: Kind) -> Kind:
        KINDS[name] = function
        return function

    return put


def spread(items: Sequence[Any], number: int = _INSTANCES) -> list[Any]:
    """A few of many, from all over."""
    if len(items) <= number:
        return list(items)
    return [items[place * len(items) // number] for place in range(number)]


def changed(section: str, kind: str, *whose: str) -> frozenset[Change]:
    return frozenset({Change(section, kind, whose)})


def renumberings(
    base: Base, order: Sequence[tuple[str | None, Sequence[str]]], units: Sequence[Unit | None]
) -> frozenset[Change]:
    """Which units get other numbers: `units` are those of the new order, None for what is new."""
    return frozenset(
        Change("tasks", "renumbered", (unit.id,))
        for unit, numbers in zip(units, base.numbering(order), strict=True)
        if unit is not None and unit.numbers != numbers
    )


def belongings(base: Base, unit: Unit, kind: str) -> frozenset[Change]:
    """The targets, deadlines and responsibilities of a unit that comes or goes with it."""
    found = {
        Change(section, kind, (row["id"],)) for section in ("targets", "deadlines") for row in base.rows(section, unit)
    }
    if base.rows("responsibilities", unit):
        found.add(Change("responsibilities", kind, (unit.id,)))
    return frozenset(found)


def citations(base: Base, kind: str) -> frozenset[Change]:
    return frozenset(Change("references", kind, (row["title"],)) for row in base.data["references"])


def with_one_number(base: Base) -> list[dict[str, Any]]:
    """Targets that hold one number in digits."""
    return [
        row
        for row in base.data["targets"]
        if row["value_max"] is None
        and len(_NUMBER.findall(base.quoted(row))) == 1
        and row["value"] > 1
        and row["kind"] != "rank"
    ]


def _other_number(base: Base, name: str, factor: float) -> Iterator[Edited]:
    for row in spread(with_one_number(base)):
        quote = base.quoted(row)
        found = _NUMBER.search(quote)
        assert found is not None
        value = float(found[0])
        new = value * factor
        if "%" in quote and new >= 100:
            new = (value + 100) / 2
        text = f"{new:.2f}" if "." in found[0] or ("%" in quote and value != int(value)) else str(max(1, round(new)))
        if float(text) == value or (float(text) > value) != (factor > 1):
            continue
        start = row["span"]["start"] + found.start()
        yield Edited(
            name,
            base.replaced((start, start + len(found[0]), text)),
            changed("targets", name.removeprefix("target "), row["id"]),
        )


@kind("target raised")
def target_raised(base: Base) -> Iterator[Edited]:
    yield from _other_number(base, "target raised", 1.2)


@kind("target lowered")
def target_lowered(base: Base) -> Iterator[Edited]:
    yield from _other_number(base, "target lowered", 0.8)


def _behind(base: Base, row: dict[str, Any], words: Sequence[str]) -> str | None:
    text = base.text[row["span"]["end"] :]
    return next((word for word in words if text.startswith(word)), None)


@kind("target tightened")
def target_tightened(base: Base) -> Iterator[Edited]:
    rows = [(row, _behind(base, row, ["左右"])) for row in base.data["targets"]]
    rows = [
        (row, word)
        for row, word in rows
        if word or (row["comparator"] == "=" and row["quote"][-1:] in "个家项名座%" and row["kind"] != "coverage")
    ]
    for row, word in spread(rows):
        end = row["span"]["end"]
        yield Edited(
            "target tightened",
            base.replaced((end, end + len(word or ""), "以上")),
            changed("targets", "tightened", row["id"]),
        )


@kind("target loosened")
def target_loosened(base: Base) -> Iterator[Edited]:
    rows = [(row, _behind(base, row, ["以上", "以内", "以內"])) for row in base.data["targets"]]
    for row, word in spread([(row, word) for row, word in rows if word]):
        end = row["span"]["end"]
        yield Edited(
            "target loosened", base.replaced((end, end + len(word), "左右")), changed("targets", "loosened", row["id"])
        )


@kind("commitment weakened")
def commitment_weakened(base: Base) -> Iterator[Edited]:
    """力争 before a target that was promised plainly."""
    from policykit.comparison.statements import commitment_words

    by_sentence: dict[str, list[dict[str, Any]]] = {}
    for row in base.data["targets"]:
        by_sentence.setdefault(row["sentence"], []).append(row)
    alone = [
        rows[0] for sentence, rows in by_sentence.items() if len(rows) == 1 and not commitment_words().search(sentence)
    ]
    for row in spread(alone):
        start = row["span"]["start"]
        clause = max(base.text.rfind(mark, 0, start) for mark in _STOPS) + 1
        if (
            base.text[clause:start].strip()
            and "（" not in base.text[clause:start]
            and "(" not in base.text[clause:start]
        ):
            word = base.written("力争")
            yield Edited(
                "commitment weakened", base.replaced((clause, clause, word)), changed("targets", "loosened", row["id"])
            )


@kind("unit changed")
def unit_changed(base: Base) -> Iterator[Edited]:
    rows = [
        row
        for row in with_one_number(base)
        if row["unit"] in _OTHER_UNITS and base.quoted(row).endswith(row["unit"]) and row["kind"] == "count"
    ]
    for row in spread(rows):
        end = row["span"]["end"]
        new = base.written(_OTHER_UNITS[row["unit"]])
        yield Edited(
            "unit changed",
            base.replaced((end - len(row["unit"]), end, new)),
            changed("targets", "unit changed", row["id"]),
        )


@kind("other scale")
def other_scale(base: Base) -> Iterator[Edited]:
    """The same quantity written otherwise: 1.2万亿元 as 12000亿元, 2000公顷 as 20平方公里."""
    for row in spread(with_one_number(base), 4):
        quote = base.quoted(row)
        found = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?)([万萬亿億]?)(.*)", quote)
        if not found:
            continue
        number, scale, unit = float(found[1]), found[2], found[3]
        if scale in ("万", "萬") and number * 10000 < 10**7:
            new = f"{round(number * 10000)}{unit}"
        elif scale in ("亿", "億"):
            new = f"{round(number * 10000)}{base.written('万')}{unit}"
        elif unit == "公顷" and number % 100 == 0:
            new = f"{round(number / 100)}平方公里"
        elif unit == "平方公里":
            new = f"{number * 100:g}{base.written('公顷')}"
        else:
            continue
        yield Edited("other scale", base.replaced((row["span"]["start"], row["span"]["end"], new)), frozenset())


@kind("target dropped")
def target_dropped(base: Base) -> Iterator[Edited]:
    """A clause with its target is taken out of a task."""
    for unit, row, start, end in spread(_clauses_with_a_target(base)):
        yield Edited(
            "target dropped",
            base.replaced((start, end, "")),
            changed("targets", "dropped", row["id"]) | changed("tasks", "reworded", unit.id),
        )


def _clauses_with_a_target(base: Base) -> list[tuple[Unit, dict[str, Any], int, int]]:
    found = []
    for unit in base.units:
        spans = [row["span"] for kind in ("targets", "deadlines", "responsibilities") for row in base.rows(kind, unit)]
        for row in base.rows("targets", unit):
            start = max(base.text.rfind(mark, 0, row["span"]["start"]) for mark in "，。；：\n")
            end = min(
                place for place in (base.text.find(mark, row["span"]["end"]) for mark in "，。；\n") if place >= 0
            )
            inside = [span for span in spans if start < span["start"] < end]
            if len(inside) == 1 and base.text[start] == "，" and end - start < 40 and base.text[end] != "\n":
                found.append((unit, dict(row), start, end))
    return found


@kind("target new")
def target_new(base: Base) -> Iterator[Edited]:
    # what a law says in numbers are conditions
    tasks = [(unit, place) for unit, place in _sentence_ends(base) if unit.role != "article"]
    for unit, place in spread(tasks):
        sentence = base.written("培育手工艺传承工坊36家以上。")
        yield Edited(
            "target new",
            base.replaced((place, place, sentence)),
            changed("targets", "new", "36家") | changed("tasks", "reworded", unit.id),
        )


def _sentence_ends(base: Base) -> list[tuple[Unit, int]]:
    """For each unit with a body the end of the first sentence behind its heading."""
    found = []
    for unit in base.units:
        if len(unit.text) < 40:
            continue
        place = base.text.find(
            "。", unit.span["start"] + (len(unit.heading) + 4 if unit.heading else 0), unit.span["end"]
        )
        if place >= 0:
            found.append((unit, place + 1))
    return found


def _moved_deadlines(base: Base, name: str, years: int) -> Iterator[Edited]:
    rows = [row for row in base.data["deadlines"] if row["to"] and re.search(r"20[0-9]{2}", base.quoted(row)) and row["relation"] in ("by", "during")
            and len(re.findall(r"20[0-9]{2}", base.quoted(row))) == 1]  # fmt: skip
    kind = "later" if years > 0 else "earlier"
    for row in spread(rows):
        quote = base.quoted(row)
        new = re.sub(r"20[0-9]{2}", lambda found: str(int(found[0]) + years), quote)
        issued = base.data["document"]["issued"]
        if issued and int(re.findall(r"20[0-9]{2}", new)[0]) <= issued.year:
            continue  # what lies before the document is no deadline
        governed = [target["id"] for target in base.data["targets"] if target["deadline_from"] == row["id"]]
        expected = changed("deadlines", kind, row["id"]) | {Change("targets", kind, (id,)) for id in governed}
        yield Edited(name, base.replaced((row["span"]["start"], row["span"]["end"], new)), expected)


@kind("deadline later")
def deadline_later(base: Base) -> Iterator[Edited]:
    yield from _moved_deadlines(base, "deadline later", 2)


@kind("deadline earlier")
def deadline_earlier(base: Base) -> Iterator[Edited]:
    yield from _moved_deadlines(base, "deadline earlier", -1)


@kind("time limit")
def time_limit(base: Base) -> Iterator[Edited]:
    """A period is made longer: 五个工作日内 to 十五个工作日内."""
    rows = [row for row in base.data["deadlines"] if row["relation"] == "within" and re.match(r"[0-9一二三四五六七八九]", base.quoted(row))
            and re.match(r"P[0-9]D", row["duration"] or "")]  # fmt: skip
    for row in spread(rows):
        quote = base.quoted(row)
        new = ("1" if quote[0].isdigit() else "十") + quote
        expected = changed("deadlines", "longer", row["id"])
        yield Edited("time limit", base.replaced((row["span"]["start"], row["span"]["end"], new)), expected)


def _free_places(base: Base, unit: Unit, in_heading: bool) -> list[tuple[int, str]]:
    """Where a word stands that has a synonym, outside of targets, deadlines, bodies and titles."""
    block = base.block(unit)
    head = len(base.marker(unit.id)) + len(unit.heading) + 1 if unit.heading else 0
    taken = [
        range(row["span"]["start"], row["span"]["end"])
        for kind in ("targets", "deadlines", "responsibilities")
        for row in base.rows(kind, unit)
    ]
    titles = [range(found.start(), found.end()) for found in re.finditer("《[^》]*》|“[^”]*”", block)]
    found = []
    for word in _SYNONYMS:
        for place in re.finditer(re.escape(base.written(word)), block):
            start = unit.span["start"] + place.start()
            if (place.start() < head) != in_heading or any(start in stretch for stretch in taken):
                continue
            if not any(place.start() in stretch for stretch in titles):
                found.append((start, word))
    return sorted(found)


@kind("task reworded")
def task_reworded(base: Base) -> Iterator[Edited]:
    units = [(unit, _free_places(base, unit, in_heading=False)) for unit in base.units if len(unit.text) >= 30]
    for unit, places in spread([(unit, places) for unit, places in units if places], 4):
        start, word = places[0]
        new = base.replaced((start, start + len(word), base.written(_SYNONYMS[word])))
        yield Edited("task reworded", new, changed("tasks", "reworded", unit.id))


@kind("heading reworded")
def heading_reworded(base: Base) -> Iterator[Edited]:
    units = [
        (unit, _free_places(base, unit, in_heading=True))
        for unit in base.units
        if unit.heading and len(unit.text) >= 30
    ]
    for unit, places in spread([(unit, places) for unit, places in units if places]):
        start, word = places[0]
        new = base.replaced((start, start + len(word), base.written(_SYNONYMS[word])))
        yield Edited("heading reworded", new, changed("tasks", "reworded", unit.id))


@kind("sentence inserted")
def sentence_inserted(base: Base) -> Iterator[Edited]:
    for unit, place in spread(_sentence_ends(base)):
        sentence = base.written("组织退休教师和返乡青年担任讲解员，讲好本地故事。")
        yield Edited(
            "sentence inserted", base.replaced((place, place, sentence)), changed("tasks", "reworded", unit.id)
        )


def _rebuilds(base: Base) -> bool:
    return len(base.units) >= 4 and base.can_be_rebuilt()


def _new_units(
    base: Base, order: Sequence[tuple[str | None, Sequence[str]]], blocks: dict[str, Unit]
) -> list[Unit | None]:
    return [blocks.get(block) for _, found in order for block in found]


def _by_block(base: Base) -> dict[str, Unit]:
    return {base.block(unit).rstrip() + "\n": unit for unit in base.units}


@kind("task dropped")
def task_dropped(base: Base) -> Iterator[Edited]:
    if not _rebuilds(base):
        return
    for unit in spread([unit for unit in base.units if len(base.siblings(unit)) > 1]):
        order = base.order()
        chapter, place = base.place(unit)
        del order[chapter][1][place]
        expected = changed("tasks", "dropped", unit.id) | belongings(base, unit, "dropped")
        expected |= renumberings(base, order, _new_units(base, order, _by_block(base)))
        yield Edited("task dropped", base.rebuilt(order), expected, citations(base, "no longer cited"))


@kind("task added")
def task_added(base: Base) -> Iterator[Edited]:
    if not _rebuilds(base):
        return
    for unit in spread(base.units):
        order = base.order()
        chapter, place = base.place(unit)
        body = base.written(_ADDED_BODY)
        words = f"{base.written(_ADDED_HEADING)}。{body}" if unit.heading else f" {body}"
        order[chapter][1].insert(place + 1, f"{base.marker(unit.id)}{words}\n")
        expected = changed("tasks", "added", "+") | renumberings(base, order, _new_units(base, order, _by_block(base)))
        yield Edited("task added", base.rebuilt(order), expected)


def _body_start(base: Base, unit: Unit) -> int | None:
    """Where the body begins in a unit's block, behind marker and heading; None where it cannot be told."""
    block = base.block(unit)
    if not unit.heading:
        return len(base.marker(unit.id))
    first = block.find("。")
    line = block.find("\n")
    ends = [place for place in (first, line) if place >= 0]
    return min(ends) + 1 if ends and abs(min(ends) - len(base.marker(unit.id)) - len(unit.heading)) <= 2 else None


@kind("tasks merged")
def tasks_merged(base: Base) -> Iterator[Edited]:
    if not _rebuilds(base):
        return
    couples = [
        (unit, following)
        for unit, following in zip(base.units, base.units[1:], strict=False)
        if unit.parent == following.parent
        and len(unit.text) >= 40
        and len(following.text) >= 40
        and _body_start(base, following) is not None
    ]
    for unit, following in spread(couples):
        order = base.order()
        chapter, place = base.place(unit)
        blocks = order[chapter][1]
        body = blocks[place + 1][_body_start(base, following) :].strip()
        merged = blocks[place].rstrip() + body + "\n"
        blocks[place : place + 2] = [merged]
        units = _new_units(base, order, _by_block(base))
        expected = changed("tasks", "merged", unit.id, following.id) | renumberings(base, order, units)
        yield Edited("tasks merged", base.rebuilt(order), expected)


@kind("task split")
def task_split(base: Base) -> Iterator[Edited]:
    if not _rebuilds(base):
        return
    found = []
    for unit in base.units:
        start, block = _body_start(base, unit), base.block(unit).rstrip()
        if start is None or len(unit.text) < 110:
            continue
        ends = [
            place.end()
            for place in re.finditer("。(?=[^\n（(])", block)
            if 50 <= place.end() - start <= len(block) - start - 50
        ]
        if ends:
            found.append((unit, min(ends, key=lambda place: abs(place - (start + len(block)) / 2))))
    for unit, cut in spread(found):
        order = base.order()
        chapter, place = base.place(unit)
        block = order[chapter][1][place].rstrip()
        heading = f"{base.written('持续做好后续工作')}。" if unit.heading else " "
        order[chapter][1][place : place + 1] = [
            block[:cut] + "\n",
            f"{base.marker(unit.id)}{heading}{block[cut:].lstrip()}\n",
        ]
        expected = changed("tasks", "split", unit.id) | renumberings(
            base, order, _new_units(base, order, _by_block(base))
        )
        yield Edited("task split", base.rebuilt(order), expected)


@kind("numbering shifted")
def numbering_shifted(base: Base) -> Iterator[Edited]:
    """A new task before all others: every other one gets the next number."""
    if not _rebuilds(base):
        return
    order = base.order()
    unit = base.units[0]
    body = base.written(_ADDED_BODY)
    words = f"{base.written(_ADDED_HEADING)}。{body}" if unit.heading else f" {body}"
    order[0][1].insert(0, f"{base.marker(unit.id)}{words}\n")
    expected = changed("tasks", "added", "+") | renumberings(base, order, _new_units(base, order, _by_block(base)))
    yield Edited("numbering shifted", base.rebuilt(order), expected)


def _elsewhere(base: Base, name: str, order: list[tuple[str | None, list[str]]], moved: set[str]) -> Edited:
    units = _new_units(base, order, _by_block(base))
    expected = frozenset(Change("tasks", "moved", (id,)) for id in moved)
    expected |= {change for change in renumberings(base, order, units) if change.whose[0] not in moved}
    return Edited(name, base.rebuilt(order), expected)


@kind("task moved")
def task_moved(base: Base) -> Iterator[Edited]:
    """A task goes to the end of another section."""
    if not _rebuilds(base) or len(base.chapters) < 2:
        return
    counts = {chapter: sum(unit.parent == chapter for unit in base.units) for chapter in base.chapters}
    for unit in spread([unit for unit in base.units if counts[unit.parent or ""] > 2]):
        order = base.order()
        chapter, place = base.place(unit)
        # a section with two tasks or more, so that it is plain whose tasks it holds
        others = [number for number, (_, blocks) in enumerate(order) if number != chapter and len(blocks) > 1]
        if not others:
            continue
        target = others[0]
        order[target][1].append(order[chapter][1].pop(place))
        yield _elsewhere(base, "task moved", order, {unit.id})


@kind("sections reordered")
def sections_reordered(base: Base) -> Iterator[Edited]:
    """Two neighbouring sections change places; those are moved that are fewer."""
    if not _rebuilds(base) or len(base.chapters) < 2:
        return
    sizes = [[unit for unit in base.units if unit.parent == chapter] for chapter in base.chapters]
    for place in spread([place for place in range(len(sizes) - 1) if len(sizes[place]) != len(sizes[place + 1])], 1):
        order = base.order()
        order[place], order[place + 1] = order[place + 1], order[place]
        fewer = min(sizes[place], sizes[place + 1], key=len)
        yield _elsewhere(base, "sections reordered", order, {unit.id for unit in fewer})


@kind("section moved")
def section_moved(base: Base) -> Iterator[Edited]:
    """The smallest section goes to the end, or to the front if it stands at the end."""
    if not _rebuilds(base) or len(base.chapters) < 3:
        return
    order = base.order()
    place = min(range(len(order)), key=lambda number: len(order[number][1]))
    moved = {unit.id for unit in base.units if unit.parent == base.chapters[place]}
    passed = order[place + 1 :] if place < len(order) - 1 else order[:-1]
    if len(moved) >= sum(len(blocks) for _, blocks in passed):
        return
    section = order.pop(place)
    order.insert(len(order) if place < len(order) else 0, section)
    yield _elsewhere(base, "section moved", order, moved)


@kind("script converted")
def script_converted(base: Base) -> Iterator[Edited]:
    yield Edited("script converted", converted(base.text, "t2s" if base.is_traditional else "s2t"), frozenset())


@kind("wording converted")
def wording_converted(base: Base) -> Iterator[Edited]:
    """Taiwan's script and words, as a gateway shows mainland documents."""
    if not base.is_traditional and base.data["source"]["wording"] == "mainland":
        yield Edited("wording converted", converted(base.text, "s2twp"), frozenset())


@kind("layout changed")
def layout_changed(base: Base) -> Iterator[Edited]:
    """Other widths of punctuation, indents and blank lines."""
    text = base.text.replace("，", ",").replace("（", "(").replace("）", ")").replace("：", ":").replace("；", ";")
    lines = [f"　　{line.strip()}" for line in text.split("\n") if line.strip()]
    yield Edited("layout changed", "\n\n".join(lines) + "\n", frozenset())


def _brackets(base: Base) -> list[tuple[Unit, dict[str, Any]]]:
    return [
        (unit, dict(rows[0]))
        for unit in base.units
        if len(rows := base.rows("responsibilities", unit)) == 1 and not base.is_traditional
    ]


@kind("lead changed")
def lead_changed(base: Base) -> Iterator[Edited]:
    rows = [(unit, row) for unit, row in _brackets(base) if len(row["lead"]) == 1 and base.quoted(row).count(row["lead"][0]) == 1
            and not any(row["lead"][0] in body for body in row["support"])]  # fmt: skip
    for unit, row in spread(rows):
        start = row["span"]["start"] + base.quoted(row).index(row["lead"][0])
        new = base.replaced((start, start + len(row["lead"][0]), "市审计局"))
        yield Edited("lead changed", new, changed("responsibilities", "lead changed", unit.id))


@kind("body joined")
def body_joined(base: Base) -> Iterator[Edited]:
    rows = [
        (unit, row)
        for unit, row in _brackets(base)
        if row["support"] and base.quoted(row).count(row["support"][0]) == 1
    ]
    for unit, row in spread(rows):
        end = row["span"]["start"] + base.quoted(row).index(row["support"][0])
        yield Edited(
            "body joined", base.replaced((end, end, "市审计局、")), changed("responsibilities", "joined", unit.id)
        )


@kind("body left")
def body_left(base: Base) -> Iterator[Edited]:
    rows = [(unit, row, f"{row['support'][0]}、") for unit, row in _brackets(base) if len(row["support"]) > 1]
    for unit, row, words in spread([item for item in rows if base.quoted(item[1]).count(item[2]) == 1]):
        start = row["span"]["start"] + base.quoted(row).index(words)
        yield Edited(
            "body left", base.replaced((start, start + len(words), "")), changed("responsibilities", "left", unit.id)
        )


@kind("reference added")
def reference_added(base: Base) -> Iterator[Edited]:
    for unit, place in spread(_sentence_ends(base), 1):
        sentence = base.written("执行《手工艺传承工坊评定办法》。")
        expected = changed("references", "newly cited", "手工艺传承工坊评定办法") | changed(
            "tasks", "reworded", unit.id
        )
        yield Edited("reference added", base.replaced((place, place, sentence)), expected)


@kind("reference removed")
def reference_removed(base: Base) -> Iterator[Edited]:
    for row in base.data["references"]:
        inside = [unit for unit in base.units if unit.span["start"] <= row["span"]["start"] < unit.span["end"]]
        if row["mentions"] == 1 and inside and not row["number"] and base.quoted(row).startswith("《"):
            expected = changed("references", "no longer cited", row["title"]) | changed(
                "tasks", "reworded", inside[0].id
            )
            words = base.written("有关规定")
            yield Edited(
                "reference removed", base.replaced((row["span"]["start"], row["span"]["end"], words)), expected
            )
            return


@kind("nothing changed")
def nothing_changed(base: Base) -> Iterator[Edited]:
    yield Edited("nothing changed", base.text, frozenset())
