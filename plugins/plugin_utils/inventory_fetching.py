# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""What the platform returns for the inventory: machines of all projects, bare-metal instances with their nodes."""

from __future__ import annotations

import dataclasses
import typing as t

from ansible.errors import AnsibleParserError

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.authenticator import Logins
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.client import Client
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.errors import CloudError
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.json_types import Json
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.parallel import side_by_side
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.secrets import Redactor
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.session import REQUESTS_IMPORT_ERROR
from ansible_collections.h3c.cloudos.plugins.module_utils.model.context import Context
from ansible_collections.h3c.cloudos.plugins.module_utils.resources._instances import (
    SHORT_LIST,
    escaped,
    is_bare_metal,
    is_going,
)
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.baremetal.instance import BAREMETAL_INSTANCE
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.baremetal.node import BAREMETAL_NODE
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.compute import flavor
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.compute.server import SERVER

from .inventory_joins import NOT_FOR_ALL, add_names, reported_name
from .inventory_options import FILTERS, NAME, Question
from .paging import PagedList

# What is returned of the node of a bare-metal instance.
_NODE_FACTS = (
    *("id", "name", "driver", "resource_class", "power_state", "provision_state", "last_error"),
    *("maintenance", "maintenance_reason", "properties"),
)
# How many projects are read at the same time.
_PROJECTS_AT_ONCE = 8


class Fetcher:
    """Reads the machines of the projects, several projects at the same time."""

    def __init__(self, display: t.Any) -> None:
        self._display = display

    def fetch(self, question: Question) -> list[Json]:
        """The servers of all projects, project after project, in each the oldest first."""
        if REQUESTS_IMPORT_ERROR is not None:
            raise AnsibleParserError(f"The inventory needs the Python library requests: {REQUESTS_IMPORT_ERROR}")
        redactor, logins, clients = Redactor(), Logins(), []
        try:
            for project in question.projects:
                clients.append(Client(dataclasses.replace(question.connection, project=project), redactor, logins))
            found = side_by_side(lambda client: self._fetch_project(question, client), clients, _PROJECTS_AT_ONCE)
            add_names(self._display, question.join, list(zip(clients, found)))
        except CloudError as error:
            raise AnsibleParserError(redactor.text(str(error))) from None
        finally:
            self._close(clients)
        servers: dict[str, Json] = {}
        for project, machines in zip(question.projects, found):
            for machine in sorted(machines, key=lambda machine: (machine["created"] or "", machine["id"] or "")):
                machine["project"] = project or machine["project_id"]
                servers.setdefault(machine["id"], machine)
        return list(servers.values())

    def _close(self, clients: list[Client]) -> None:
        for client in clients:
            client.close()
            for text in client.retries:
                self._display.v(text)
            for text in client.notices:
                self._display.warning(text)
            self._display.vv(f"{client.connection.project or 'default project'}: requests {dict(client.requests)}")

    def _fetch_project(self, question: Question, client: Client) -> list[Json]:
        """The machines of one project. Pages are read as they come, and let go."""
        machines: list[Json] = []
        run, name = Context(client, {}), question.filters.get(NAME)
        for page in _pages(question, run, client):
            bare = (raw if "id" in raw else SERVER.unwrap(raw) for raw in page)
            existing = [raw for raw in bare if not is_going(raw)]
            meant = [raw for raw in existing if raw.get("name") == name] if name else existing
            machines += [_machine(raw, question.join) for raw in self._with_flavors(run, meant)]
        instances = [machine for machine in machines if machine["kind"] == "baremetal_instance"]
        nodes = self._nodes(run) if instances else {}
        for instance in instances:
            instance["baremetal_node"] = nodes.get(instance["id"], {})
        return machines

    def _with_flavors(self, run: Context, servers: list[Json]) -> list[Json]:
        """The servers with the ids of their flavors, if flavors can be listed where it takes their list to know."""
        try:
            return [flavor.with_id(run, raw) for raw in servers]
        except CloudError as error:
            if error.status not in NOT_FOR_ALL:
                raise
            self._display.v(f"The IDs of flavors are not known: {error}")
            return servers

    def _nodes(self, run: Context) -> dict[str, Json]:
        """The nodes that carry instances, by the id of the instance."""
        try:
            nodes = map(BAREMETAL_NODE.read, BAREMETAL_NODE.search(run))
        except CloudError as error:
            if error.status not in NOT_FOR_ALL:
                raise
            self._display.v(f"Nothing is returned of the nodes of bare-metal instances: {error}")
            return {}
        return {node["instance_id"]: _facts(node) for node in nodes if node["instance_id"]}


def _pages(question: Question, run: Context, client: Client) -> t.Iterator[list[Json]]:
    """The machines of a project as the platform returns them. The short list knows no filters."""
    query, size = _query(run, question.filters), question.page_size
    if query or question.page_concurrency < 2:
        return client.pages(SERVER.list_operation, SERVER.plural, query=query, page_size=size)
    return PagedList(client, SERVER.list_operation, SERVER.plural, size).pages(SHORT_LIST, question.page_concurrency)


def _query(run: Context, filters: t.Mapping[str, str]) -> dict[str, str]:
    """Filters as the platform knows them: names turned into IDs, that of the server into a pattern for nothing else."""
    query = {}
    for name, value in filters.items():
        known = FILTERS[name]
        query[known.parameter] = run.resolve(known.reference, value, f"filters: {name}") if known.reference else value
    if NAME in filters:
        query[FILTERS[NAME].parameter] = f"^{escaped(filters[NAME])}$"
    return query


def _machine(raw: Json, join: t.Container[str]) -> Json:
    """A server, or a bare-metal instance."""
    if is_bare_metal(raw):
        # An instance has its groups like a server, though its module does not compare them.
        found = {**BAREMETAL_INSTANCE.read(raw), "security_groups": SERVER.read(raw)["security_groups"]}
        found["kind"] = BAREMETAL_INSTANCE.name
    else:
        found = SERVER.read(raw)
        found["kind"] = SERVER.name
    if "flavor" in join:
        found["flavor_name"] = reported_name(raw)
    return found


def _facts(node: Json) -> Json:
    return {**{name: node[name] for name in _NODE_FACTS}, "ipmi_address": node["ipmi"]["address"]}
