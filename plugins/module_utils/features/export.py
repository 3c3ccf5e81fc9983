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

import dataclasses
import typing as t

from ..cloud.client import Client
from ..cloud.errors import CloudError, OptionError
from ..cloud.json_types import Json
from ..cloud.secrets import without_secrets
from ..engine.execution import converge
from ..model import files
from ..model.context import Context
from ..model.description import ONLY_HERE
from ..model.resource import Resource
from ..module.argument_spec import CONNECTION, PROGRESS, member_validator
from ..module.definition import ModuleDefinition
from ..resources.identity.project import KIND as PROJECT_KIND
from ..resources.identity.quota import QUOTA
from ._export_departments import Describer, department
from ._export_text import file_text
from ._read_once import ReadOnce
from .export_kinds import KINDS, kind_of, variable_of

ALL_PROJECTS = "all"
# How a platform says that it has no such service, or that it is not for this user.
_CLOSED = frozenset({403, 404, 405, 501})
_NEEDED = "a new one needs it, and the platform does not return it"
_MODE = 0o644

# What makes an entry of more than the options of its object, by kind.
_COMPOSED: t.Mapping[str, t.Callable[[Describer, Json, str], Json]] = {kind_of(QUOTA): department}

_SPEC = {
    **CONNECTION,
    "path": {"type": "path"},
    "kinds": {"type": "list", "elements": "str", "choices": list(KINDS)},
    "projects": {"type": "list", "elements": "str", "default": []},
    "addresses": {"type": "bool", "default": False},
    **PROGRESS,
}


@dataclasses.dataclass
class _Scope:
    """A login; `project` is how the project is written beside what belongs to it, None for that of the connection."""

    project: t.Optional[str]
    run: Context


@dataclasses.dataclass
class _Report:
    """What has been described, by kind, and what has not; `users` are the ids of those that a project describes."""

    entries: dict[str, list[Json]] = dataclasses.field(default_factory=dict)
    gaps: list[Json] = dataclasses.field(default_factory=list)
    users: set[str] = dataclasses.field(default_factory=set)

    def leave_out(
        self, kind: str, reason: str, scope: _Scope, found: t.Mapping[str, t.Any], option: t.Optional[str] = None
    ) -> None:
        """Note what is not described: an object, or only what an option would say of it."""
        name = found.get("name") or found.get("project")
        self.gaps.append(
            {
                "kind": kind,
                "project": scope.project,
                "name": name,
                "id": found.get("id"),
                "option": option,
                "reason": scope.run.client.redactor.text(reason),
            }
        )


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
    report = _Report()
    asked = run.options["kinds"]
    clients: list[Client] = []
    try:
        own = _scope(None, run.client, run)
        scopes = list(_projects(run, own, clients, report)) or [own]
        # A login without a project of its own reads what belongs to none through one of the others.
        common = own if run.client.connection.project else _Scope(None, scopes[0].run)
        for kind, resource in KINDS.items():
            if asked is not None and kind not in asked:
                continue
            report.entries[kind] = []
            run.progress.stage(f"export: {kind.replace('_', ' ')}")
            for scope in scopes if resource.of_project else [common]:
                try:
                    found = resource.export_candidates(scope.run)
                except CloudError as error:
                    if asked is not None or error.status not in _CLOSED:
                        raise
                    report.leave_out(kind, str(error), scope, {})
                    continue
                _describe_all(resource, found, scope, common, report)
            report.entries[kind].sort(key=_order)
    finally:
        for client in clients:
            client.give_back(run.client)
    run.progress.end(f"export: done in {run.progress.seconds:.0f} s")
    report.gaps.sort(key=lambda gap: [str(gap[key] or "") for key in ("kind", "project", "name", "id", "option")])
    return report


def _order(entry: Json) -> list[str]:
    return [str(entry.get(name) or "") for name in ("name", "service", "node", "api_project")] + [repr(entry)]


def _scope(project: t.Optional[str], client: t.Any, run: Context) -> _Scope:
    options = {"addresses": run.options["addresses"]}
    return _Scope(project, Context(t.cast(Client, ReadOnce(client)), options, check_mode=True, full_listing=True))


def _projects(run: Context, own: _Scope, clients: list[Client], report: _Report) -> t.Iterator[_Scope]:
    """A login for each of the projects that are asked for."""
    wanted = list(dict.fromkeys(run.options["projects"]))
    if not wanted:
        return
    if run.client.connection.token:
        raise OptionError("projects: a token is of one project.", hint="Use api_username and api_password instead.")
    everything = wanted == [ALL_PROJECTS]
    if everything:
        wanted = [own.run.named(PROJECT_KIND, str(entry["id"])) for entry in own.run.entries(PROJECT_KIND)]
    for project in sorted(wanted):
        client = Client(dataclasses.replace(run.client.connection, project=project), run.client.redactor)
        clients.append(client)
        scope = _scope(project, client, run)
        try:
            client.project_id  # noqa: B018 - logs in
        except OptionError as error:
            if not everything:
                raise
            report.leave_out(kind_of(QUOTA), error.message, scope, {"name": project})
            continue
        yield scope


def _describe_all(resource: Resource, objects: list[Json], scope: _Scope, common: _Scope, report: _Report) -> None:
    """Describe the objects of a resource, as far as each description means that object and no change of it."""
    kind = kind_of(resource)
    project = {"api_project": scope.project} if scope.project and resource.of_project else {}
    for raw in objects:
        options = _described(resource, raw, scope, report, kind)
        if options is None:
            continue
        entry = resource.export_entry({**options, **project})
        composed = _COMPOSED.get(kind)
        if composed:
            entry = composed(_Describer(_Scope(scope.project, common.run), report), entry, resource.id_of(raw))
        report.entries[kind].append(entry)


@dataclasses.dataclass
class _Describer:
    """Describes the parts of a department, in the scope that reads what belongs to no project."""

    scope: _Scope
    report: _Report

    @property
    def run(self) -> Context:
        return self.scope.run

    @property
    def users(self) -> set[str]:
        return self.report.users

    def describe(self, resource: Resource, raw: Json, kind: str) -> t.Optional[Json]:
        return _described(resource, raw, self.scope, self.report, kind)

    def leave_out(self, kind: str, reason: str, found: t.Mapping[str, t.Any], option: str) -> None:
        self.report.leave_out(kind, reason, self.scope, found, option)


def _described(resource: Resource, raw: Json, scope: _Scope, report: _Report, kind: str) -> t.Optional[Json]:
    """The options of an object; None, and a note of the reason, where there are none that mean it."""
    found = resource.read(raw)
    why = resource.error_reason(found)
    if why:
        report.leave_out(kind, f"it is broken: {why}", scope, found)
        return None
    try:
        description = resource.describe(scope.run, raw, found)
    except CloudError as error:  # it may be gone by now
        if error.status not in _CLOSED:
            raise
        report.leave_out(kind, str(error), scope, found)
        return None
    options: Json = without_secrets(description.options)
    why = _disproof(resource, scope.run, options, found)
    if why:
        report.leave_out(kind, why, scope, found)
        return None
    for name in [name for name in options if options[name] != description.options[name]]:
        description.gaps[name] = "what is secret by its key is left out"
    for name in _with_ids(resource, options, found):
        description.gaps.setdefault(name, ONLY_HERE)
    for name in _missing_for_new(resource, scope.run, options):
        description.gaps.setdefault(name, _NEEDED)
    for name, reason in description.gaps.items():
        report.leave_out(kind, reason, scope, found, name)
    return options


def _with_ids(resource: Resource, options: Json, found: Json) -> list[str]:
    """The options that name another object by its id, because nothing else identifies it."""
    references = [
        field for field in resource.fields if field.reference and field.reference.id not in field.reference.names
    ]
    return [
        field.name
        for field in references
        if not set(_texts(options.get(field.name))).isdisjoint(_texts(found.get(field.name)))
    ]


def _missing_for_new(resource: Resource, run: Context, options: Json) -> list[str]:
    """The options that a cloud without the object would need beside these."""
    checked = member_validator(resource).validate(options)
    trial = Context(run.client, checked.validated_parameters, check_mode=True)
    given = {field.name: trial.options.get(field.name) for field in resource.fields}
    initial = {name: value for name, value in resource.initial_values(trial).items() if given.get(name) is None}
    return resource.missing(trial, {**given, **initial})


def _texts(value: t.Any) -> list[str]:
    return [str(entry) for entry in (value if isinstance(value, list) else [value]) if entry is not None]


def _disproof(resource: Resource, run: Context, options: Json, found: Json) -> t.Optional[str]:
    """Why the state module would not find just this object by the options, or would change it; None if all is well."""
    checked = member_validator(resource).validate(options)
    if checked.errors.errors:
        return str(checked.errors.msg)
    trial = Context(run.client, checked.validated_parameters, check_mode=True, full_listing=True)
    try:
        result = converge(resource, trial)
    except CloudError as error:
        return str(error)
    if result["changed"]:
        return f"its options would change it: {', '.join(result['actions'])}"
    if (result[resource.name] or {}).get(resource.id_field) != found[resource.id_field]:
        return "its options mean another one"
    return None


EXPORT = ModuleDefinition(_SPEC, export)
