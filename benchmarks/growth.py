"""How the time of the whole analysis grows when its text is doubled, from 10 KB to 10 MB, over shapes that invite trouble.

    python -m benchmarks growth                  every shape, 10 KB to 10 MB
    python -m benchmarks.growth --to 1000000 --shape digits --shape brackets

What counts is time(2n)/time(n): 2 is linear, 4 quadratic. Processor time is taken, the best of several runs where a run is short. Up
to some 40 KB the ratio lies below 2, for the costs that every document has whatever its length (looking for a title, sorting out the
script) weigh more than the text; the bar is for texts from 160 KB on, but all ratios are printed. A ratio above the bar is measured
again, up to three times, and the best runs count: a neighbour on the machine makes a run longer, never shorter.
"""

from __future__ import annotations

import argparse
import gc
import random
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import count
from time import process_time

from benchmarks.timing import Row, ratio

#: the most that doubling the text may do to the time, and from which size in bytes on that is asked for
BAR, BAR_FROM = 2.2, 160_000
SMALLEST, LARGEST = 10_000, 10_240_000

_BODIES = ("发展改革委", "工业和信息化部", "财政部", "住房城乡建设厅", "市场监管局", "教育局", "各县（市、区）人民政府")
_NOUNS = ("标准", "平台", "企业", "园区", "项目", "服务", "数据", "人才", "设施", "产业")
_VERBS = ("建设", "推进", "完善", "培育", "推广", "制定", "开展", "支持")


@lru_cache(maxsize=1)
def _corpus() -> tuple[str, str]:
    """The corpus' documents: in Simplified script, and as a gateway of Taiwan words it."""
    from policykit import open_corpus

    pages = [document.path.read_text(encoding="utf-8-sig") for document in open_corpus()]
    gateway = [page for page in pages if "標準" in page]
    return "\n".join(page for page in pages if page not in gateway) or pages[0], "\n".join(gateway) or pages[0]


def _repeated(unit: str) -> Iterator[str]:
    while True:
        yield unit


def _sentence(chosen: random.Random) -> str:
    verb, noun, other = chosen.choice(_VERBS), chosen.choice(_NOUNS), chosen.choice(_NOUNS)
    return f"{verb}{noun}{other}体系，到{chosen.randint(2024, 2035)}年{noun}{chosen.randint(2, 9000)}个以上。"


def _ordinary() -> Iterator[str]:
    """A policy behind the other: chapters, sections and tasks with numbers of their own."""
    chosen = random.Random(1)
    pages = _corpus()[0]
    while True:
        yield pages + "\n"
        yield "".join(f"（{_chinese(number)}）{_sentence(chosen)}\n" for number in range(1, 20))


def _one_line() -> Iterator[str]:
    return _repeated("".join(_corpus()[0].split()))


def _no_punctuation() -> Iterator[str]:
    return _repeated("".join(filter(str.isalnum, _corpus()[0])))


def _digits() -> Iterator[str]:
    chosen = random.Random(2)
    while True:
        yield "".join(chosen.choices("0123456789", k=1000))


def _markers() -> Iterator[str]:
    for number in count(1):
        yield f"{_chinese(number % 99 + 1)}、\n（{_chinese(number % 20 + 1)}）\n{number}.\n（{number}）\n第{_chinese(number % 99 + 1)}条\n——\n"


def _deep_numbering() -> Iterator[str]:
    chosen = random.Random(3)
    for part in count(1):
        yield f"第{_chinese(part % 99 + 1)}章 {chosen.choice(_NOUNS)}\n"
        for number in range(1, 4):
            yield f"{_chinese(number)}、{chosen.choice(_VERBS)}{chosen.choice(_NOUNS)}\n（{_chinese(number)}）{_sentence(chosen)}\n"
            for depth in range(2, 9):
                yield ".".join(str(each) for each in range(1, depth + 1)) + f" {_sentence(chosen)}\n"
            yield f"（{number}）{_sentence(chosen)}\n①{_sentence(chosen)}\n——{_sentence(chosen)}\n"


def _gateway() -> Iterator[str]:
    return _repeated(_corpus()[1] + "\n")


def _table() -> Iterator[str]:
    """What is left of a table: cells in lines of their own, or behind tabs and wide spaces."""
    chosen = random.Random(4)
    yield "附件\n重点任务分工表\n序号\t指标名称\t单位\t2025年\t2030年\t责任单位\n"
    for number in count(1):
        yield (
            f"{number}\t{chosen.choice(_NOUNS)}{chosen.choice(_NOUNS)}率\t%\t{chosen.randint(1, 99)}\t{chosen.randint(1, 99)}"
            f"\t{chosen.choice(_BODIES)}\n{number}\n{chosen.choice(_NOUNS)}数量　　个　　≥{chosen.randint(1, 900)}\n"
        )


def _brackets() -> Iterator[str]:
    while True:
        yield "（《“‘〔【" * 40 + "建设" + "】〕’”》）" * 40
        yield "（“《标准"


def _dates() -> Iterator[str]:
    chosen = random.Random(5)
    for number in count():
        year, month, day = chosen.randint(2011, 2035), chosen.randint(1, 12), chosen.randint(1, 28)
        yield f"{year}年{month}月{day}日前、到{year}年底、{year}—{year + 3}年、{month}月底前、自{year}年{month}月{day}日起、五年内"
        yield "，\n"[number % 9 == 0]


def _responsibilities() -> Iterator[str]:
    chosen = random.Random(6)
    for number in count(1):
        bodies = "、".join(chosen.sample(_BODIES, 4))
        yield f"{number % 50 + 1}.{_sentence(chosen)}（{chosen.choice(_BODIES)}牵头，{bodies}按职责分工负责）\n责任单位：{bodies}\n"


def _references() -> Iterator[str]:
    chosen = random.Random(7)
    for number in count(1):
        name = "".join(chosen.choices("".join(_NOUNS), k=4))
        yield f"按照《{name}发展规划（{number % 30 + 2000}—2030年）》（国办发〔{number % 30 + 2000}〕{number}号）、《{name}条例》"
        yield "，。\n"[number % 3]


def _white_space() -> Iterator[str]:
    return _repeated("   \t\n\n\u3000\u3000\n \n\r\n\u00a0")


def _spaced_out() -> Iterator[str]:
    """Text of a PDF with a space behind every letter, in hard lines."""
    letters = "".join(_corpus()[0].split())
    lines = (" ".join(letters[start : start + 38]) for start in range(0, len(letters), 38))
    return _repeated("\n".join(lines) + "\n")


def _hard_lines() -> Iterator[str]:
    """Text in lines of 38 letters with page numbers, as it comes out of a PDF."""
    letters = "".join(_corpus()[0].split())
    lines = [letters[start : start + 38] for start in range(0, len(letters), 38)]
    for page in count(1):
        start = page * 30 % len(lines)
        yield "\n".join(lines[start : start + 30]) + f"\n— {page} —\n\n"


SHAPES: dict[str, tuple[str, Callable[[], Iterator[str]]]] = {
    "ordinary": ("policies one behind the other", _ordinary),
    "gateway": ("Traditional text of a gateway", _gateway),
    "one line": ("policies without a line break", _one_line),
    "no punctuation": ("one line without a sign", _no_punctuation),
    "digits": ("only digits", _digits),
    "markers": ("only numbering", _markers),
    "deep numbering": ("numbering of up to eleven levels", _deep_numbering),
    "table": ("one long table", _table),
    "brackets": ("brackets and quotation marks, nested and open", _brackets),
    "dates": ("dates and periods", _dates),
    "responsibilities": ("bodies and who is responsible", _responsibilities),
    "references": ("names and numbers of documents, no two alike", _references),
    "white space": ("blanks and line breaks", _white_space),
    "spaced out": ("a blank behind every letter, hard lines", _spaced_out),
    "hard lines": ("lines broken by the page, page numbers", _hard_lines),
}


def _chinese(number: int) -> str:
    """A number from 1 to 99 as numbering writes it."""
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else digits[tens]) * bool(tens) + "十" * bool(tens) + digits[ones] * bool(ones)


def shaped(shape: str, size: int) -> str:
    """A text of a shape, of `size` bytes in UTF-8 (at most three less); a longer one begins with the shorter."""
    parts, length = [], 0
    for part in SHAPES[shape][1]():
        parts.append(part.encode())
        length += len(parts[-1])
        if length >= size:
            break
    return b"".join(parts)[:size].decode(errors="ignore")


def seconds(text: str) -> float:
    """Processor time of the whole analysis of a text, to JSON."""
    from policykit import analyse, write_json_line

    gc.collect()
    started = process_time()
    write_json_line(analyse(text).to_data())
    return process_time() - started


def ratios(shape: str, smallest: int = SMALLEST, largest: int = LARGEST) -> Iterator[tuple[int, float, float]]:
    """For each doubling: the size of the doubled text, its time in seconds, and how many times that of the half it is."""
    size, half_text, half = smallest, "", 0.0
    seconds(shaped(shape, smallest))  # what is loaded and compiled at the first text is no part of the measure
    while size <= largest:
        text = shaped(shape, size)
        whole = _best(text)
        for _ in range(3):
            if not half or whole <= BAR * half:
                break
            half, whole = min(half, _best(half_text)), min(whole, _best(text))
        if half:
            yield size, whole, whole / half
        half_text, half, size = text, whole, size * 2


def _best(text: str) -> float:
    """The best of as many runs as half a second holds, at least one, at most nine."""
    best = total = seconds(text)
    for _ in range(8):
        if total > 0.5:
            break
        took = seconds(text)
        best, total = min(best, took), total + took
    return best


def measure(documents: str | None, repeats: int, largest: int = LARGEST) -> list[Row]:
    """Neither of the first arguments is used: the shapes are made here, and a run is repeated as its length asks for."""
    del documents, repeats
    return list(_rows(list(SHAPES), SMALLEST, largest))


def _rows(shapes: Sequence[str], smallest: int, largest: int) -> Iterator[Row]:
    worst = 0.0
    for shape in shapes:
        found = list(ratios(shape, smallest, largest))
        asked = [times for size, _, times in found if size > BAR_FROM] or [times for _, _, times in found]
        worst = max(worst, *asked)
        size, last, _ = found[-1]
        yield {
            "what": f"{shape}: {SHAPES[shape][0]}",
            "figure": f"worst {max(asked):.2f}; "
            + " ".join(f"{times:.2f}" for _, _, times in found)
            # bytes, for the letters of the shapes take one to three
            + f"; {size / last / 1e6:.2f} MB a second at the end",
            "value": max(asked),
            "bar": f"≤ {BAR}",
            "reached": max(asked) <= BAR,
        }
    yield ratio(f"worst time(2n)/time(n) up to {size / 1e6:g} MB", worst, at_most=BAR)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the ratios of each shape as they come."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--shape", action="append", choices=SHAPES, help="only this shape (can be repeated)")
    parser.add_argument("--from", dest="smallest", type=int, default=SMALLEST, help="smallest text, in bytes")
    parser.add_argument("--to", dest="largest", type=int, default=LARGEST, help="largest text, in bytes")
    chosen = parser.parse_args(arguments)
    for row in _rows(chosen.shape or list(SHAPES), chosen.smallest, chosen.largest):
        print(f"{row['what']}\n    {row['figure']}", flush=True)


if __name__ == "__main__":
    main()
