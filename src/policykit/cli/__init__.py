"""The command line: one small module for each command; the only place that knows Typer and rich."""
