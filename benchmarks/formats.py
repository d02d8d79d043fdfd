"""Writing an analysis: our YAML beside PyYAML's fastest, JSON beside both."""

from __future__ import annotations

from benchmarks.timing import Row, medians, milliseconds, ratio, texts


def measure(documents: str | None, repeats: int) -> list[Row]:
    """Over the corpus, or the .txt files of the folder `documents`."""
    import yaml

    from policykit import analyse, write_json, write_json_line, write_yaml

    analyses = [analyse(text).to_data() for text in texts(documents)]
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    times = medians(
        {
            "write_yaml": lambda: [write_yaml(data) for data in analyses],
            "write_json": lambda: [write_json(data) for data in analyses],
            "write_json_line": lambda: [write_json_line(data) for data in analyses],
            dumper.__name__: lambda: [
                yaml.dump(data, Dumper=dumper, allow_unicode=True, sort_keys=False, width=10**9) for data in analyses
            ],
        },
        repeats,
    )
    ours, _, _, theirs = times.values()
    return [
        *(milliseconds(name, seconds) for name, seconds in times.items()),
        ratio(f"write_yaml is so many times as fast as {dumper.__name__}", theirs / ours),
    ]
