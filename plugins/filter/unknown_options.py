# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: unknown_options
short_description: Find entries of lists that are not options of a module
version_added: "1.0.0"
description:
  - A task that passes the members of an entry to a module one by one ignores unknown members. This filter reports them
    before, so that misspelt options are not lost.
  - C(only_plan) and C(plan_file) are reported, too. They are of a run, and not of what an entry describes.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
options:
  _input:
    description: Lists of entries by the name of their module, such as C(cloudos_server).
    type: dict
    required: true
"""

EXAMPLES = r"""
- name: Ensure each entry has only options of its module
  ansible.builtin.assert:
    that: unknown | length == 0
    fail_msg: "{{ unknown | join(' ') }}"
  vars:
    unknown: "{{ {'cloudos_keypair': cloudos_keypairs} | h3c.cloudos.unknown_options }}"
    cloudos_keypairs:
      - {name: alice, public_key: "{{ alice_public_key }}"}
"""

RETURN = r"""
_value:
  description: A message for each entry that is not a dictionary or has members that are not options of its module.
  type: list
  elements: str
  sample:
    - "cloudos_server: entry 1 (web-1): there is no option flavour."
"""

import importlib
import importlib.util
import typing as t

from ansible.errors import AnsibleFilterError

from ansible_collections.h3c.cloudos.plugins.module_utils.model.spelling import with_question
from ansible_collections.h3c.cloudos.plugins.plugin_utils.translation import words_of_environment

_MODULES = "ansible_collections.h3c.cloudos.plugins.modules"


def unknown_options(lists: t.Mapping[str, t.Sequence[t.Any]]) -> list[str]:
    """What is wrong with the entries, in their order."""
    problems = [problem for module, entries in lists.items() for problem in _problems(module, entries)]
    return list(map(words_of_environment(), problems))


def _problems(module: str, entries: t.Any) -> t.Iterator[str]:
    if isinstance(entries, (str, dict)) or not isinstance(entries, t.Sequence):
        yield f"{module}: this is no list."
        return
    if not _exists(module):
        raise AnsibleFilterError(words_of_environment()(f"unknown_options: there is no module {module!r}."))
    if not entries:
        return
    # Not before it is used: Ansible imports all filters to find one, in each task that uses any.
    from ansible_collections.h3c.cloudos.plugins.module_utils.module.argument_spec import PLANNED

    options = _options(module)
    for number, entry in enumerate(entries, 1):
        if not isinstance(entry, t.Mapping):
            yield f"{module}: entry {number} is no dictionary."
            continue
        name = entry.get("name") or entry.get("id")
        plans = [key for key in PLANNED if key in entry]
        if plans:
            problem = f"{module}: entry {number} ({name}): {', '.join(plans)} is of a run, not of a description."
            yield f"{problem} Use the variable plan_file of the playbook."
        unknown = sorted(str(key) for key in entry if key not in options and key not in PLANNED)
        if unknown:
            problem = f"{module}: entry {number} ({name}): there is no option {', '.join(unknown)}."
            yield with_question(problem, unknown[0], [name for name in options if name not in PLANNED])


def _exists(module: str) -> bool:
    try:
        return importlib.util.find_spec(f"{_MODULES}.{module}") is not None
    except ImportError:  # of what would be its package
        return False


def _options(module: str) -> t.Collection[str]:
    options: t.Collection[str] = importlib.import_module(f"{_MODULES}.{module}").DEFINITION.spec
    return options


class FilterModule:
    def filters(self) -> dict[str, t.Callable[..., t.Any]]:
        return {"unknown_options": unknown_options}
