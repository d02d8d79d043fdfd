"""What files say about how policykit is to run: the project's and the user's.

An option is decided by the first of: the command line, its environment variable, the project file, the user file. The project file is
`.policykit.yaml` or the table `[tool.policykit]` of a `pyproject.toml`, in the folder where the command runs or the nearest above it; the
user file is `config.yaml` in the user's configuration folder. Where there is no such file, nothing is parsed and no parser is imported.
"""

from __future__ import annotations

from policykit.settings.files import SettingsFile, find_files, read_settings

__all__ = ["SettingsFile", "find_files", "read_settings"]
