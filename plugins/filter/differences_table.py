# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: differences_table
short_description: Format rows of differences as lines of a table
version_added: "1.0.0"
description:
  - Takes the rows of P(h3c.cloudos.differences#filter), and returns lines of text with aligned columns.
  - Characters that take two columns of a terminal, such as Chinese ones, count as two.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
options:
  _input:
    description: The rows.
    type: list
    elements: dict
    required: true
"""

EXAMPLES = r"""
- name: Show a table of differences
  ansible.builtin.debug:
    msg: "{{ rows | h3c.cloudos.differences_table }}"
  vars:
    rows:
      - {object: quota demo, key: compute.cores, wanted: 50, is: 20, status: differs}
"""

RETURN = r"""
_value:
  description: A line with the headings, and one for each row. The list is empty if there are no rows.
  type: list
  elements: str
  sample:
    - OBJECT      KEY            WANTED  IS
    - quota demo  compute.cores  50      20
"""

import typing as t

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.json_types import Json
from ansible_collections.h3c.cloudos.plugins.module_utils.model.columns import aligned, shown

_HEADINGS = ["OBJECT", "KEY", "WANTED", "IS"]


def differences_table(rows: t.Sequence[Json]) -> list[str]:
    """Lines with aligned columns."""
    return aligned([_HEADINGS, *map(_cells, rows)]) if rows else []


def _cells(row: Json) -> list[str]:
    present = "cannot be read" if row["status"] == "unreadable" else shown(row["is"])
    return [row["object"], row["key"], shown(row["wanted"]), present]


class FilterModule:
    def filters(self) -> dict[str, t.Callable[..., t.Any]]:
        return {"differences_table": differences_table}
