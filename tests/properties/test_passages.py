"""What two texts share around a place is the same however far is looked at a time."""

from itertools import takewhile
from operator import eq

from hypothesis import given
from hypothesis import strategies as st

from policykit.comparison.passages import _GLANCE, _alike_before, _alike_from

LETTERS = st.text("数据\n", max_size=4)
LENGTHS = st.sampled_from([0, 1, _GLANCE - 1, _GLANCE, _GLANCE + 1, 5 * _GLANCE - 1, 5 * _GLANCE, 9 * _GLANCE])


def shared(one: str, other: str) -> int:
    line = one.partition("\n")[0]
    return sum(1 for _ in takewhile(bool, map(eq, line, other)))


@given(LETTERS, LETTERS, LENGTHS, LETTERS, LETTERS, st.integers(0, 3))
def test_stretches_of_any_length(before: str, behind: str, length: int, head: str, tail: str, floor: int) -> None:
    same = "据" * length
    new, old = f"{before}{same}{behind}", f"{head}{same}{tail}"
    start, at = len(before), len(head)
    assert _alike_from(new, start, old, at) == shared(new[start:], old[at:])
    start, at, floor, base = start + length, at + length, min(floor, len(before)), min(1, len(head))
    found = _alike_before(new, floor, start, old, base, at)
    assert found == shared(new[floor:start][::-1], old[base:at][::-1])
