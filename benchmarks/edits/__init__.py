"""Known edits made to documents, to measure whether comparison reports each as what it is and nothing else."""

from benchmarks.edits.document import Base, Change, Edited, found_changes
from benchmarks.edits.kinds import KINDS
from benchmarks.edits.measure import Outcome, run

__all__ = ["KINDS", "Base", "Change", "Edited", "Outcome", "found_changes", "run"]
