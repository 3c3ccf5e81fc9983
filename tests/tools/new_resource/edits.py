# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is put into files that all resources share."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from string import Template

from .names import RefusedError


@dataclasses.dataclass(frozen=True)
class Edit:
    """Lines for a file: before the first line that begins with `before`, or at the end; `$names` are filled in.

    Attributes:
        among: a pattern of lines that are sorted; the new ones go to their place among them.
    """

    path: str
    lines: str
    before: str = ""
    among: str = ""

    def applied(self, text: str, values: Mapping[str, str]) -> str:
        """The text of the file with the lines in it.

        Raises:
            RefusedError: the file has no place for them.
        """
        new = Template(self.lines).substitute(values)
        position = self._position(text, new)
        if position is None:
            raise RefusedError(f"{self.path}: no line begins with {self.before or self.among!r}.")
        return text[:position] + new + text[position:]

    def _position(self, text: str, new: str) -> int | None:
        if self.among:
            found = list(re.finditer(rf"^{self.among}.*\n", text, re.MULTILINE))
            later = [match.start() for match in found if match[0] > new]
            return later[0] if later else found[-1].end() if found else None
        if not self.before:
            return len(text)
        match = re.search(f"^{re.escape(self.before)}", text, re.MULTILINE)
        return match.start() if match else None


EDITS = (
    Edit("meta/runtime.yml", "    - cloudos_$name\n", among="    - cloudos_"),
    Edit("meta/runtime.yml", "    - cloudos_${name}_info\n", among="    - cloudos_"),
    *(
        Edit(page, "| `cloudos_$name`, `cloudos_${name}_info` | $nouns |\n", before="| `cloudos_project`")
        for page in ("README.md", "README.zh-CN.md")
    ),
    # What it is called in messages in Chinese, which somebody who knows Chinese replaces.
    Edit(
        "plugins/plugin_utils/messages_zh/nouns.py",
        '    "$noun": "$noun",\n    "$nouns": "$nouns",\n',
        before="}",
    ),
    # What a description of a cloud has: see docs/brownfield.md.
    Edit(
        "plugins/module_utils/features/export_kinds.py",
        "from ..resources.$section.$name import $CONST\n",
        among=r"from \.\.resources\.",
    ),
    Edit("plugins/module_utils/features/export_kinds.py", "    $CONST,\n", before="    SERVER_TEMPLATE,"),
    Edit("plugins/modules/cloudos_export.py", "      - $plural\n", before="      - server_templates"),
    *(
        Edit(page, "| `cloudos_$plural` | `cloudos_$name` |\n", before="| `cloudos_baremetal_nodes`")
        for page in ("docs/brownfield.md", "docs/brownfield.zh-CN.md")
    ),
    Edit(
        "playbooks/tasks/apply.yml",
        '      cloudos_$name: "{{ cloudos_$plural | default([]) }}"\n',
        before="      cloudos_server_template:",
    ),
    Edit(
        "playbooks/tasks/apply.yml",
        """\
- name: Manage $nouns
  h3c.cloudos.cloudos_$name:
    state: "{{ item.state | default(omit) }}"
    id: "{{ item.id | default(omit) }}"
    name: "{{ item.name | default(omit) }}"
    description: "{{ item.description | default(omit) }}"
    level: "{{ item.level | default(omit) }}"
    replace: "{{ item.replace | default(omit) }}"
    api_project: "{{ item.api_project | default(omit) }}"
  loop: "{{ cloudos_$plural | default([]) }}"
  loop_control:
    label: "{{ item.name | default(item.id) | default('?') }}"

""",
        before="- name: Manage server templates",
    ),
    # What tests of all modules have to know of this one.
    Edit(
        "tests/integration/examples.yml",
        """\
  cloudos_${name}_info:
    - name: Create $a_noun
      h3c.cloudos.cloudos_$name: {name: web, level: basic}
""",
    ),
    Edit(
        "tests/unit/reliability/legal.yml",
        """\
cloudos_$name:
  options:
    name: [rand-one, A b]
    description: {text: 40}
""",
    ),
)
