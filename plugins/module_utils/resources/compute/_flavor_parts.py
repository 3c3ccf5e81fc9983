# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""What belongs to a flavor and is changed in place: its extra specs, and the projects that may use a private one.

All of it is OpenStack's own. It is only read where the options name it; newer platforms return extra specs with each
flavor.
"""

from __future__ import annotations

import functools
import typing as t

from ...cloud.errors import CloudError
from ...cloud.hints import OF_OPENSTACK
from ...cloud.json_types import Json
from ...cloud.operation import Operation
from ...cloud.responses import as_list
from ...model.context import Context
from ...model.plan import PENDING, READY, Outcome, Step, Wait
from .. import _labels

FLAVOR = "/os/compute/v1/v2/{tenant_id}/flavors/{flavor_id}"
_SPECS = f"{FLAVOR}/os-extra_specs"

SPECS = Operation("flavor-extra-specs-list", "GET", _SPECS)
SET_SPECS = Operation("flavor-extra-specs-set", "POST", _SPECS)
REMOVE_SPEC = Operation("flavor-extra-spec-remove", "DELETE", f"{_SPECS}/{{key}}", answers=False)
ACCESS = Operation("flavor-access-list", "GET", f"{FLAVOR}/os-flavor-access")
ADD_ACCESS = Operation("flavor-access-add", "POST", f"{FLAVOR}/action")
REMOVE_ACCESS = Operation("flavor-access-remove", "POST", f"{FLAVOR}/action")

_CLOSED = frozenset({403, 404, 405})


def specs_of(run: Context, found: Json) -> Json:
    """The extra specs of a flavor, as the list has them or else as they are read."""
    if found["extra_specs"] is not None:
        return _labels.texts(found["extra_specs"])
    answer = _read(run, SPECS, "extra_specs", found)
    specs = answer.get("extra_specs") if isinstance(answer, dict) else None
    return _labels.texts(specs) if isinstance(specs, dict) else {}


def projects_of(run: Context, found: Json) -> list[str]:
    """The ids of the projects that may use a flavor; a public one has no such list."""
    if found["projects"] is not None or found["is_public"] is not False:
        return found["projects"] or []
    entries = as_list(_read(run, ACCESS, "projects", found), "flavor_access")
    return sorted({str(entry["tenant_id"]) for entry in entries if isinstance(entry, dict)})


def _read(run: Context, operation: Operation, option: str, found: Json) -> t.Any:
    """An answer about a flavor; None where the platform has none and nobody has asked for it."""
    try:
        return run.client.call(operation, {"flavor_id": found["id"]})
    except CloudError as error:
        if error.status not in _CLOSED:
            raise
        if run.options.get(option) is not None:
            error.hint = OF_OPENSTACK
            raise
    return None


def spec_steps(present: Json, wanted: Json, purges: bool) -> list[Step]:
    """What adds to the extra specs of a flavor, or changes them, and removes those that nobody wants."""
    new = {key: value for key, value in wanted.items() if present.get(key) != value}
    removed = _labels.surplus(present, wanted) if purges else []
    return [*_setting(new), *(_removal(key) for key in removed)]


def project_steps(present: t.Collection[str], wanted: t.Collection[str], purges: bool) -> list[Step]:
    """What lets projects use a private flavor, and others no more."""
    steps = [
        _access("add_project", ADD_ACCESS, "addTenantAccess", project) for project in wanted if project not in present
    ]
    removed = [project for project in present if project not in wanted] if purges else []
    return [*steps, *(_access("remove_project", REMOVE_ACCESS, "removeTenantAccess", project) for project in removed)]


def _setting(specs: Json) -> list[Step]:
    if not specs:
        return []
    proof = Wait(_labels.evaluate("extra_specs", specs))
    return [Step("set_extra_specs", SET_SPECS, body={"extra_specs": specs}, proof=proof, hint=OF_OPENSTACK)]


def _removal(key: str) -> Step:
    proof = Wait(_labels.evaluate("extra_specs", {}, [key]))
    return Step("remove_extra_spec", REMOVE_SPEC, {"key": key}, proof=proof, hint=OF_OPENSTACK)


def _access(action: str, operation: Operation, member: str, project: str) -> Step:
    proof = Wait(functools.partial(_has_project, project, operation is ADD_ACCESS))
    return Step(action, operation, body={member: {"tenant": project}}, proof=proof, hint=OF_OPENSTACK)


def _has_project(project: str, there: bool, seen: t.Optional[Json]) -> Outcome:
    return READY if (project in ((seen or {}).get("projects") or [])) == there else PENDING
