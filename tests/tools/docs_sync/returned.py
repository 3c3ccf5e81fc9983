# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""RETURN: what every module of a kind returns, around the objects of its resource."""

from __future__ import annotations

from typing import Any

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.operation import Operation
from ansible_collections.h3c.cloudos.plugins.module_utils.model.resource import Resource

from . import fleet, members, prose
from .subjects import FLEET, INFO, STATE, Subject
from .yaml_text import RETURN_KEYS, Entries, cut, description_in, entry, inner, joined, ordered, outer, value_in

_PROJECT = "9052ae85792143ff955c35c52e8e41bd"
_AFTER = "after the task, or as it would be in check mode"
_ACTIONS = "Actions that were taken, or would be taken in check mode, in this order."
_PLAN = [
    "Identity of the plan, which is the object, the actions and what they change. It is the same in check mode and in "
    "the run.",
    "With O(only_plan), a run does only what was previewed. On failure, it is that of the plan that was refused.",
]
_ERROR = [
    "Error response of the platform.",
    "C(status) is the HTTP status, C(code) the platform's own error code, C(operation) the operation in the published "
    "reference. Each is only present if it is known.",
]
_EMPTY = prose.always("The list is empty if there are none", "The list is empty if there are none.")


def noun_of(resource: Resource | None, state_module: str | None) -> str:
    """What people call an object, as the state module's RETURN has it."""
    if resource is None:
        return ""
    said = description_in(cut(state_module or ""), resource.name)
    return prose.first_match(rf"The (.+) {_AFTER}", said) or resource.noun


def synced(text: str, subject: Subject, noun: str, state_module: str | None) -> str:
    """What a module returns, as its declarations have it.

    Args:
        noun: what people call an object of its resource.
        state_module: the RETURN of the state module of the same resource.
    """
    written, resource = cut(text), subject.resource
    if resource is None:
        common = _common(written, None, subject.kind)
        return joined({**written, **{name: common[name] for name in common if name in written}}) + "\n"
    source = inner(inner(cut(state_module or "").get(resource.name)).get("contains"))
    operation = _operation(resource, subject.kind)
    if subject.kind == STATE:
        found = _state(written, resource, noun)
    elif subject.kind == INFO:
        found = _info(written, resource, noun, source)
    else:
        found = fleet.entries(written, resource, source)
    return joined({**found, **_common(written, operation, subject.kind)}) + "\n"


def _state(written: Entries, resource: Resource, noun: str) -> Entries:
    contains = members.of_state(resource, inner(inner(written.get(resource.name)).get("contains")), noun)
    found = {
        "actions": entry(
            "actions",
            written,
            description=_ACTIONS,
            returned="success, and on failure the actions completed before it",
            type="list",
            elements="str",
            sample=["create"],
        ),
        resource.name: _object(written, resource, noun, contains),
    }
    if "id" in contains:
        found["id"] = _id(written, noun, contains["id"])
    found["diff"] = entry(
        "diff",
        written,
        description=_before_and_after(description_in(written, "diff"), noun),
        returned="in diff mode",
        type="dict",
        sample={"before": {}, "after": {"name": "example"}},
    )
    found["plan_id"] = fleet.plan_entry(written, _PLAN)
    return found


def _object(written: Entries, resource: Resource, noun: str, contains: Entries) -> str:
    lead = prose.always(rf"The .+ {_AFTER}\.", f"The {noun} {_AFTER}.")
    gone = prose.Fact(
        holds="absent" in resource.states,
        says=r"Null after O\(state=absent\)",
        sentence="Null after O(state=absent).",
        beginning=None,
        obsolete=r"Null after O\(state=absent\)\.",
    )
    said = prose.with_facts(description_in(written, resource.name), [lead, gone])
    return _holder(resource.name, written, contains, description=said, returned="success", type="dict")


def _before_and_after(said: Any, noun: str) -> Any:
    """What the diff shows: the options, unless an author has named something else."""
    if prose.first_match(r"The (.+) before and after\.", said) and not prose.first_match("The (options) of ", said):
        return said
    lead = f"The options of the {noun} before and after."
    return prose.with_facts(said, [prose.always(r"The options of .+ before and after\.", lead)])


def _id(written: Entries, noun: str, member: str) -> str:
    """The id of what was created before a failure; an author may have a better verb for it."""
    said = description_in(written, "id")
    of_noun = f"ID of {prose.with_article(noun)} that was "
    verb = prose.first_match(r"ID of an? .+ that was (.+) before the task failed", said) or "created"
    when = value_in(inner(written.get("id")), "returned") or ""
    return entry(
        "id",
        {},
        description=f"{of_noun}{verb} before the task failed.",
        returned=when if when.startswith("on failure after ") else "on failure after a creation",
        type=value_in(inner(member), "type"),
        sample=value_in(inner(member), "sample"),
    )


def _info(written: Entries, resource: Resource, noun: str, source: Entries) -> Entries:
    present = inner(inner(written.get(resource.plural)).get("contains"))
    said = description_in(written, resource.plural) or f"The {prose.words(resource.plural)}."
    said = prose.with_facts(said, [prose.always("The ", ""), _EMPTY])
    listed = _holder(
        resource.plural,
        written,
        members.of_info(resource, present, noun, source),
        description=said,
        returned="success",
        type="list",
        elements="dict",
    )
    gathered = {name: text for name, text in written.items() if members.is_gathered(text)}
    return {resource.plural: listed, **gathered}


def _holder(key: str, written: Entries, contains: Entries, **facts: Any) -> str:
    """The entry of one object or of a list of them."""
    found = inner(entry(key, written, **facts))
    found.pop("sample", None)
    found["contains"] = outer("contains", contains)
    return outer(key, ordered(found, RETURN_KEYS))


def _operation(resource: Resource, kind: str) -> Operation | None:
    """The operation in samples: the first that the resource has of these."""
    names = ("list_operation",) if kind == INFO else ("create_operation", "list_operation")
    operations: list[Operation | None] = [getattr(resource, name, None) for name in (*names, "get_operation")]
    return next(filter(None, operations), None)


def _common(written: Entries, operation: Operation | None, kind: str) -> Entries:
    """What every module returns, whatever it is about."""
    whole = " of the whole task" if kind == FLEET else ""
    failure = {"status": 403, "operation": operation.id} if operation else None
    path = operation.path.replace("{tenant_id}", _PROJECT) if operation else ""
    retry = f"{operation.method} {path}: status 503, trying again (3 tries left)" if operation else ""
    return {
        "error": entry(
            "error",
            written,
            description=_ERROR,
            returned=f"on failure{whole}, if a request failed",
            type="dict",
            sample=failure,
        ),
        "requests": entry(
            "requests",
            written,
            description="Number of requests by HTTP method.",
            returned="with verbosity 2 (C(-vv)) or more",
            type="dict",
            sample={"GET": 1} if kind == INFO else {"GET": 1, "POST": 1},
        ),
        "retries": entry(
            "retries",
            written,
            description="Requests that were retried, and the reason for each.",
            returned="with verbosity 1 (C(-v)) or more, if there were any",
            type="list",
            elements="str",
            sample=[retry],
        ),
    }
