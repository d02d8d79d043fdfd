"""Writes data/dictionaries/background.txt: the words of policy documents and how many of the documents have each of them.

    python tools/make_background.py FOLDER

FOLDER holds policy documents (.txt), the more kinds and years the better. The words are those that jieba cuts the working texts into
(its own dictionary, no guessing of new words) and the terms of the domain dictionaries; then each is counted as comparison finds it:
leftmost first, the longest of those. What is written are words and counts, nothing that a document could be put together from.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

import jieba

from policykit.domains import load_domains
from policykit.domains.matching import TermMatcher
from policykit.text.normalise import normalise
from policykit.text.source import source_from_text

TARGET = Path(__file__).resolve().parents[1] / "data" / "dictionaries" / "background.txt"
HAN = re.compile("[\u4e00-\u9fff]{2,}")
HEADER = """\
# How many policy documents have a word: what stands in most of them is ritual, what stands in few of them tells documents apart.
# Written by tools/make_background.py over {documents} documents of {characters} characters: national, provincial and municipal plans,
# opinions, measures and laws, work reports, Hong Kong's and Taiwan's documents, 1996 to 2026. Each line: the number of documents, then
# the words that stand in so many.
documents {documents}
"""


def words_of(texts: list[str]) -> set[str]:
    """The words of two or more Han characters that jieba finds in the texts, and the terms of the domains."""
    tokenizer = jieba.Tokenizer()
    words = {word for text in texts for word in tokenizer.cut(text, HMM=False) if HAN.fullmatch(word)}
    for domain in load_domains():
        words.update(domain.strong_terms, domain.terms, domain.weak_terms)
    return words


def main() -> None:
    """Count and write."""
    paths = sorted(Path(sys.argv[1]).glob("*.txt"))
    texts = [normalise(source_from_text(path.read_text(encoding="utf-8-sig"))).text for path in paths]
    matcher = TermMatcher(sorted(words_of(texts)), accelerated=True)
    documents: Counter[str] = Counter()
    for text in texts:
        documents.update({matcher.terms[index] for index, _, _ in matcher.find(text)})
    lines = defaultdict(list)
    for word, count in documents.items():
        lines[count].append(word)
    header = HEADER.format(documents=len(texts), characters=sum(map(len, texts)))
    rows = [f"{count} {' '.join(sorted(lines[count]))}\n" for count in sorted(lines, reverse=True)]
    TARGET.write_text(header + "".join(rows), encoding="utf-8")
    print(f"{len(documents)} words of {len(texts)} documents")


if __name__ == "__main__":
    main()
