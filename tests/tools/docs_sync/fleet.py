# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""RETURN of fleet modules: the objects are described by reference, the rest is the same for all of them."""

from __future__ import annotations

from typing import Any

from ansible_collections.h3c.cloudos.plugins.module_utils.model.resource import Resource

from . import prose
from .subjects import COLLECTION
from .yaml_text import Entries, description_in, entry, inner, outer, value_in

_RETURNED = "success and failure"
_AFTER = "after the task, or as they would be in check mode"
_DIFF = "Options of each changed member before and after. Passwords that are set are shown as asterisks."
_PLAN = [
    "Identity of the plan of all members. It is the same in check mode and in the run.",
    "With O(only_plan), a run does only what was previewed. On failure, it is that of the plan that was refused.",
]
_OUTCOMES = {
    "created": "that were created",
    "changed": "that were changed or replaced",
    "deleted": "that were deleted",
    "unchanged": "that were already in the desired state",
    "failed": "that failed",
    "rolled_back": "that were created and deleted again",
    "not_begun": "that were not processed because another one failed",
}


def entries(written: Entries, resource: Resource, source: Entries) -> Entries:
    """What a fleet module returns, without what every module returns.

    Args:
        source: the members of one object as the state module describes them.
    """
    plural = resource.plural
    example: dict[str, Any] = {
        name: value_in(inner(source[name]), "sample") for name in ("id", "name") if name in source
    }
    name = example.get("name", "example")
    return {
        plural: entry(
            plural,
            written,
            description=_objects(written, resource),
            returned=_RETURNED,
            type="list",
            elements="dict",
            sample=[example],
        ),
        "results": _holder(
            "results",
            written,
            _results(inner(inner(written.get("results")).get("contains")), resource, example),
            description="Outcome of each member, in the order of the members.",
            type="list",
            elements="dict",
        ),
        "counts": _holder(
            "counts",
            written,
            _counts(inner(inner(written.get("counts")).get("contains"))),
            description="Number of members by outcome.",
            type="dict",
        ),
        "diff": entry(
            "diff",
            written,
            description=_DIFF,
            returned="in diff mode",
            type="list",
            elements="dict",
            sample=[{"before": {}, "after": {"name": name}, "before_header": name, "after_header": name}],
        ),
        "plan_id": plan_entry(written, _PLAN),
    }


def plan_entry(written: Entries, description: list[str]) -> str:
    """The entry of RETURN for the identity of a plan, of one object or of many."""
    return entry(
        "plan_id",
        written,
        description=description,
        returned="success, and on failure if the plan was refused",
        type="str",
        sample="0c2a7d5e8b1f4e6a9d3c5b7f1e2a4c6d8f0b2e4a",
    )


def _objects(written: Entries, resource: Resource) -> list[str]:
    state = f"{COLLECTION}cloudos_{resource.name}"
    said = description_in(written, resource.plural)
    noun = prose.first_match(rf"The (.+) {_AFTER}", said) or prose.words(resource.plural)
    return [
        f"The {noun} {_AFTER}, in the order of the members. Absent and failed members are not included.",
        f"Each has the keys of M({state}) as RV({state}#module:{resource.name}).",
    ]


def _holder(key: str, written: Entries, contains: Entries, **facts: Any) -> str:
    found = inner(entry(key, written, returned=_RETURNED, **facts))
    return outer(key, {**found, "contains": outer("contains", contains)})


def _results(written: Entries, resource: Resource, example: dict[str, Any]) -> Entries:
    state = f"{COLLECTION}cloudos_{resource.name}"
    members: dict[str, tuple[str, Any, Any]] = {
        "name": ("str", "Its name.", example.get("name", "example")),
        "id": ("str", "Its ID. Null for one that does not exist.", example.get("id", "1")),
        "outcome": (
            "str",
            [
                "V(created), V(changed), V(deleted) or V(unchanged); in check mode, what it would be.",
                "V(failed), V(rolled_back) for a member that was created and deleted again, V(not_begun) for a member "
                "that was not processed because another one failed.",
            ],
            "created",
        ),
        "changed": ("bool", "Whether the member was changed.", True),
        "actions": (
            "list",
            "Actions that were taken, or would be taken in check mode, in this order.",
            ["create"],
        ),
        "plan_id": (
            "str",
            f"Identity of its plan, as RV({state}#module:plan_id). Null if there is none.",
            "0c2a7d5e8b1f4e6a9d3c5b7f1e2a4c6d8f0b2e4a",
        ),
        "failed": ("bool", "V(true) for a failed member. Only present for failed members.", True),
        "msg": ("str", "Reason of the failure. Only present for failed members.", "No valid host was found."),
        "error": (
            "dict",
            [f"Error response of the platform, as RV({state}#module:error). Only present for failed members."],
            {"status": 409, "operation": resource.create_operation.id},
        ),
        "recreate": (
            "dict",
            [
                "The options that create the successor, without secrets, if a member was deleted because of "
                "C(replace=true) and could not be created again. Only present in this case."
            ],
            {"name": example.get("name", "example")},
        ),
    }
    return {
        name: entry(
            name, written, 4, description=text, type=kind, elements="str" if kind == "list" else None, sample=sample
        )
        for name, (kind, text, sample) in members.items()
    }


def _counts(written: Entries) -> Entries:
    return {
        name: entry(name, written, 4, description=f"Number of members {which}.", type="int", sample=0)
        for name, which in _OUTCOMES.items()
    }
