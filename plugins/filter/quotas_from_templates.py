# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: quotas_from_templates
short_description: Merge the limits of quota templates into the quotas of projects
version_added: "1.0.0"
description:
  - Takes projects with C(quota) and C(template), and merges the limits of the described template into the quota. The
    limits of the quota itself take precedence.
  - In check mode, the limits of a template that is yet to be created or changed are thereby known.
  - Templates that are not described are ignored, and so are C(ram) and C(storage), whose units are not specified.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
positional: templates
options:
  _input:
    description: The projects.
    type: list
    elements: dict
    required: true
  templates:
    description: Descriptions of templates, with the options of M(h3c.cloudos.cloudos_quota_template).
    type: list
    elements: dict
    required: true
"""

EXAMPLES = r"""
- name: Show a quota with compute.instances and compute.cores
  ansible.builtin.debug:
    msg: "{{ projects | h3c.cloudos.quotas_from_templates(templates) }}"
  vars:
    projects:
      - {name: demo, template: team, quota: {compute: {cores: 50}}}
    templates:
      - {name: team, servers: 10, cpus: 20}
"""

RETURN = r"""
_value:
  description: The projects, with all limits in C(quota).
  type: list
  elements: dict
  sample:
    - {name: demo, template: team, quota: {compute: {instances: 10, cores: 50}}}
"""

import typing as t

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.json_types import Json


def quotas_from_templates(projects: t.Sequence[Json], templates: t.Sequence[Json]) -> list[Json]:
    """The projects with their whole quotas."""
    limits = {name: _limits(template) for template in templates for name in _names(template)}
    return [{**dict(project.items()), "quota": _quota(project, limits)} for project in projects]


def _names(template: Json) -> list[str]:
    return [template[key] for key in ("name", "id") if template.get(key) is not None]


def _limits(template: Json) -> dict[str, Json]:
    """The limits of a template by the sections and keys of a quota."""
    # Not before it is used: Ansible imports all filters to find one, in each task that uses any.
    from ansible_collections.h3c.cloudos.plugins.module_utils.resources.identity.quota_template import MEMBERS

    found: dict[str, Json] = {}
    for member in MEMBERS:
        if member.quota and template.get(member.name) is not None:
            section, key = member.quota
            found.setdefault(section, {})[key] = template[member.name]
    return found


def _quota(project: Json, limits: dict[str, Json]) -> dict[str, Json]:
    own = project.get("quota") or {}
    base = limits.get(str(project.get("template")), {})
    sections = dict.fromkeys([*base, *own])
    return {name: {**base.get(name, {}), **dict((own.get(name) or {}).items())} for name in sections}


class FilterModule:
    def filters(self) -> dict[str, t.Callable[..., t.Any]]:
        return {"quotas_from_templates": quotas_from_templates}
