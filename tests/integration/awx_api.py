# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""As much of the REST API of AWX as it takes to set it up: it keeps objects, and refuses what AWX 24 refuses.

What AWX does on its own account is kept where it surprises: an update replaces all inputs of a credential,
`$encrypted$` stands for the secret that is stored, null becomes an empty text, and fields that an object does not have
are ignored.
"""

from __future__ import annotations

import copy
import itertools
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from integration.awx import injector_problems, playbooks_of_project

ENCRYPTED = "$encrypted$"
PREFIX = "/api/v2/"
TOKEN = "token-of-awx"
SAVED = 201

Fields = dict[str, Any]

NOTIFIED = [f"notification_templates_{event}" for event in ("started", "success", "error")]


@dataclass(frozen=True)
class Ref:
    """A field that refers to an object."""

    kind: str


#: The fields of each kind, with their defaults
FIELDS: dict[str, dict[str, Any]] = {
    "organizations": {"name": "", "description": ""},
    "users": {"username": ""},
    "teams": {"name": "", "organization": Ref("organizations")},
    "notification_templates": {"name": "", "organization": Ref("organizations")},
    "credential_types": {"name": "", "description": "", "kind": "", "managed": False, "inputs": {}, "injectors": {}},
    "credentials": {
        "name": "",
        "description": "",
        "organization": Ref("organizations"),
        "credential_type": Ref("credential_types"),
        "inputs": {},
    },
    "execution_environments": {
        "name": "",
        "description": "",
        "organization": Ref("organizations"),
        "image": "",
        "credential": Ref("credentials"),
        "pull": "",
    },
    "projects": {
        "name": "",
        "description": "",
        "organization": Ref("organizations"),
        "scm_type": "",
        "scm_url": "",
        "scm_branch": "",
        "scm_update_on_launch": False,
        "credential": Ref("credentials"),
        "default_environment": Ref("execution_environments"),
        "status": "never updated",
        "scm_revision": "",
    },
    "inventories": {
        "name": "",
        "description": "",
        "organization": Ref("organizations"),
        "kind": "",
        "host_filter": None,
        "variables": "",
    },
    "hosts": {"name": "", "description": "", "inventory": Ref("inventories"), "enabled": True, "variables": ""},
    "inventory_sources": {
        "name": "",
        "description": "",
        "inventory": Ref("inventories"),
        "source": "",
        "source_path": "",
        "source_vars": "",
        "source_project": Ref("projects"),
        "credential": Ref("credentials"),
        "enabled_var": "",
        "enabled_value": "",
        "overwrite": False,
        "overwrite_vars": False,
        "update_on_launch": False,
        "update_cache_timeout": 0,
        "execution_environment": Ref("execution_environments"),
        "verbosity": 1,
        "status": "never updated",
    },
    "job_templates": {
        "name": "",
        "description": "",
        "job_type": "run",
        "inventory": Ref("inventories"),
        "project": Ref("projects"),
        "playbook": "",
        "execution_environment": Ref("execution_environments"),
        "job_slice_count": 1,
        "forks": 0,
        "limit": "",
        "verbosity": 0,
        "extra_vars": "",
        "job_tags": "",
        "skip_tags": "",
        "timeout": 0,
        "diff_mode": False,
        "survey_enabled": False,
        "allow_simultaneous": False,
        **{f"ask_{prompt}_on_launch": False for prompt in ("job_type", "verbosity", "limit", "diff_mode", "tags")},
        **{f"ask_{prompt}_on_launch": False for prompt in ("variables", "skip_tags", "job_slice_count")},
    },
    "workflow_job_templates": {
        "name": "",
        "description": "",
        "organization": Ref("organizations"),
        "extra_vars": "",
        "allow_simultaneous": False,
    },
    "workflow_job_template_nodes": {
        "identifier": "",
        "workflow_job_template": Ref("workflow_job_templates"),
        "all_parents_must_converge": False,
        "unified_job_template": Ref("unified_job_templates"),
    },
    "workflow_approval_templates": {"name": "", "description": "", "timeout": 0, "organization": Ref("organizations")},
    "schedules": {
        "name": "",
        "description": "",
        "rrule": "",
        "enabled": True,
        "unified_job_template": Ref("unified_job_templates"),
    },
}
REQUIRED = {
    "credentials": {"name", "credential_type"},
    "credential_types": {"name", "kind"},
    "execution_environments": {"name", "image"},
    "inventories": {"name", "organization"},
    "hosts": {"name", "inventory"},
    "inventory_sources": {"name", "inventory", "source"},
    "job_templates": {"name", "project", "playbook"},
    "workflow_job_template_nodes": {"workflow_job_template"},
    "schedules": {"name", "rrule", "unified_job_template"},
}
#: What no two objects of a kind have in common
UNIQUE = {
    "organizations": ("name",),
    "credential_types": ("name", "kind"),
    "credentials": ("organization", "name", "credential_type"),
    "execution_environments": ("name",),
    "projects": ("name", "organization"),
    "inventories": ("name", "organization"),
    "hosts": ("name", "inventory"),
    "inventory_sources": ("name", "inventory"),
    "job_templates": ("name", "organization"),
    "workflow_job_templates": ("name", "organization"),
    "workflow_job_template_nodes": ("identifier", "workflow_job_template"),
    "schedules": ("name", "unified_job_template"),
}
CHOICES = {
    ("execution_environments", "pull"): {"always", "missing", "never", ""},
    ("credential_types", "kind"): {"cloud", "net"},
    ("inventories", "kind"): {"", "smart", "constructed"},
    ("job_templates", "job_type"): {"run", "check"},
}
#: What AWX alone sets
READ_ONLY = {"managed", "status", "scm_revision"}
#: Set when an object is created, and never again
FIXED = {("inventory_sources", "inventory"), ("workflow_job_template_nodes", "workflow_job_template")}
#: The lists of other objects that an object has
LISTS: dict[str, dict[str, str]] = {
    "job_templates": {"credentials": "credentials", **dict.fromkeys(NOTIFIED, "notification_templates")},
    "workflow_job_templates": dict.fromkeys([*NOTIFIED, "notification_templates_approvals"], "notification_templates"),
    "workflow_job_template_nodes": dict.fromkeys(
        ("success_nodes", "failure_nodes", "always_nodes"), "workflow_job_template_nodes"
    ),
}
#: What can be launched, and so has an ID of one sequence
UNIFIED = ("job_templates", "projects", "inventory_sources", "workflow_job_templates", "workflow_approval_templates")
TYPES = {"inventories": "inventory"}
ROLES = {"job_templates": ("admin", "execute"), "workflow_job_templates": ("admin", "execute", "approval")}


class Refused(Exception):
    """What AWX answers with an error."""

    def __init__(self, status: int, answer: Any) -> None:
        super().__init__(answer)
        self.status, self.answer = status, answer


class Awx:
    """An AWX that listens on this machine."""

    def __init__(self, organizations: tuple[str, ...] = ("Default",)) -> None:
        self.objects: dict[str, dict[int, dict[str, Any]]] = {kind: {} for kind in FIELDS}
        self.log: list[tuple[str, str, Any]] = []
        self.secrets: dict[int, dict[str, str]] = {}
        self.surveys: dict[int, Any] = {}
        self.lists: dict[tuple[str, int, str], list[int]] = {}
        #: the playbooks that updates of projects find in their repository; without one they fail
        self.repository: list[str] | None = playbooks_of_project()
        self.playbooks: dict[int, list[str]] = {}
        self.updates: dict[int, dict[str, Any]] = {}
        self._ids = itertools.count(1)
        self._lock = threading.Lock()
        for name in organizations:
            self.create("organizations", {"name": name})

    # --- for tests ------------------------------------------------------------------------------------------------

    def __enter__(self) -> Awx:
        awx = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_arguments: Any) -> None:
                """The log of requests is enough."""

            def _answer(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                status, answer = awx.serve(self.command, self.path, json.loads(body or b"null"), dict(self.headers))
                text = b"" if answer is None else json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            do_GET = do_POST = do_PATCH = do_DELETE = _answer

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def all(self, kind: str, **fields: Any) -> list[dict[str, Any]]:
        return [each for each in self.objects[kind].values() if fields.items() <= each.items()]

    def one(self, kind: str, **fields: Any) -> dict[str, Any]:
        (found,) = self.all(kind, **fields)
        return found

    def save(self) -> Any:
        """All objects as they are now, for `restore`."""
        return copy.deepcopy(
            (self.objects, self.secrets, self.surveys, self.lists, self.playbooks, self.updates, next(self._ids))
        )

    def restore(self, saved: Any) -> None:
        kept = copy.deepcopy(saved)
        self.objects, self.secrets, self.surveys, self.lists, self.playbooks, self.updates, number = kept
        self._ids = itertools.count(number)

    def writes(self) -> list[tuple[str, str, Any]]:
        return [entry for entry in self.log if entry[0] != "GET"]

    # --- requests -------------------------------------------------------------------------------------------------

    def serve(self, method: str, target: str, body: Any, headers: dict[str, str]) -> tuple[int, Any]:
        url = urlsplit(target)
        with self._lock:
            self.log.append((method, url.path, body))
            if headers.get("Authorization") != f"Bearer {TOKEN}":
                return 401, {"detail": "Authentication credentials were not provided."}
            try:
                parts = url.path.removeprefix(PREFIX).strip("/").split("/")
                return self._route(method, parts, dict(parse_qsl(url.query, keep_blank_values=True)), body)
            except Refused as refused:
                return refused.status, refused.answer

    def _route(self, method: str, parts: list[str], query: dict[str, str], body: Any) -> tuple[int, Any]:
        kind = parts[0]
        if kind == "roles" and len(parts) == 3:
            return self._listed(method, ("roles", int(parts[1]), parts[2]), parts[2], body)
        if len(parts) == 1:
            return self._whole_kind(method, kind, query, body)
        number = int(parts[1])
        if kind.endswith("_updates"):
            return 200, self.updates[number]
        if len(parts) == 2:
            return self._single(method, kind, number, body)
        return self._beside(method, kind, number, parts[2], body)

    def _whole_kind(self, method: str, kind: str, query: dict[str, str], body: Any) -> tuple[int, Any]:
        if method == "POST":
            return SAVED, self.shown(kind, self.create(kind, body))
        found = [self.shown(*pair) for pair in self._of_kind(kind) if _matches(pair[1], query)]
        return 200, {"count": len(found), "next": None, "previous": None, "results": found}

    def _single(self, method: str, kind: str, number: int, body: Any) -> tuple[int, Any]:
        kind = next((each for each, known in self._of_kind(kind) if known["id"] == number), kind)
        found = self._found(kind, number)
        if method == "PATCH":
            self._save(kind, found, body)
        if method == "DELETE":
            del self.objects[kind][number]
            return 204, None
        return 200, self.shown(kind, found)

    def _beside(self, method: str, kind: str, number: int, name: str, body: Any) -> tuple[int, Any]:
        found = self._found(kind, number)
        if name == "survey_spec":
            if method == "POST":
                self.surveys[number] = body
            return 200, self.surveys.get(number, {})
        if name == "create_approval_template" and method == "POST":
            approval = self.create("workflow_approval_templates", body)
            found["unified_job_template"] = approval["id"]
            return SAVED, self.shown("workflow_approval_templates", approval)
        if name == "update" and method == "POST":
            return 202, self._update(kind, found)
        if kind == "projects" and name == "playbooks":
            return 200, self.playbooks.get(number, [])
        if name in LISTS.get(kind, {}):
            return self._listed(method, (kind, number, name), LISTS[kind][name], body)
        raise Refused(404, {"detail": "Not found."})

    def _listed(self, method: str, where: tuple[str, int, str], kind: str, body: Any) -> tuple[int, Any]:
        numbers = self.lists.setdefault(where, [])
        if method == "GET":
            found = [self.shown(kind, self._found(kind, number)) for number in numbers]
            return 200, {"count": len(found), "next": None, "previous": None, "results": found}
        self._found(kind, body["id"])
        if body.get("disassociate"):
            numbers.remove(body["id"])
        else:
            numbers.append(body["id"])
        return 204, None

    # --- objects --------------------------------------------------------------------------------------------------

    def create(self, kind: str, given: dict[str, Any]) -> dict[str, Any]:
        missing = REQUIRED.get(kind, set()) - {name for name, value in given.items() if value not in (None, "")}
        if missing:
            raise Refused(400, {name: ["This field is required."] for name in sorted(missing)})
        fields = FIELDS[kind].items()
        made = {name: None if isinstance(default, Ref) else default for name, default in fields}
        made["id"] = next(self._ids)
        self._save(kind, made, given, new=True)
        self.objects[kind][made["id"]] = made
        return made

    def shown(self, kind: str, known: dict[str, Any]) -> dict[str, Any]:
        url = f"{PREFIX}{kind}/{known['id']}/"
        related = {"survey_spec": f"{url}survey_spec/", "update": f"{url}update/"}
        if known.get("unified_job_template"):
            related["unified_job_template"] = f"{PREFIX}unified_job_templates/{known['unified_job_template']}/"
        roles = {
            f"{role}_role": {"id": known["id"] * 10 + place} for place, role in enumerate(ROLES.get(kind, ("admin",)))
        }
        shown = {**known, "type": TYPES.get(kind, kind.removesuffix("s")), "url": url, "related": related}
        shown["summary_fields"] = {"object_roles": roles}
        if known.get("update"):
            shown["summary_fields"]["current_update"] = {"id": known["update"]}
        return shown

    def _of_kind(self, kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
        kinds = UNIFIED if kind == "unified_job_templates" else (kind,)
        if not set(kinds) <= set(self.objects):
            raise Refused(404, {"detail": "Not found."})
        for each in kinds:
            yield from ((each, known) for known in self.objects[each].values())

    def _found(self, kind: str, number: Any) -> dict[str, Any]:
        for _kind, known in self._of_kind(kind):
            if known["id"] == number:
                return known
        raise Refused(404, {"detail": "Not found."})

    def _save(self, kind: str, known: dict[str, Any], given: dict[str, Any], new: bool = False) -> None:
        wanted = {name: value for name, value in given.items() if name in FIELDS[kind] and name not in READ_ONLY}
        wanted = {name: value for name, value in wanted.items() if new or (kind, name) not in FIXED}
        wanted = {name: self._checked(kind, name, value) for name, value in wanted.items()}
        after = {**known, **wanted}
        rule = RULES.get(kind)
        if rule:
            rule(self, known, after, wanted, new)
        self._is_unique(kind, after)
        known.update(after)

    def _checked(self, kind: str, name: str, value: Any) -> Any:
        """A value as it is stored, if it is one that the field takes."""
        default = FIELDS[kind][name]
        if isinstance(default, Ref):
            return self._reference(name, default.kind, value)
        if value is None and isinstance(default, (str, bool)):
            value = type(default)()
        if default == "" and not isinstance(value, str):
            if value:
                raise Refused(400, {name: ["Not a valid string."]})
            value = ""  # an empty dictionary is as good as nothing
        if isinstance(default, bool) is not isinstance(value, bool) and default is not None:
            raise Refused(400, {name: ["Must be a valid boolean."]})
        if value not in CHOICES.get((kind, name), [value]):
            raise Refused(400, {name: [f'"{value}" is not a valid choice.']})
        return value

    def _reference(self, name: str, kind: str, value: Any) -> Any:
        if value in (None, ""):
            return None
        try:
            self._found(kind, int(value))
        except Refused:
            raise Refused(400, {name: [f'Invalid pk "{value}" - object does not exist.']}) from None
        return int(value)

    def _is_unique(self, kind: str, after: dict[str, Any]) -> None:
        names = UNIQUE.get(kind, ())
        for other in self.objects[kind].values():
            if names and other["id"] != after["id"] and all(other.get(name) == after.get(name) for name in names):
                raise Refused(400, {"__all__": [f"{kind} with this {' and '.join(names)} already exists."]})

    def _update(self, kind: str, known: dict[str, Any]) -> dict[str, Any]:
        """An update of a project or of an inventory source, which is over at once."""
        project = known if kind == "projects" else self.objects["projects"][known["source_project"]]
        if project is known and self.repository is not None:
            self.playbooks[known["id"]] = list(self.repository)
            known["scm_revision"] = "-".join(self.repository)
        number, failed = next(self._ids), self.repository is None
        known["status"] = "failed" if failed else "successful"
        url = f"{PREFIX}{'project' if project is known else 'inventory'}_updates/{number}/"
        self.updates[number] = {
            "id": number,
            "url": url,
            "status": known["status"],
            "failed": failed,
            "finished": "2026-01-01T00:00:00Z",
            "event_processing_finished": True,
            "scm_revision": project["scm_revision"],
        }
        return {**self.updates[number], "status": "pending"}

    # --- rules of single kinds ------------------------------------------------------------------------------------

    def _credential(self, known: Fields, after: Fields, wanted: Fields, new: bool) -> None:
        if "inputs" not in wanted:
            return
        fields = {
            field["id"]: field
            for field in self._found("credential_types", after["credential_type"])["inputs"]["fields"]
        }
        if not set(wanted["inputs"]) <= set(fields):
            raise Refused(400, {"inputs": ["Additional properties are not allowed"]})
        stored, secrets, shown = self.secrets.get(known["id"], {}), {}, {}
        for name, value in wanted["inputs"].items():
            if not isinstance(value, str) or value not in fields[name].get("choices", [value]):
                raise Refused(400, {"inputs": {name: [f"{value!r} is not valid"]}})
            if not fields[name].get("secret"):
                shown[name] = value
                continue
            if value == ENCRYPTED and new:
                raise Refused(400, {"inputs": [f"$encrypted$ is a reserved keyword, and cannot be used for {name}."]})
            if value == ENCRYPTED and name not in stored:
                raise Refused(500, {"detail": "A server error has occurred."})
            if value:  # an empty secret is none
                secrets[name], shown[name] = stored[name] if value == ENCRYPTED else value, ENCRYPTED
        self.secrets[known["id"]] = secrets
        after["inputs"] = shown

    def _credential_type(self, known: Fields, after: Fields, wanted: Fields, new: bool) -> None:
        used = any(each["credential_type"] == known["id"] for each in self.objects["credentials"].values())
        if not new and used and after["inputs"] != known["inputs"]:
            raise Refused(
                403, {"detail": "Modifications to inputs are not allowed for credential types that are in use"}
            )
        problems = injector_problems(after["inputs"], after["injectors"])
        if problems:
            raise Refused(400, {"injectors": problems})

    def _environment(self, known: Fields, after: Fields, wanted: Fields, new: bool) -> None:
        if not new and wanted.get("organization") and wanted["organization"] != known["organization"]:
            raise Refused(400, {"organization": ["Cannot change the organization of an execution environment"]})

    def _inventory_source(
        self, known: dict[str, Any], after: dict[str, Any], wanted: dict[str, Any], new: bool
    ) -> None:
        if after["source"] == "scm" and not after["source_project"]:
            raise Refused(400, {"source_project": ["Project required for scm type sources."]})
        after["organization"] = self._found("inventories", after["inventory"])["organization"]

    def _project(self, known: Fields, after: Fields, wanted: Fields, new: bool) -> None:
        if new or any(after[name] != known[name] for name in ("scm_type", "scm_url", "scm_branch")):
            after["update"] = self._update("projects", after)["id"]

    def _job_template(self, known: Fields, after: Fields, wanted: Fields, new: bool) -> None:
        project = self._found("projects", after["project"])
        if after["playbook"] not in self.playbooks.get(project["id"], []):
            raise Refused(400, {"playbook": ["Playbook not found for project."]})
        after["organization"] = project["organization"]


RULES: dict[str, Callable[..., None]] = {
    "credentials": Awx._credential,
    "credential_types": Awx._credential_type,
    "execution_environments": Awx._environment,
    "inventory_sources": Awx._inventory_source,
    "job_templates": Awx._job_template,
    "projects": Awx._project,
}


def _matches(known: dict[str, Any], query: dict[str, str]) -> bool:
    """Whether an object is one that a query asks for: all of its conditions, or one of those that begin with or__."""
    either = {name.removeprefix("or__"): value for name, value in query.items() if name.startswith("or__")}
    every = {name: value for name, value in query.items() if not name.startswith("or__")}
    every.pop("page_size", None)
    if not set(every) | set(either) <= set(known):
        raise Refused(400, {"detail": f"{', '.join({*every, *either} - set(known))}: no such field."})
    fits = [str(known[name]) == value for name, value in either.items()]
    return all(str(known[name]) == value for name, value in every.items()) and (any(fits) or not fits)
