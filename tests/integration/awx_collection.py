# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the modules of the collection awx.awx do with the API of AWX, for tests that have no such collection.

It is written from their documentation, and has their limits: names are looked up, in an organization where the module
has it so, a request is sent whenever a value is another text than the one that AWX shows, and check mode ends at the
first request that would change something. `install` makes a collection of it.
"""

from __future__ import annotations

import json
import os
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ansible.errors import AnsibleError
from ansible.plugins.action import ActionBase
from ansible.plugins.lookup import LookupBase

ENCRYPTED = "$encrypted$"
#: where an option is the name of an object, the kind of that
KINDS = {
    "organization": "organizations",
    "credential_type": "credential_types",
    "credential": "credentials",
    "project": "projects",
    "source_project": "projects",
    "inventory": "inventories",
    "execution_environment": "execution_environments",
    "default_environment": "execution_environments",
    "workflow_job_template": "workflow_job_templates",
}
NOTIFIED = [f"notification_templates_{event}" for event in ("started", "success", "error", "approvals")]
LISTS = {"credentials": "credentials", **dict.fromkeys(NOTIFIED, "notification_templates")}
LINKS = ("success_nodes", "failure_nodes", "always_nodes")
#: what is looked up in an organization rather than everywhere
IN_ORGANIZATION = {
    ("inventory_source", "source_project"),
    ("inventory_source", "inventory"),
    ("job_template", "project"),
}
#: for each module the kind of its objects, and what they are found by beside their names
MODULES: dict[str, tuple[str, tuple[str, ...]]] = {
    "credential_type": ("credential_types", ()),
    "credential": ("credentials", ("organization", "credential_type")),
    "execution_environment": ("execution_environments", ()),
    "project": ("projects", ("organization",)),
    "inventory": ("inventories", ("organization",)),
    "host": ("hosts", ("inventory",)),
    "inventory_source": ("inventory_sources", ("inventory",)),
    "job_template": ("job_templates", ("organization",)),
    "workflow_job_template": ("workflow_job_templates", ("organization",)),
    "workflow_job_template_node": ("workflow_job_template_nodes", ("workflow_job_template",)),
    "schedule": ("schedules", ("unified_job_template",)),
    "inventory_source_update": ("inventory_updates", ()),
    "project_update": ("project_updates", ()),
    "role": ("roles", ()),
}
#: for some objects the organization is only a place to look for them
NOT_SENT = {
    "inventory_source": {"organization"},
    "schedule": {"organization"},
    "workflow_job_template_node": {"lookup_organization", "approval_node", *LINKS},
}
AS_TEXT = {"extra_vars", "variables"}
NUMBERS = {"forks", "job_slice_count", "timeout", "update_cache_timeout", "verbosity"}


class Changed(Exception):
    """Check mode is over: something would change."""


class Api:
    """AWX as CONTROLLER_HOST and CONTROLLER_OAUTH_TOKEN say."""

    def __init__(self, check: bool = False) -> None:
        self.check = check

    def send(self, method: str, path: str, body: Any = None, **query: Any) -> Any:
        if self.check and method != "GET":
            raise Changed
        path = path if path.startswith("/") else f"/api/v2/{path}/"
        url = os.environ["CONTROLLER_HOST"] + path + ("?" + urllib.parse.urlencode(query) if query else "")
        request = urllib.request.Request(url, method=method, data=None if body is None else json.dumps(body).encode())
        request.add_header("Authorization", f"Bearer {os.environ['CONTROLLER_OAUTH_TOKEN']}")
        request.add_header("Content-Type", "application/json")
        try:
            with urllib.request.urlopen(request) as answer:
                return json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as error:
            raise AnsibleError(f"{method} {path}: {error.code} {error.read().decode()}") from error

    def one(self, kind: str, name: Any = None, **scope: Any) -> dict[str, Any] | None:
        """The object of a name or an ID; that two could be meant is an error."""
        if name is not None:
            scope |= {"or__id": name, "or__name": name} if str(name).isdigit() else {"name": name}
        answer = self.send("GET", kind, **scope)
        if answer["count"] > 1:
            raise AnsibleError(f"Request to {kind} returned {answer['count']} items, expected 1")
        return answer["results"][0] if answer["count"] else None

    def id_of(self, kind: str, name: Any, **scope: Any) -> int:
        found = self.one(kind, name, **scope)
        if found is None:
            raise AnsibleError(f"Request to {kind} for {name} returned 0 items, expected 1")
        return int(found["id"])


class ActionModule(ActionBase):
    """Any of the modules, by the name that the task has."""

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        name = self._task.action.rpartition(".")[2]
        options = {key: value for key, value in self._task.args.items() if value is not None}
        module = Module(name, options, Api(self._task.check_mode))
        try:
            module.special().get(name, module.converge)()
        except Changed:
            module.result["changed"] = True
        return module.result


class LookupModule(LookupBase):
    """The lookup controller_api."""

    def run(self, terms: list[str], variables: Any = None, **options: Any) -> list[Any]:
        found = Api().send("GET", terms[0], **options.get("query_params", {}))
        results: list[Any] = found.get("results", [found]) if isinstance(found, dict) else [found]
        return results


class Module:
    """A task that is in progress."""

    def __init__(self, name: str, options: dict[str, Any], api: Api) -> None:
        self.name, self.options, self.api = name, options, api
        self.result: dict[str, Any] = {"changed": False}
        self.update_secrets = bool(options.pop("update_secrets", True))

    def special(self) -> dict[str, Callable[[], None]]:
        """What the modules do that do not manage an object."""
        return {"role": self.grant, "inventory_source_update": self.update, "project_update": self.update_project}

    def converge(self) -> None:
        kind, scope = MODULES[self.name]
        wanted = self._fields()
        known = {key: wanted[key] for key in scope if key in wanted}
        title = self.options.get("name")
        if self.name == "workflow_job_template_node":
            known["identifier"] = self.options["identifier"]
        existing = self.api.one(kind, title, **known)
        lists = self._lists(wanted)
        found = self._sent(kind, existing, wanted)
        if self.name == "project" and self.result["changed"]:
            self._wait(found["summary_fields"]["current_update"]["id"])
        for list_name, ids in lists.items():
            self._associate(f"{found['url']}{list_name}/", ids)
        if self.options.get("approval_node"):
            self._approve(self.api.one(kind, **known) or {})
        self._survey(found)

    def _fields(self) -> dict[str, Any]:
        organization = self.options.get("organization")
        here = {"organization": self.api.id_of("organizations", organization)} if organization else {}
        fields: dict[str, Any] = {}
        for name, value in self.options.items():
            if name in LISTS or name == "survey_spec":
                continue
            within = here if (self.name, name) in IN_ORGANIZATION else {}
            fields[name] = self.api.id_of(KINDS[name], value, **within) if name in KINDS else value
            if name in AS_TEXT or (name == "source_vars" and value):
                fields[name] = json.dumps(value)
        fields.update((name, int(fields[name])) for name in NUMBERS & set(fields))  # up to ansible-core 2.18 texts
        if "unified_job_template" in fields:
            fields["unified_job_template"] = self._template(fields["unified_job_template"], here)
        if self.name == "inventory":
            fields = {"kind": None, "host_filter": None, **fields}
        if self.name == "execution_environment":
            fields.setdefault("pull", "missing")
        return {name: value for name, value in fields.items() if name not in NOT_SENT.get(self.name, ())}

    def _template(self, name: Any, here: dict[str, Any]) -> int:
        """A schedule knows what it starts by its name only, a node by its ID as well."""
        if self.name == "workflow_job_template_node":
            return self.api.id_of("unified_job_templates", name)
        found = self.api.one("unified_job_templates", **here, name=name)
        return int(found["id"]) if found else 0

    def _lists(self, wanted: dict[str, Any]) -> dict[str, list[int]]:
        lists = {
            name: [self.api.id_of(kind, each) for each in self.options[name]]
            for name, kind in LISTS.items()
            if name in self.options
        }
        for name in LINKS:
            if name in self.options:
                lists[name] = [self._node(identifier, wanted) for identifier in self.options[name]]
        return lists

    def _node(self, identifier: str, wanted: dict[str, Any]) -> int:
        scope = {"identifier": identifier, "workflow_job_template": wanted["workflow_job_template"]}
        return self.api.id_of("workflow_job_template_nodes", None, **scope)

    def _sent(self, path: str, existing: dict[str, Any] | None, wanted: dict[str, Any]) -> dict[str, Any]:
        """The object after what had to be sent."""
        if existing is None:
            made: dict[str, Any] = self.api.send("POST", path, wanted)
            self.result.update(changed=True, id=made["id"])
            return made
        self.result["id"] = existing["id"]
        if not self._differs(existing, wanted):
            return existing
        after: dict[str, Any] = self.api.send("PATCH", existing["url"], wanted)
        self.result["changed"] |= self._differs(existing, {name: after.get(name) for name in wanted})
        return after

    def _differs(self, known: dict[str, Any], wanted: dict[str, Any]) -> bool:
        return any(self._is_other(known.get(name), value) for name, value in wanted.items())

    def _is_other(self, known: Any, wanted: Any) -> bool:
        if self.update_secrets:
            return bool(known != wanted) or ENCRYPTED in str(wanted)
        if isinstance(known, dict) and isinstance(wanted, dict):
            return set(known) != set(wanted) or any(self._is_other(known[name], wanted[name]) for name in wanted)
        return known not in (ENCRYPTED, wanted)

    def _associate(self, path: str, ids: list[int]) -> None:
        known = {each["id"] for each in self.api.send("GET", path)["results"]}
        for number in known - set(ids):
            self.api.send("POST", path, {"id": number, "disassociate": True})
        for number in set(ids) - known:
            self.api.send("POST", path, {"id": number})
        self.result["changed"] |= known != set(ids)

    def _approve(self, node: dict[str, Any]) -> None:
        """What a node of its own asks for, which is made or changed with the node."""
        path = node["related"].get("unified_job_template")
        existing = self.api.send("GET", path) if path else None
        approval = f"workflow_job_template_nodes/{node['id']}/create_approval_template"
        self._sent(approval, existing, self.options["approval_node"])

    def _survey(self, found: dict[str, Any]) -> None:
        survey = self.options.get("survey_spec")
        if survey is not None and self.api.send("GET", found["related"]["survey_spec"]) != survey:
            self.api.send("POST", found["related"]["survey_spec"], survey)
            self.result["changed"] = True

    def update(self) -> None:
        inventory = self.api.id_of("inventories", self.options["inventory"])
        source = self.api.one("inventory_sources", self.options["name"], inventory=inventory) or {}
        self.api.send("POST", source["related"]["update"], {})
        self.result["changed"] = True

    def update_project(self) -> None:
        project = self.api.one("projects", self.options["name"]) or {}
        number = self.api.send("POST", project["related"]["update"])["id"]
        self.result["changed"] = self._wait(number)["scm_revision"] != project["scm_revision"]

    def _wait(self, number: int) -> dict[str, Any]:
        done: dict[str, Any] = self.api.send("GET", f"project_updates/{number}")
        if done["failed"]:
            raise AnsibleError("Project update failed")
        return done

    def grant(self) -> None:
        here = {"organization": self.api.id_of("organizations", self.options["lookup_organization"])}
        for kind, option in (("job_templates", "job_templates"), ("workflow_job_templates", "workflows")):
            for name in self.options.get(option, ()):
                resource = self.api.one(kind, name, **here) or {}
                role = resource["summary_fields"]["object_roles"][f"{self.options['role']}_role"]
                for team in self.options.get("teams", ()):
                    self._grant(f"roles/{role['id']}/teams", self.api.id_of("teams", team, **here))

    def _grant(self, path: str, number: int) -> None:
        if number not in {each["id"] for each in self.api.send("GET", path)["results"]}:
            self.api.send("POST", path, {"id": number})
            self.result["changed"] = True


def install(folder: Path) -> Path:
    """Make a collection of this file, and return the folder for ANSIBLE_COLLECTIONS_PATH."""
    plugins = folder / "ansible_collections" / "awx" / "awx" / "plugins"
    source = Path(__file__).read_text(encoding="utf-8")
    names = [f"action/{name}.py" for name in MODULES] + ["lookup/controller_api.py"]
    for name in names:
        (plugins / name).parent.mkdir(parents=True, exist_ok=True)
        (plugins / name).write_text(source, encoding="utf-8")
    return folder
