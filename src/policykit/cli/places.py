"""Where results may go: never to the file of a document that is to be read."""

from __future__ import annotations

import os
from collections.abc import Iterable

from policykit.errors import InputError, PolicykitError
from policykit.inputs import Input, RealPaths


def refuse_to_overwrite(places: Iterable[str | None], inputs: Iterable[Input | InputError]) -> None:
    """Raises `PolicykitError` where a place to write to (None or `-`: standard output) is the file of an input.

    The inputs are gone through only where one of the places is a file that exists already; what could not be found does not count.
    """
    existing = {
        os.path.realpath(place): place for place in places if place not in (None, "-") and os.path.isfile(place)
    }
    if not existing:
        return
    real = RealPaths()
    for item in inputs:
        file = None if isinstance(item, InputError) else item.file
        if file is not None and (place := existing.get(real.of(file))) is not None:
            raise PolicykitError("is one of the documents to read", path=place, advice="name another output")
