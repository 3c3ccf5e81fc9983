# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: described_stacks
short_description: Convert the description of a stack into the options of cloudos_stack
version_added: "1.0.0"
description:
  - Takes what a file for C(h3c.cloudos.stack) or C(h3c.cloudos.apply) has, and returns the options of
    M(h3c.cloudos.cloudos_stack) for each project.
  - Descriptions are never evaluated as templates.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
options:
  _input:
    description:
      - The lists of a stack, such as C(networks), or as M(h3c.cloudos.cloudos_export) names them, such as
        C(cloudos_networks), beside C(defaults) and C(state). An entry may have C(api_project), its project.
    type: dict
    required: true
"""

EXAMPLES = r"""
- name: Ensure the description is complete
  ansible.builtin.assert:
    that: description.problems | length == 0
    fail_msg: "{{ description.problems | join(' ') }}"
  vars:
    description: "{{ {'networks': [{'name': 'web'}]} | h3c.cloudos.described_stacks }}"
"""

RETURN = r"""
_value:
  description: What was found in the description.
  type: dict
  contains:
    problems:
      description: A message for each unknown key, each entry that is not a dictionary, and each unknown option.
      type: list
      elements: str
      sample: ["There is no key network. Did you mean 'networks'?"]
    others:
      description: Lists of an export that are not part of a stack, by their keys.
      type: list
      elements: str
      sample: [cloudos_flavors]
    stacks:
      description:
        - Options for each project, that of the login first. Only other projects have C(api_project).
      type: list
      elements: dict
      sample: [{networks: [{name: web}]}]
"""

import functools
import typing as t

from ansible_collections.h3c.cloudos.plugins.filter.unknown_options import unknown_options
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.json_types import Json
from ansible_collections.h3c.cloudos.plugins.module_utils.model.spelling import did_you_mean
from ansible_collections.h3c.cloudos.plugins.plugin_utils.translation import words_of_environment

_PREFIX = "cloudos_"
_PROJECT = "api_project"
# Keys beside the lists.
_SETTINGS = ("defaults", "state")


def described_stacks(described: t.Any) -> Json:
    """What is wrong with a description, what belongs to others in it, and the stacks in it."""
    speak = words_of_environment()
    if not isinstance(described, t.Mapping):
        return {"problems": [speak("The description is no dictionary of lists.")], "others": [], "stacks": []}
    others = [key for key in described if key in _others()]
    lists = {key: value or [] for key, value in described.items() if _kind_of(key) in _kinds()}
    unknown = [key for key in described if key not in (*lists, *others, *_SETTINGS)]
    problems = [*map(speak, [*map(_unknown, unknown), *_twice(lists)]), *_of_entries(lists)]
    stacks = [] if problems else list(_by_project({_kind_of(key): lists[key] for key in lists}, described))
    return {"problems": problems, "others": others, "stacks": stacks}


def _kinds() -> t.Mapping[str, t.Any]:
    """The resources of a stack by their kinds."""
    # Not before it is used: Ansible imports all filters to find one, in each task that uses any.
    from ansible_collections.h3c.cloudos.plugins.module_utils.features import stack

    return stack.KINDS


@functools.cache
def _others() -> list[str]:
    """The lists of an export that a stack has not."""
    from ansible_collections.h3c.cloudos.plugins.module_utils.features import export_kinds

    kinds = _kinds()
    return [export_kinds.variable_of(resource) for kind, resource in export_kinds.KINDS.items() if kind not in kinds]


def _kind_of(key: t.Any) -> str:
    return str(key).removeprefix(_PREFIX)


def _unknown(key: t.Any) -> str:
    known = [*_kinds(), *_SETTINGS, *(f"{_PREFIX}{kind}" for kind in _kinds()), *_others()]
    all_known = f"There are: {', '.join([*_kinds(), *_SETTINGS])}."
    return f"There is no key {key}. {did_you_mean(key, known) or all_known}"


def _twice(lists: Json) -> t.Iterator[str]:
    for key in lists:
        if key.startswith(_PREFIX) and _kind_of(key) in lists:
            yield f"{_kind_of(key)} and {key} are one list; use one of them."


def _of_entries(lists: Json) -> list[str]:
    modules = {f"{_PREFIX}{_kinds()[_kind_of(key)].name}": entries for key, entries in lists.items()}
    return unknown_options(modules)


def _by_project(lists: Json, described: t.Mapping[str, t.Any]) -> t.Iterator[Json]:
    settings = {"defaults": described["defaults"]} if described.get("defaults") else {}
    projects = dict.fromkeys(entry.get(_PROJECT) for entries in lists.values() for entry in entries)
    for project in sorted(projects, key=lambda name: (name is not None, str(name))):
        own = {kind: [_without_project(e) for e in lists[kind] if e.get(_PROJECT) == project] for kind in lists}
        own = {kind: entries for kind, entries in own.items() if entries}
        yield {**own, **settings, **({_PROJECT: project} if project is not None else {})}


def _without_project(entry: Json) -> Json:
    return {key: value for key, value in entry.items() if key != _PROJECT}


class FilterModule:
    def filters(self) -> dict[str, t.Callable[..., t.Any]]:
        return {"described_stacks": described_stacks}
