# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: described_objects
short_description: Convert the descriptions of projects into objects that can be compared
version_added: "1.0.0"
description:
  - Takes descriptions in the form of the role P(h3c.cloudos.project_onboarding#role), and returns the objects of one
    kind in them, as M(h3c.cloudos.cloudos_comparison) compares them.
  - What the platform cannot change in place, and limits below the usage, are differences and not errors.
  - Passwords are left out.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
positional: kind
options:
  _input:
    description:
      - For quota templates, zones, flavors and norms, their descriptions.
      - For all other kinds, projects as P(h3c.cloudos.described_projects#filter) returns them.
    type: list
    elements: dict
    required: true
  kind:
    description: Kind of the objects.
    type: str
    choices:
      - quota_template
      - availability_zone
      - flavor
      - norm
      - project
      - quota
      - network
      - subnet
      - router
      - user
    required: true
  ids:
    description:
      - The IDs of the projects by their C(index), null for a project that does not exist. What belongs to such a
        project is left out, except for its users, who are without roles in it.
    type: dict
    default: {}
  state:
    description: Whether the objects are returned that should be present, or those that should be absent.
    type: str
    choices: [present, absent]
    default: present
  missing:
    description:
      - What does not exist, and would be in the way of a comparison.
      - For subnets, the labels of networks, whose subnets are left out. For routers, the labels of subnets, which are
        left out of their interfaces. For quotas, the names of quota templates, which are not named.
    type: list
    elements: str
    default: []
"""

EXAMPLES = r"""
- name: Compare the flavors with their descriptions
  h3c.cloudos.cloudos_comparison:
    kind: flavor
    objects: "{{ flavors | h3c.cloudos.described_objects('flavor') }}"
  vars:
    flavors:
      - {name: office, vcpus: 2, ram: 4096, disk: 40}
  register: compared

- name: Show the differences
  ansible.builtin.debug:
    msg: "{{ compared.results | h3c.cloudos.differences('flavor') }}"
"""

RETURN = r"""
_value:
  description:
    - The objects, in the order of their descriptions. C(options) are those of the state module, and C(item) is the
      description.
    - For networks, subnets, routers and users, C(item) is a list of the description of the project and their own.
  type: list
  elements: dict
  sample:
    - item: {name: office, vcpus: 2, ram: 4096, disk: 40}
      options: {name: office, vcpus: 2, ram: 4096, disk: 40, replace: true}
"""

import typing as t

from ansible.errors import AnsibleFilterError

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.json_types import Json
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.identity._quota_keys import SECTIONS
from ansible_collections.h3c.cloudos.plugins.plugin_utils.translation import words_of_environment

_OWN = ("quota_template", "availability_zone", "flavor", "norm")
_OF_PROJECT = {"network": "networks", "subnet": "subnets", "router": "routers", "user": "users"}
# What a run would refuse to do without these is a difference.
_REPLACED = frozenset({"flavor", "norm", "project", "network", "subnet", "router"})
_FORCED: t.Mapping[str, Json] = {"project": {"force": True}, "quota": {"allow_below_usage": True}}
# The role does not make use of these; passwords are not compared.
_NOT_USED = frozenset({"only_plan", "plan_file", "password", "update_password"})
_NOT_USED_IN_PROJECTS = frozenset({"state", "id", "default_project", "purge_roles", "replace"})


def described_objects(
    entries: t.Sequence[Json],
    kind: str,
    ids: t.Optional[t.Mapping[int, t.Optional[str]]] = None,
    state: str = "present",
    missing: t.Collection[str] = (),
) -> list[Json]:
    """The objects of a kind."""
    if kind not in (*_OWN, *_OF_PROJECT, "project", "quota"):
        raise AnsibleFilterError(words_of_environment()(f"described_objects: there is no kind {kind!r}."))
    if kind in _OWN:
        return [{"item": entry, "options": _options(kind, entry)} for entry in entries]
    if kind in _OF_PROJECT:
        absent = state == "absent"
        found = _absent(entries, kind) if absent else _present(entries, kind, ids or {}, missing)
        return list(found)
    described = [entry for entry in entries if entry["state"] == "present"]
    if kind == "project":
        return [
            {"item": entry, "options": {**_options(kind, entry), **_named(entry["project"])}} for entry in described
        ]
    return list(_quotas(described, ids or {}, missing))


def used_options(kind: str) -> t.AbstractSet[str]:
    """The options of a kind that the role makes use of, but for its secrets."""
    # Not before it is used: Ansible imports all filters to find one, in each task that uses any.
    from ansible_collections.h3c.cloudos.plugins.module_utils.features.comparison import KINDS
    from ansible_collections.h3c.cloudos.plugins.module_utils.module.argument_spec import member_spec

    used = member_spec(KINDS[kind]).keys() - _NOT_USED
    return used if kind in _OWN else used - _NOT_USED_IN_PROJECTS


def _options(kind: str, entry: Json) -> Json:
    """What a description says of an object, with what has a difference found where a run would refuse it."""
    used = used_options(kind)
    said = {key: value for key, value in entry.items() if key in used}
    replaced = {"replace": True} if kind in _REPLACED else {}
    return {**said, **replaced, **_FORCED.get(kind, {})}


def _named(project: Json) -> Json:
    return {key: project.get(key) for key in ("name", "domain") if project.get(key) is not None}


def _quotas(
    described: t.Sequence[Json], ids: t.Mapping[int, t.Optional[str]], missing: t.Collection[str]
) -> t.Iterator[Json]:
    for entry in described:
        project = ids.get(entry["index"])
        if project is None or not (entry.get("quota") or "template" in entry):
            continue
        options = {key: value for key, value in entry["quota"].items() if key in SECTIONS}
        if "template" in entry and entry["template"] not in missing:
            options["template"] = entry["template"]
        if "purge_network_addresses" in entry:
            options["purge_network_addresses"] = entry["purge_network_addresses"]
        yield {"item": entry, "options": {**options, **_FORCED["quota"], "project": project}}


def _present(
    entries: t.Sequence[Json], kind: str, ids: t.Mapping[int, t.Optional[str]], missing: t.Collection[str]
) -> t.Iterator[Json]:
    described = [entry for entry in entries if entry["state"] == "present"]
    for entry, member in _members(described, kind, "present"):
        project, options = ids.get(entry["index"]), _options(kind, member)
        if kind == "user":
            yield _object(entry, member, {**options, **_roles(options, project)})
        elif project is not None and not _without(kind, entry, options, missing):
            yield _object(entry, member, {**options, "project": project})


def _members(entries: t.Sequence[Json], kind: str, state: str) -> t.Iterator[tuple[Json, Json]]:
    for entry in entries:
        for member in entry[_OF_PROJECT[kind]]:
            if member["state"] == state:
                yield entry, member


def _object(entry: Json, member: Json, options: Json) -> Json:
    return {"item": [entry, member], "options": {key: value for key, value in options.items() if value is not None}}


def _roles(options: Json, project: t.Optional[str]) -> Json:
    """The roles of a user in its project; null where there are none to compare."""
    named = options.get("roles")
    return {"roles": [{"role": role, "project": project} for role in named] if named is not None and project else None}


def _without(kind: str, entry: Json, options: Json, missing: t.Collection[str]) -> bool:
    """Leave out what does not exist; whether that is the object itself."""
    if kind == "subnet":
        return _label(entry, options["network"]) in missing
    if kind == "router" and options.get("interfaces") is not None:
        options["interfaces"] = [name for name in options["interfaces"] if _label(entry, name) not in missing]
    return False


def _label(entry: Json, name: t.Any) -> str:
    return f"{entry['name']} {name}"


def _absent(entries: t.Sequence[Json], kind: str) -> t.Iterator[Json]:
    """What should be absent. What goes with its project is no further difference."""
    if kind == "user":
        for entry, member in _members(entries, kind, "absent"):
            yield _object(entry, member, {**_named(member), "state": "absent"})
        return
    described = [entry for entry in entries if entry["state"] == "present" and entry["existing"]]
    for entry, member in _members(described, kind, "absent"):
        named = {"name": member["name"], "network": member.get("network")}
        yield _object(entry, member, {**named, "project": entry["existing"][0], "state": "absent"})


class FilterModule:
    def filters(self) -> dict[str, t.Callable[..., t.Any]]:
        return {"described_objects": described_objects}
