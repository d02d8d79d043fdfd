"""What changed between two policy documents: not in their letters, but in what they ask for.

>>> from policykit import compare
>>> old = "一、主要任务\\n（一）建设平台。到2025年，建设数据平台30个以上。"
>>> result = compare(old, old.replace("30", "50"))
>>> result["targets"][0]["change"], result.changes()
(['raised'], ['target-raised'])
"""

from policykit.comparison.comparing import FORMAT, SECTIONS, Comparison, compare, known_changes, section_of

__all__ = ["FORMAT", "SECTIONS", "Comparison", "compare", "known_changes", "section_of"]
