# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: differences
short_description: Convert results with diffs into rows, one for each difference
version_added: "1.0.0"
description:
  - Takes the registered results of a loop in check mode with diff, and returns the differences of each item by key.
  - Results of modules that manage many objects at once name each object themselves.
  - Nested keys are joined with dots, such as C(compute.cores).
  - Results are never evaluated as templates.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
positional: kind
options:
  _input:
    description:
      - Results of a loop, C(results) of the registered variable. Those without a diff are skipped.
    type: list
    elements: dict
    required: true
  kind:
    description:
      - Kind of the objects, for the column C(object) of the rows.
      - Empty for results of M(h3c.cloudos.cloudos_stack), which name the kind of each object, too.
    type: str
    required: true
  name:
    description:
      - The keys of an item that identify its object.
      - If an item is a list, as with P(ansible.builtin.subelements#filter), its last element is the object.
    type: list
    elements: str
    default: [name]
  returned:
    description:
      - Name of a dictionary both of an item, with the desired values, and of its result, with the current values.
        Desired values that the result does not have get a row with the status V(unreadable).
    type: str
  project:
    description:
      - The key of an item that has the name of the project of its object, for the column C(project) of the rows.
      - If an item is a list, it is a key of its first element. An item that is a string is the project itself.
    type: str
"""

EXAMPLES = r"""
- name: Compare the quotas with their description
  h3c.cloudos.cloudos_quota:
    project: "{{ item.name }}"
    compute: "{{ item.quota.compute }}"
  loop:
    - {name: demo, quota: {compute: {cores: 50}}}
  check_mode: true
  diff: true
  register: quotas

- name: Show the differences
  ansible.builtin.debug:
    msg: "{{ quotas.results | h3c.cloudos.differences('quota', returned='quota', project='name') }}"
"""

RETURN = r"""
_value:
  description:
    - The rows, in the order of the items and of their keys.
    - C(object) is the kind and the name, and C(kind) and C(name) are one of them. C(project) is the project of the
      object, null if it has none, or if O(project) does not say it.
    - C(key) is the key, C(wanted) and C(is) are the values, null if there is none.
    - C(status) is V(differs), or V(missing) or V(unwanted) for a whole object, or V(unreadable) for a key that the
      platform does not return.
  type: list
  elements: dict
  sample:
    - object: quota demo
      kind: quota
      project: demo
      name: demo
      key: compute.cores
      wanted: 50
      is: 20
      status: differs
"""

import functools
import typing as t

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.json_types import Json

_NOTHING: t.Any = object()
_ID = "id"


def differences(
    results: t.Sequence[Json],
    kind: str,
    name: t.Union[str, t.Sequence[str]] = "name",
    returned: t.Optional[str] = None,
    project: t.Optional[str] = None,
) -> list[Json]:
    """The rows of all results."""
    names = [name] if isinstance(name, str) else name
    return [
        {**_object(result.get("item"), kind, label, names, project), **row}
        for result in results
        for label, row in _of(result, returned)
    ]


def _object(item: t.Any, kind: str, label: t.Optional[str], names: t.Sequence[str], project: t.Optional[str]) -> Json:
    """Which object a row is of. The label of one of many has its name, and also its kind if that is not given."""
    title = f"{kind} {label or _label(item, names)}".lstrip()
    kind = kind or next((noun for noun in _nouns() if f"{title} ".startswith(f"{noun} ")), "")
    return {
        "object": title,
        "kind": kind,
        "project": _project(item, project),
        "name": (None if label else _own_name(item)) or title[len(kind) :].lstrip(),
    }


@functools.cache
def _nouns() -> list[str]:
    """What objects are called; those of more than one word before those that they begin with."""
    # Not before it is used: Ansible imports all filters to find one, in each task that uses any.
    from ansible_collections.h3c.cloudos.plugins.module_utils.features import export_kinds

    return sorted((resource.noun for resource in export_kinds.RESOURCES), key=len, reverse=True)


def _own_name(item: t.Any) -> t.Optional[str]:
    own = item[-1] if isinstance(item, (list, tuple)) else item
    name: t.Optional[str] = own.get("name") if isinstance(own, dict) else None
    return name


def _project(item: t.Any, key: t.Optional[str]) -> t.Optional[str]:
    if key is None or isinstance(item, str):
        return item if key else None
    owner = item[0] if isinstance(item, (list, tuple)) else item
    found: t.Optional[str] = owner.get(key) if isinstance(owner, dict) else None
    return found


def _of(result: Json, returned: t.Optional[str]) -> t.Iterator[tuple[t.Optional[str], Json]]:
    """The rows of one result: what differs, then what cannot be read. Of many objects at once, each has its label."""
    found = result.get("diff") or []
    entries = [{**found, "before_header": None}] if isinstance(found, dict) else found
    for entry in (single for each in entries for single in each.get("objects", [each])):
        label = entry.get("before_header")
        yield from ((label, row) for row in _compared(entry.get("before"), entry.get("after")))
    if returned is None or returned not in result:
        return
    present = dict(_leaves(result[returned]))
    for key, value in _leaves(result["item"].get(returned)):
        if value is not None and present.get(key) is None:
            yield None, _row(key, value, None, "unreadable")


def _compared(before: t.Any, after: t.Any) -> t.Iterator[Json]:
    if not before and isinstance(after, dict) and after:
        yield _row("state", "present", "absent", "missing")
    elif not after and isinstance(before, dict) and before:
        yield _row("state", "absent", "present", "unwanted")
    else:
        old, new = dict(_leaves(before)), dict(_leaves(after))
        if _ID not in new:
            old.pop(_ID, None)  # it is replaced, by an object that has none yet
        for key in dict.fromkeys([*old, *new]):
            if old.get(key, _NOTHING) != new.get(key, _NOTHING):
                yield _row(key, new.get(key), old.get(key), "differs")


def _leaves(value: t.Any, path: str = "") -> t.Iterator[tuple[str, t.Any]]:
    """The values in nested dictionaries, each with its path. Lists are values as a whole."""
    if not isinstance(value, dict):
        if value is not None or path:
            yield path, value
        return
    for key, item in value.items():
        yield from _leaves(item, f"{path}.{key}" if path else str(key))


def _row(key: str, wanted: t.Any, present: t.Any, status: str) -> Json:
    return {"key": key, "wanted": wanted, "is": present, "status": status}


def _label(item: t.Any, names: t.Sequence[str]) -> str:
    """The name of an object; one that has none is known by its values."""
    if isinstance(item, (list, tuple)):
        item = item[-1]
    if not isinstance(item, dict):
        return str(item)
    values = [item.get(name) for name in names]
    return " ".join(_text(value) for value in values if value is not None)


def _text(value: t.Any) -> str:
    return ", ".join(f"{key}={item}" for key, item in value.items()) if isinstance(value, dict) else str(value)


class FilterModule:
    def filters(self) -> dict[str, t.Callable[..., t.Any]]:
        return {"differences": differences}
