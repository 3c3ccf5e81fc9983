# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What stands beside the contract for its tests: expected.yaml, and `expected` of each file in extensions/."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).resolve().parents[2] / "contract"


def _load(path: Path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


EXTENSIONS = {path.stem: _load(path) for path in sorted((FOLDER / "extensions").glob("*.yaml"))}
# The ids of the operations that are written out there
EXTENDING = {entry["id"] for file in EXTENSIONS.values() for entry in file["operations"]}
# By the name of a request example, or of an operation whose answer is an example
EXPECTED: dict[str, dict[str, Any]] = _load(FOLDER / "expected.yaml")
for _file in EXTENSIONS.values():
    EXPECTED.update(_file.get("expected", {}))
