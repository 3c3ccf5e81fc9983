# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: described_projects
short_description: Find the projects that descriptions mean
version_added: "1.0.0"
description:
  - Takes descriptions in the form of the role P(h3c.cloudos.project_onboarding#role), and the projects of the platform,
    and adds to each description what is known of its project.
  - Passwords of users are left out, and so are keys without a value.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
positional: projects
options:
  _input:
    description: The descriptions.
    type: list
    elements: dict
    required: true
  projects:
    description: The projects, as M(h3c.cloudos.cloudos_project_info) returns them.
    type: list
    elements: dict
    required: true
"""

EXAMPLES = r"""
- name: Read the projects
  h3c.cloudos.cloudos_project_info:
  register: read

- name: Show which of the described projects do not exist
  ansible.builtin.debug:
    msg: "{{ departments | h3c.cloudos.described_projects(read.projects) | selectattr('existing', 'equalto', []) }}"
  vars:
    departments:
      - {name: demo, quota: {compute: {cores: 50}}}
      - {name: shop, zones: [nova11]}
"""

RETURN = r"""
_value:
  description:
    - The descriptions, in their order.
    - C(index) is the place in that order, for users the place among the users of the project. C(state) and C(force) are
      always set; networks, subnets and routers of a project that should be absent should be absent, too. Their C(label)
      is the name of the project and their own.
    - C(existing) has the IDs of the projects that the description can mean. C(project) is the name and the domain of
      the project, the domain null if it is not known.
    - C(create) is whether a project that does not exist should be created. C(repeated) is whether an earlier
      description means the same project.
  type: list
  elements: dict
  sample:
    - name: shop
      zones: [nova11]
      users: []
      networks: []
      subnets: []
      routers: []
      state: present
      force: false
      index: 0
      existing: []
      project: {name: shop, domain: null}
      create: false
      repeated: false
"""

import typing as t

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.json_types import Json

_DEFAULT_DOMAIN = "default"
_OF_NETWORK = ("networks", "subnets", "routers")
_SECRETS = frozenset({"password"})
# Keys that only make sense where the description is to bring about the project itself.
_OF_PROJECT = ("description", "domain", "parent", "enabled", "users", "networks", "subnets", "routers")


def described_projects(entries: t.Sequence[Json], projects: t.Sequence[Json]) -> list[Json]:
    """The descriptions with the projects that they mean."""
    described = [_described(index, _given(entry), projects) for index, entry in enumerate(entries)]
    keys = [(entry["project"]["name"], entry["project"]["domain"] or _DEFAULT_DOMAIN) for entry in described]
    return [{**entry, "repeated": keys[index] in keys[:index]} for index, entry in enumerate(described)]


def _described(index: int, entry: Json, projects: t.Sequence[Json]) -> Json:
    found, project = _meant(entry, projects)
    return {
        "state": "present",
        "force": False,
        "create": any(key in entry for key in _OF_PROJECT),
        **entry,
        "users": [
            {"state": "present", **_given(user), "index": number} for number, user in enumerate(entry.get("users", []))
        ],
        **{kind: [_of_network(entry, member) for member in entry.get(kind, [])] for kind in _OF_NETWORK},
        "index": index,
        "existing": [known["id"] for known in found],
        "project": project,
    }


def _of_network(entry: Json, member: Json) -> Json:
    """A network, subnet or router of a project, with which it goes."""
    label = {"label": f"{entry['name']} {member['name']}"}
    goes = {"state": "absent"} if entry.get("state") == "absent" else {}
    return {"state": "present", **_given(member), **goes, **label}


def _meant(entry: Json, projects: t.Sequence[Json]) -> tuple[list[Json], Json]:
    """The projects that a description can mean, and how the modules find the project."""
    name, domain = entry["name"], entry.get("domain")
    found = [known for known in projects if known["id"] == name]
    if not found:
        found = [known for known in projects if known["name"] == name]
        found = found if domain is None else _in_domain(found, domain, projects)
    if len(found) != 1:
        return found, {"name": name, "domain": domain}
    return found, {"name": found[0]["name"], "domain": domain or found[0].get("domain")}


def _in_domain(found: list[Json], domain: str, projects: t.Sequence[Json]) -> list[Json]:
    """Those of the domain. Projects have the IDs of domains, so one that is written by its name means any."""
    if any(known.get("domain") == domain for known in projects):
        return [known for known in found if known.get("domain") == domain]
    return found[:1]


def _given(entry: Json) -> Json:
    """What is said, without secrets."""
    return {key: entry[key] for key in entry if key not in _SECRETS and entry[key] is not None}


class FilterModule:
    def filters(self) -> dict[str, t.Callable[..., t.Any]]:
        return {"described_projects": described_projects}
