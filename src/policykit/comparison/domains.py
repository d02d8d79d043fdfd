"""Which domains the new document stresses more or less: tested for size, not only for presence."""

from __future__ import annotations

from collections.abc import Mapping
from math import asin, sqrt
from typing import Any

from policykit.comparison.documents import Side
from policykit.comparison.keyness import log_likelihood
from policykit.comparison.wording import in_mainland_words

CHANGES = ("same", "more", "less", "new", "gone")
#: Cohen's h from which a difference of shares is small, medium, large; below the first it is none.
SIZES = ((0.8, "large"), (0.5, "medium"), (0.2, "small"))


def domain_rows(old: Side, new: Side) -> list[dict[str, Any]]:
    """All domains of either document, those with the greatest difference first.

    `effect` is Cohen's h of the two shares of task text (positive: more in the new document), `size` what that is called;
    `log_likelihood` tests how many of each document's tasks carry the domain.
    """
    before = {row["id"]: row for row in old.data["domains"]}
    after = {row["id"]: row for row in new.data["domains"]}
    tasks_before, tasks_after = len(old.data["tasks"]), len(new.data["tasks"])
    rows = []
    for id in sorted({*before, *after}):
        one, other = before.get(id), after.get(id)
        share, other_share = (row["share"] if row else 0.0 for row in (one, other))
        effect = cohens_h(share, other_share)
        size = next((name for least, name in SIZES if abs(effect) >= least), "none")
        if size == "none":
            change = "same"
        elif one is None and not _mentions(old, other):
            change = "new"
        elif other is None and not _mentions(new, one):
            change = "gone"
        else:
            change = "more" if effect > 0 else "less"
        counts = [len(row["tasks"]) if row else 0 for row in (one, other)]
        rows.append(
            {
                "change": change,
                "id": id,
                "name": (other or one or {})["name"],
                "old": {"share": one["share"], "tasks": counts[0]} if one else None,
                "new": {"share": other["share"], "tasks": counts[1]} if other else None,
                "difference": {
                    "share": round(other_share - share, 4),
                    "effect": round(effect, 3),
                    "size": size,
                    "log_likelihood": round(log_likelihood(counts[0], tasks_before, counts[1], tasks_after), 2),
                },
            }
        )
    return sorted(rows, key=lambda row: (-abs(row["difference"]["effect"]), row["id"]))


def _mentions(side: Side, row: Mapping[str, Any] | None) -> bool:
    """Whether a document of whose tasks none carries a domain still has a word of it that the other document has."""
    if row is None:
        return False
    terms = in_mainland_words(row["terms"])  # a unit's text is in these
    return any(term in unit.whole for unit in side.units for term in terms)


def cohens_h(before: float, after: float) -> float:
    """Cohen's h of two shares: the difference on a scale on which 2 % and 7 % are as far apart as 45 % and 58 %.

    >>> round(cohens_h(0.45, 0.58), 2), round(cohens_h(0.02, 0.07), 2)
    (0.26, 0.25)
    """
    return 2 * (asin(sqrt(min(1.0, after))) - asin(sqrt(min(1.0, before))))
