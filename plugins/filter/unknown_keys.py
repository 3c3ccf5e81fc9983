# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: unknown_keys
short_description: Find misspelled keys in a description of a cloud
version_added: "1.0.0"
description:
  - Returns a message for each key of a description that the playbook for it does not know.
  - Ansible ignores variables that nothing uses, so a misspelled list would not be managed, without an error.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
options:
  _input:
    description: What the file of the description has.
    type: dict
    required: true
  known:
    description:
      - The keys that it can have.
      - If not specified, the lists that M(h3c.cloudos.cloudos_export) writes, and the passwords for the nodes in them.
    type: list
    elements: str
positional: known
"""

EXAMPLES = r"""
- name: Ensure the description has no misspelled key
  ansible.builtin.assert:
    that: problems | length == 0
    fail_msg: "{{ problems | join(' ') }}"
  vars:
    problems: "{{ {'cloudos_flavors': []} | h3c.cloudos.unknown_keys }}"
"""

RETURN = r"""
_value:
  description: A message for each unknown key.
  type: list
  elements: str
  sample: ["There is no key project_onboarding_flavor. Did you mean 'project_onboarding_flavors'?"]
"""

import typing as t

from ansible_collections.h3c.cloudos.plugins.module_utils.model.spelling import with_question
from ansible_collections.h3c.cloudos.plugins.plugin_utils.translation import words_of_environment

# What h3c.cloudos.apply takes beside the lists, as an export has no passwords.
_PASSWORDS = "cloudos_ipmi_passwords"


def unknown_keys(described: t.Any, known: t.Optional[t.Sequence[str]] = None) -> list[str]:
    """What is wrong with the keys of a description, in their order."""
    return list(map(words_of_environment(), _problems(described, known)))


def _problems(described: t.Any, known: t.Optional[t.Sequence[str]]) -> list[str]:
    if not isinstance(described, t.Mapping):
        return ["The description is no dictionary of lists."]
    if known is None:
        # Not before it is used: Ansible imports all filters to find one, in each task that uses any.
        from ansible_collections.h3c.cloudos.plugins.module_utils.features import export_kinds

        known = [*map(export_kinds.variable_of, export_kinds.RESOURCES), _PASSWORDS]
    return [with_question(f"There is no key {key}.", key, known) for key in described if key not in known]


class FilterModule:
    def filters(self) -> dict[str, t.Callable[..., t.Any]]:
        return {"unknown_keys": unknown_keys}
