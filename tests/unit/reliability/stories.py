# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is judged of a module: the journey of its case in tests/integration/matrix, or its tasks in stories.yml."""

from __future__ import annotations

import string
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from integration import test_matrix as matrix

TABLE = Path(__file__).with_name("stories.yml")
WITHOUT_CASE = sorted(yaml.safe_load(TABLE.read_text(encoding="utf-8")))


@dataclass(frozen=True)
class Story(matrix.Case):
    """Tasks of a module that has no case."""

    result: str = ""
    defaults: dict[str, Any] = field(default_factory=dict)
    tasks: list[dict[str, Any]] = field(default_factory=list)
    repeats: bool = False

    @property
    def resource(self) -> str:
        return self.result or super().resource

    @property
    def played(self) -> list[dict[str, Any]]:
        return [{**self.defaults, **task} for task in self.tasks]


def load(module: str, folder: Path) -> matrix.Case:
    if module not in WITHOUT_CASE:
        return matrix.load(module, folder)
    text = string.Template(TABLE.read_text(encoding="utf-8")).substitute(matrix.names(folder))
    told = yaml.safe_load(text)[module]
    return Story(module, create={**told.get("defaults", {}), **told["tasks"][0]}, identity=[], **told)


def steps(case: matrix.Case) -> list[matrix.Step]:
    if isinstance(case, Story):
        return [matrix.Step(f"task {number}", options) for number, options in enumerate(case.played, 1)]
    return matrix.Journey(case).steps
