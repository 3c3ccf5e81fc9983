# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Many objects of a kind compared with their descriptions: their state module in check mode, once for each of them.

The result is that of a loop over the module, without the line that Ansible shows for each item of a loop.
"""

from __future__ import annotations

import typing as t

from ..cloud.errors import CloudError
from ..cloud.json_types import Json
from ..cloud.secrets import without_secrets
from ..model.context import Context
from ..model.resource import Resource
from ..module.argument_spec import PROGRESS
from ..module.connection_options import CONNECTION
from ..module.definition import ModuleDefinition, execute, failure
from ..module.fleet import validated_member
from ..module.state import state_module
from ..resources.identity.project import PROJECT
from ..resources.identity.user import USER
from .export_kinds import RESOURCES

KINDS: t.Mapping[str, Resource] = {resource.name: resource for resource in (*RESOURCES, PROJECT, USER)}
_IDENTITY = ("name", "id")

_SPEC = {
    **CONNECTION,
    "kind": {"type": "str", "choices": sorted(KINDS), "required": True},
    "objects": {
        "type": "list",
        "elements": "dict",
        "required": True,
        "options": {
            "options": {"type": "dict", "required": True},
            "item": {"type": "raw"},
        },
    },
    **PROGRESS,
}


def compare(run: Context) -> Json:
    """What the state module foretells for each object, in their order. Those that cannot be compared fail together."""
    resource, objects = KINDS[run.options["kind"]], run.options["objects"]
    module, results = state_module(resource), []
    for place, described in enumerate(objects):
        run.progress.stage(f"{place} of {len(objects)} {_title(resource)} compared")
        item = described["options"] if described["item"] is None else described["item"]
        results.append({"item": without_secrets(item), **_foretold(resource, module, run, described["options"])})
    run.progress.end(f"{len(objects)} {_title(resource)} compared")
    warnings = dict.fromkeys(warning for result in results for warning in result.pop("warnings", ()))
    return {
        "changed": False,
        "results": results,
        **({"warnings": list(warnings)} if warnings else {}),
        **_failure(resource, objects, results),
    }


def _foretold(resource: Resource, module: ModuleDefinition, run: Context, options: Json) -> Json:
    try:
        params = validated_member(resource, run, [options])
    except CloudError as error:
        return failure(error)
    return execute(
        module,
        run.client,
        params,
        check_mode=True,
        show_diff=True,
        verbosity=0,
        memory=run.memory if run.check_mode else None,  # else earlier tasks have really been carried out
        is_one_of_many=True,
        known=run.known,
    )


def _failure(resource: Resource, objects: t.Sequence[Json], results: t.Sequence[Json]) -> Json:
    messages = [
        f"{_label(described, place)}: {result['msg']}"
        for place, (described, result) in enumerate(zip(objects, results))
        if result.get("failed")
    ]
    if not messages:
        return {}
    title = f"{len(messages)} of {len(objects)} {_title(resource)} cannot be compared."
    return {"failed": True, "msg": "\n".join([title, *messages])}


def _label(described: Json, place: int) -> str:
    """What an object is called in messages: as in a description, if it has a label there."""
    item = described["item"]
    own = item[-1] if isinstance(item, list) and item else item
    if isinstance(own, dict) and own.get("label"):
        return str(own["label"])
    names = (described["options"].get(name) for name in _IDENTITY)
    return next((str(name) for name in names if name is not None), f"objects[{place}]")


def _title(resource: Resource) -> str:
    return resource.plural.replace("_", " ")


COMPARISON = ModuleDefinition(_SPEC, compare, secret_containers=("objects",))
