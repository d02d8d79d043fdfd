"""Policy domains: what their dictionaries say, finding their terms, weighing what was found.

A domain is one YAML file (`data/dictionaries/domains/<id>.yaml`, or a file in a folder of the user's). `load_domains` reads and checks
them, `vocabulary` compiles them into one automaton, `weighing` decides which domains a piece of a document is about.
"""

from policykit.domains.dictionary import Domain, DomainExample, describe_domain, load_domains

__all__ = ["Domain", "DomainExample", "describe_domain", "load_domains"]
