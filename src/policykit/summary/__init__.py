"""A page about one policy document, and a matrix of several: what they are, what they promise by when, who does it, what is missing.

Everything on it is taken out of the analysis and the text; nothing is written anew.
"""

from __future__ import annotations

from policykit.summary.length import Length
from policykit.summary.overview import overview
from policykit.summary.page import summarise

__all__ = ["Length", "overview", "summarise"]
