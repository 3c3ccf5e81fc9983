# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""What a cloud has, as lists of options of the state modules: a file to keep, to edit and to apply.

A resource says how an object of it is described. Here each description is proved before it is written: its module finds
the same object by it and would change nothing. What cannot be described so is listed, with the reason.
"""

from __future__ import annotations

import collections
import dataclasses
import threading
import typing as t

from ..cloud.client import Client
from ..cloud.errors import CloudError, OptionError
from ..cloud.json_types import Json
from ..cloud.parallel import AT_ONCE, side_by_side
from ..cloud.secrets import Redactor
from ..model import files
from ..model.context import Context
from ..model.resource import Resource
from ..module.argument_spec import PROGRESS
from ..module.connection_options import CONNECTION
from ..module.definition import ModuleDefinition
from ..resources.identity.project import KIND as PROJECT_KIND
from ..resources.identity.quota import QUOTA
from ._export_departments import Note, Quota, departments
from ._export_proof import CLOSED, described
from ._export_text import file_text
from ._read_once import ReadOnce
from .export_kinds import KINDS, kind_of, variable_of

ALL_PROJECTS = "all"
_MODE = 0o644

# What makes entries of more than the options of their objects, by kind.
_COMPOSED: t.Mapping[str, t.Callable[[Context, t.Sequence[Quota], Note], list[Json]]] = {kind_of(QUOTA): departments}

_SPEC = {
    **CONNECTION,
    "path": {"type": "path"},
    "kinds": {"type": "list", "elements": "str", "choices": list(KINDS)},
    "projects": {"type": "list", "elements": "str", "default": []},
    "addresses": {"type": "bool", "default": False},
    **PROGRESS,
}


@dataclasses.dataclass(frozen=True)
class _Scope:
    """A login; `project` is how the project is written beside what belongs to it, None for that of the connection."""

    project: t.Optional[str]
    run: Context


@dataclasses.dataclass(frozen=True)
class _Object:
    """An object that belongs in the description of the cloud, as the API returned it."""

    resource: Resource
    scope: _Scope
    raw: Json


@dataclasses.dataclass
class _Report:
    """What has been described, by kind, and what has not."""

    redactor: Redactor
    entries: dict[str, list[Json]] = dataclasses.field(default_factory=dict)
    gaps: list[Json] = dataclasses.field(default_factory=list)

    def leave_out(
        self,
        project: t.Optional[str],
        kind: str,
        found: t.Mapping[str, t.Any],
        reason: str,
        option: t.Optional[str] = None,
    ) -> None:
        """Note what is not described: an object, or only what an option would say of it."""
        name = found.get("name") or found.get("project")
        reason = self.redactor.text(reason)
        gap = {"kind": kind, "project": project, "name": name, "id": found.get("id"), "option": option}
        self.gaps.append({**gap, "reason": reason})


def export(run: Context) -> Json:
    """Describe the cloud; with `path`, the description goes into that file, unless it stands there already.

    Raises:
        CloudError: the platform refused or failed.
        OptionError: there cannot be such a file, or such projects.
    """
    path = run.options["path"]
    before = files.look("path", path) if path else None
    report = _gather(run)
    data = {variable_of(KINDS[kind]): entries for kind, entries in report.entries.items() if entries}
    result = {
        "changed": False,
        "actions": [],
        "export": data,
        "counts": {kind: len(entries) for kind, entries in report.entries.items()},
        "not_exported": report.gaps,
    }
    if not path:
        return result
    content = file_text(run, data, report.gaps)
    old, mode = before or (None, _MODE)
    result.update(path=path, diff={"before": old or "", "after": content, "before_header": path, "after_header": path})
    if old != content:
        result.update(changed=True, actions=["write"])
        if not run.check_mode:
            files.write("path", path, content, _MODE if old is None else mode)
            run.journal.completed_actions.append("write")
    return result


# --- what there is -----------------------------------------------------------------------------------------------


def _gather(run: Context) -> _Report:
    """All kinds of all projects side by side: first what there is, then each object in the options that mean it."""
    report = _Report(run.client.redactor)
    clients: list[Client] = []
    slots = threading.BoundedSemaphore(AT_ONCE)
    try:
        own = _scope(None, run.client, run, slots)
        scopes = _projects(run, own, clients, slots, report) or [own]
        # A login without a project of its own reads what belongs to none through one of the others.
        common = own if run.client.connection.project else _Scope(None, scopes[0].run)
        places = [
            (resource, scope)
            for kind, resource in KINDS.items()
            if run.options["kinds"] is None or kind in run.options["kinds"]
            for scope in (scopes if resource.of_project else [common])
        ]
        run.progress.stage(f"export: {len(places)} lists")
        objects = _objects(places, report, run.options["kinds"] is not None)
        run.progress.stage(f"export: {len(objects)} objects")
        _describe_all(objects, common, report)
    finally:
        for client in clients:
            client.give_back(run.client)
    for entries in report.entries.values():
        entries.sort(key=_order)
    run.progress.end(f"export: done in {run.progress.seconds:.0f} s")
    report.gaps.sort(key=lambda gap: [str(gap[key] or "") for key in ("kind", "project", "name", "id", "option")])
    return report


def _objects(places: list[tuple[Resource, _Scope]], report: _Report, are_asked_for: bool) -> list[_Object]:
    """What there is of each kind in each scope; what the platform does not list is noted, unless it is asked for."""

    def candidates(place: tuple[Resource, _Scope]) -> t.Union[list[Json], CloudError]:
        resource, scope = place
        try:
            return resource.export_candidates(scope.run)
        except CloudError as error:
            if are_asked_for or error.status not in CLOSED:
                raise
            return error

    objects: list[_Object] = []
    for (resource, scope), found in zip(places, side_by_side(candidates, places)):
        report.entries.setdefault(kind_of(resource), [])
        if isinstance(found, CloudError):
            report.leave_out(scope.project, kind_of(resource), {}, str(found))
        else:
            objects += [_Object(resource, scope, raw) for raw in found]
    return objects


def _order(entry: Json) -> list[str]:
    return [str(entry.get(name) or "") for name in ("name", "service", "node", "api_project")] + [repr(entry)]


def _scope(project: t.Optional[str], client: Client, run: Context, slots: threading.Semaphore) -> _Scope:
    options = {"addresses": run.options["addresses"]}
    reader = t.cast(Client, ReadOnce(client, slots))
    return _Scope(project, Context(reader, options, check_mode=True, full_listing=True))


def _projects(
    run: Context, own: _Scope, clients: list[Client], slots: threading.Semaphore, report: _Report
) -> list[_Scope]:
    """A login for each of the projects that are asked for. After the first one, the password is not in doubt."""
    wanted = list(dict.fromkeys(run.options["projects"]))
    if not wanted:
        return []
    if run.client.connection.token:
        raise OptionError("projects: a token is of one project.", hint="Use api_username and api_password instead.")
    everything = wanted == [ALL_PROJECTS]
    if everything:
        wanted = [own.run.named(PROJECT_KIND, str(entry["id"])) for entry in own.run.entries(PROJECT_KIND)]
    scopes = []
    for project in sorted(wanted):
        client = Client(dataclasses.replace(run.client.connection, project=project), run.client.redactor)
        clients.append(client)
        scopes.append(_scope(project, client, run, slots))

    def refusal_of(client: Client) -> t.Optional[OptionError]:
        try:
            client.project_id  # noqa: B018 - logs in
        except OptionError as error:
            if not everything:
                raise
            return error
        return None

    refusals = [*map(refusal_of, clients[:1]), *side_by_side(refusal_of, clients[1:])]
    for scope, error in zip(scopes, refusals):
        if error:
            report.leave_out(scope.project, kind_of(QUOTA), {"name": scope.project}, error.message)
    return [scope for scope, error in zip(scopes, refusals) if not error]


def _describe_all(objects: list[_Object], common: _Scope, report: _Report) -> None:
    """Describe objects, as far as each description means that object and no change of it."""
    quotas: dict[str, list[Quota]] = collections.defaultdict(list)
    found = side_by_side(lambda thing: described(thing.resource, thing.scope.run, thing.raw), objects)
    for thing, own in zip(objects, found):
        resource, scope, kind = thing.resource, thing.scope, kind_of(thing.resource)
        for option, reason in own.gaps.items():
            report.leave_out(scope.project, kind, own.found, reason, option)
        if own.options is None:
            continue
        project = {"api_project": scope.project} if scope.project and resource.of_project else {}
        entry = resource.export_entry({**own.options, **project})
        if kind in _COMPOSED:
            quotas[kind].append(Quota(scope.project, entry, resource.id_of(thing.raw)))
        else:
            report.entries[kind].append(entry)
    for kind, parts in quotas.items():
        report.entries[kind] += _COMPOSED[kind](common.run, parts, report.leave_out)


EXPORT = ModuleDefinition(_SPEC, export)
