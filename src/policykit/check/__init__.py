"""Checking policy documents: what is missing, what contradicts itself, what was damaged, and rules of one's own.

`check` runs the rules over a document and gives back findings; the command `policykit check` shows them.
"""

from __future__ import annotations

from policykit.check.checking import Checked, check
from policykit.check.findings import Finding, Place
from policykit.check.selection import Selection

__all__ = ["Checked", "Finding", "Place", "Selection", "check"]
