"""Finding passages of policy documents by their words, in either script and wording, and by what was found in them."""

from __future__ import annotations

from policykit.search.query import Query, QueryError, parse_query
from policykit.search.results import search

__all__ = ["Query", "QueryError", "parse_query", "search"]
