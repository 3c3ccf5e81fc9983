# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: cloudos
short_description: Servers and bare-metal instances of H3C CloudOS as hosts
version_added: 1.0.0
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
description:
  - Lists the servers and bare-metal instances of one or several projects as hosts, with groups and variables made from
    their properties.
  - The file must be named C(*.cloudos.yml) or C(*.cloudos.yaml).
  - Each property becomes a variable with the prefix C(cloudos_), such as C(cloudos_status) and C(cloudos_metadata).
    They are the properties that M(h3c.cloudos.cloudos_server_info) and M(h3c.cloudos.cloudos_baremetal_instance_info)
    return, C(cloudos_kind), which is V(server) or V(baremetal_instance), and C(cloudos_project), the project as it was
    given.
  - A bare-metal instance also has C(cloudos_baremetal_node), a dictionary with what the platform tells of its node,
    such as C(power_state), C(provision_state), C(maintenance), C(properties) and C(ipmi_address), never a password. It
    is empty for users who may not list nodes.
  - In expressions (O(compose), O(groups), O(keyed_groups), O(hostnames)) the same properties are also known without
    the prefix, so that V(status) and V(cloudos_status) are the same.
  - C(ansible_host) is the first fixed IPv4 address of the server, or its first fixed IPv6 address if it has no other.
    O(compose) can set another one.
  - A text of the platform is never evaluated as a template.
options:
  plugin:
    description: Name of this plugin.
    type: str
    required: true
    choices: [h3c.cloudos.cloudos]
  api_url:
    description: The gateway of the platform, such as V(http://cloud.example.com:11000).
    type: str
    required: true
    env:
      - name: CLOUDOS_URL
  api_token:
    description: A ready token. Without it, O(api_username) and O(api_password) are used.
    type: str
    env:
      - name: CLOUDOS_TOKEN
  api_auth_url:
    description: Identity endpoint (Keystone v3); C(/os/kinton/v1/v3) below O(api_url) if it is not given.
    type: str
    env:
      - name: CLOUDOS_AUTH_URL
  api_username:
    description: User to log in as.
    type: str
    env:
      - name: CLOUDOS_USERNAME
  api_password:
    description: Password of the user.
    type: str
    env:
      - name: CLOUDOS_PASSWORD
  api_domain:
    description: Domain of the user, by name or ID.
    type: str
    default: default
    env:
      - name: CLOUDOS_DOMAIN
  api_project:
    description: Project to list the servers of, by name or ID, if O(projects) is not given.
    type: str
    env:
      - name: CLOUDOS_PROJECT
  validate_certs:
    description: Whether to verify the TLS certificate of the platform.
    type: bool
    default: true
    env:
      - name: CLOUDOS_VALIDATE_CERTS
  ca_path:
    description: File or directory with the certificate authorities to trust.
    type: path
    env:
      - name: CLOUDOS_CA_PATH
  api_timeout:
    description: Seconds to wait for the answer to one request.
    type: float
    default: 30.0
    env:
      - name: CLOUDOS_TIMEOUT
  api_retries:
    description: How often to try again after a failed request.
    type: int
    default: 4
    env:
      - name: CLOUDOS_RETRIES
  projects:
    description:
      - Projects to list the servers of, by name or ID. The project of the connection if it is not given.
      - The user must have a role in each of them. A project that cannot be listed is an error.
    type: list
    elements: str
    default: []
    env:
      - name: CLOUDOS_INVENTORY_PROJECTS
  filters:
    description:
      - Which servers to list. The platform does the filtering.
      - V(name) and V(host) are regular expressions; V(status) is a state such as V(ACTIVE); V(image) and V(flavor)
        are names or IDs, looked up in each project; V(changes_since) is a time such as V(2026-01-31T00:00:00Z).
      - A dictionary; in the environment variable it is written in JSON or YAML.
    type: raw
    default: {}
    env:
      - name: CLOUDOS_INVENTORY_FILTERS
  page_size:
    description: How many servers to ask for in one request. It must not exceed what the platform allows.
    type: int
    default: 1000
    env:
      - name: CLOUDOS_INVENTORY_PAGE_SIZE
  hostnames:
    description:
      - What to name a host after, in order of preference. Each entry is a property, a path such as V(metadata.fqdn),
        or a Jinja2 expression without braces. The first that gives a text that is not empty is taken.
      - A server for which none does is named by its name, or by its ID if it has no name. With O(strict), an entry that
        cannot be evaluated is an error.
    type: list
    elements: str
    default: [name]
    env:
      - name: CLOUDOS_INVENTORY_HOSTNAMES
  equal_names:
    description: What to do if several servers come to the same host name.
    type: str
    default: name
    choices:
      name: The oldest server of the project that was given first keeps the name, each other becomes C(<name>_<id>).
      name_project:
        Each of them becomes C(<name>_<project>), the project as it was given. If that is not enough, C(_<id>) is
        appended as with V(name).
      error: It is an error that lists the servers.
    env:
      - name: CLOUDOS_INVENTORY_EQUAL_NAMES
  strict:
    env:
      - name: CLOUDOS_INVENTORY_STRICT
  compose:
    description:
      - Create vars from jinja2 expressions.
      - A dictionary; in the environment variable it is written in JSON or YAML.
    type: raw
    env:
      - name: CLOUDOS_INVENTORY_COMPOSE
  groups:
    description:
      - Add hosts to group based on Jinja2 conditionals.
      - A dictionary; in the environment variable it is written in JSON or YAML.
    type: raw
    env:
      - name: CLOUDOS_INVENTORY_GROUPS
  keyed_groups:
    description:
      - Add hosts to group based on the values of a variable.
      - A list of dictionaries; in the environment variable it is written in JSON or YAML.
    env:
      - name: CLOUDOS_INVENTORY_KEYED_GROUPS
  leading_separator:
    env:
      - name: CLOUDOS_INVENTORY_LEADING_SEPARATOR
extends_documentation_fragment:
  - constructed
  - inventory_cache
requirements:
  - requests >= 2.25 (Python library, on the controller)
notes:
  - It sends one request for each page of each project, one more for the nodes where a project has bare-metal instances,
    one more where O(filters) name an image and one where they name a flavor, and logs in only if there is no cached
    token. With O(cache) and a warm cache it sends nothing.
  - The cache is kept apart by endpoint, user, projects, filters and version of the collection, so that a change of
    these never brings up the hosts of another project. It holds no secrets.
  - Texts of the connection, O(projects) and O(filters) may be templates in the file, to use a lookup for instance.
    Extra variables are known in them with O(use_extra_vars).
seealso:
  - module: h3c.cloudos.cloudos_server_info
  - module: h3c.cloudos.cloudos_baremetal_instance_info
"""

EXAMPLES = r"""
---
# demo.cloudos.yml; the connection is in the environment (CLOUDOS_URL, CLOUDOS_USERNAME, CLOUDOS_PASSWORD)
plugin: h3c.cloudos.cloudos
---
# Two projects, running servers only, grouped by state, zone and a key of their metadata
plugin: h3c.cloudos.cloudos
projects: [admin, demo]
equal_names: name_project
filters:
  status: ACTIVE
keyed_groups:
  - key: status
    prefix: status
  - key: availability_zone
    prefix: zone
  - key: metadata.role | default('other')
    prefix: role
---
# Names from the metadata where they are given, another address, and groups by conditions
plugin: h3c.cloudos.cloudos
hostnames:
  - metadata.fqdn
  - name
compose:
  ansible_host: (addresses.values() | first | first).addr
  ansible_user: "'root' if metadata.os | default('') == 'linux' else 'admin'"
groups:
  running: power_state == 'running'
  web: name.startswith('web')
---
# Servers and bare-metal instances apart, the latter by the power state of their nodes
plugin: h3c.cloudos.cloudos
keyed_groups:
  - key: kind
    prefix: ""
    separator: ""
  - key: baremetal_node.power_state | default('none', true)
    prefix: power
groups:
  broken_metal: kind == 'baremetal_instance' and baremetal_node.maintenance | default(false)
---
# Kept for ten minutes; a run within that time sends nothing
plugin: h3c.cloudos.cloudos
cache: true
cache_plugin: ansible.builtin.jsonfile
cache_connection: ~/.cache/cloudos-inventory
cache_timeout: 600
"""

import collections
import dataclasses
import hashlib
import json
import os
import re
import typing as t

import yaml
from ansible.errors import AnsibleError, AnsibleParserError
from ansible.plugins.inventory import BaseInventoryPlugin, Cacheable, Constructable

from ansible_collections.h3c.cloudos.plugins.module_utils.client import Client, Connection
from ansible_collections.h3c.cloudos.plugins.module_utils.errors import CloudError
from ansible_collections.h3c.cloudos.plugins.module_utils.options import CONNECTION, connection
from ansible_collections.h3c.cloudos.plugins.module_utils.resource import Filter
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.baremetal_instance import BAREMETAL_INSTANCE
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.baremetal_node import BAREMETAL_NODE
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.instances import is_bare_metal, is_going
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.server import SERVER
from ansible_collections.h3c.cloudos.plugins.module_utils.run import Run
from ansible_collections.h3c.cloudos.plugins.module_utils.secrets import Redactor
from ansible_collections.h3c.cloudos.plugins.module_utils.transport import REQUESTS_IMPORT_ERROR

try:
    from ansible.template import trust_as_template
except ImportError:
    trust_as_template = None

# Since ansible-core 2.19 an expression gives a value of its own type, not text that is parsed again.
_TYPED = trust_as_template is not None
# Of the collection: what one version has cached is not read by another.
VERSION = "1.0.0"
PREFIX = "cloudos_"

_FILTERS = {"name": Filter("name"), **SERVER.filters}
# A list does not tell them.
_UNKNOWN = frozenset({"volumes", "ports"})
# What is told of the node of a bare-metal instance.
_NODE_FACTS = (
    *("id", "name", "driver", "resource_class", "power_state", "provision_state", "last_error"),
    *("maintenance", "maintenance_reason", "properties"),
)
# How a user is refused who may not list nodes.
_NOT_FOR_ALL = frozenset({403, 404})
_KEYED_GROUPS = "CLOUDOS_INVENTORY_KEYED_GROUPS"
_PATH = re.compile(r"[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z][A-Za-z0-9_]*)*")


@dataclasses.dataclass(frozen=True)
class Question:
    """What is asked of the platform."""

    connection: Connection
    projects: tuple[t.Optional[str], ...]
    filters: t.Mapping[str, str]

    @property
    def cache_key(self) -> str:
        c = self.connection
        identity = [c.url, c.identity_url, c.username, c.domain, c.token]
        text = json.dumps([VERSION, identity, self.projects, sorted(self.filters.items())])
        return f"h3c.cloudos.cloudos_{hashlib.sha256(text.encode()).hexdigest()}"


class InventoryModule(BaseInventoryPlugin, Constructable, Cacheable):
    """Servers of CloudOS as hosts."""

    NAME = "h3c.cloudos.cloudos"

    def verify_file(self, path: str) -> bool:
        return super().verify_file(path) and str(path).endswith((".cloudos.yml", ".cloudos.yaml"))

    def parse(self, inventory, loader, path: str, cache: bool = True) -> None:
        super().parse(inventory, loader, path, cache)
        self._file = self._read_config_data(path)
        self._extra_vars = self._vars if self.get_option("use_extra_vars") else {}
        self._expressions = {
            "compose": self._structure("compose", dict),
            "groups": self._structure("groups", dict),
            "keyed_groups": self._structure("keyed_groups", list),
        }
        servers = self._servers(self._question(), cache)
        variables = [_variables(server) for server in servers]
        for host, known in zip(self._host_names(servers, variables), variables):
            self._add(host, known)

    # --- options

    def _question(self) -> Question:
        api = connection({name: self._templated(name) for name in CONNECTION})
        projects = tuple(dict.fromkeys(self._templated("projects"))) or (api.project,)
        filters = self._structure("filters", dict)
        unknown = sorted(set(filters) - set(_FILTERS))
        if unknown:
            raise AnsibleParserError(
                f"filters: the platform does not filter by {', '.join(unknown)}; it knows {', '.join(_FILTERS)}."
            )
        return Question(api, projects, {name: str(value) for name, value in filters.items() if value is not None})

    def _templated(self, name: str) -> t.Any:
        """The value of an option; templates are for the file only."""
        value = self.get_option(name)
        if name not in self._file or value is None:
            return value
        self.templar.available_variables = self._extra_vars
        try:
            return self.templar.template(value)
        except AnsibleError as error:
            raise AnsibleParserError(f"{name}: {error}") from None

    def _structure(self, name: str, kind: type) -> t.Any:
        """The value of an option that is a dictionary or a list in the file, JSON or YAML in the environment."""
        value = self._templated(name) if name == "filters" else self.get_option(name)
        if name == "keyed_groups" and any(isinstance(entry, str) for entry in value or []):
            value = os.environ.get(_KEYED_GROUPS, value)  # Ansible has split it at its commas
        if isinstance(value, str):
            try:
                value = _each_text(_trusted, yaml.safe_load(value))
            except yaml.YAMLError as error:
                raise AnsibleParserError(f"{name}: neither JSON nor YAML: {error}") from None
        if value is None:
            return kind()
        if not isinstance(value, kind):
            raise AnsibleParserError(f"{name}: must be a {'dictionary' if kind is dict else 'list'}, not {value!r}.")
        return value

    # --- servers

    def _servers(self, question: Question, use_cache: bool) -> list[dict]:
        """The servers, from the cache if possible. They are kept as text: caches sort the keys of dictionaries."""
        keep = self.get_option("cache")
        kept = self._cache.get(question.cache_key) if keep and use_cache else None
        if kept:
            return json.loads(kept)
        servers = self._fetch(question)
        if keep:
            self._cache[question.cache_key] = json.dumps(servers)
        return servers

    def _fetch(self, question: Question) -> list[dict]:
        """The servers of all projects, project after project, in each the oldest first."""
        if REQUESTS_IMPORT_ERROR is not None:
            raise AnsibleParserError(f"The inventory needs the Python library requests: {REQUESTS_IMPORT_ERROR}")
        redactor = Redactor()
        servers: dict[str, dict] = {}
        for project in question.projects:
            try:
                found = self._fetch_project(question, project, redactor)
            except CloudError as error:
                raise AnsibleParserError(redactor.text(str(error))) from None
            for server in sorted(found, key=lambda server: (server["created"] or "", server["id"] or "")):
                servers.setdefault(server["id"], {**server, "project": project or server["project_id"]})
        return list(servers.values())

    def _fetch_project(self, question: Question, project: t.Optional[str], redactor: Redactor) -> list[dict]:
        page_size = self.get_option("page_size")
        if page_size < 1:
            raise AnsibleParserError(f"page_size: must be 1 or more, not {page_size}.")
        client = Client(dataclasses.replace(question.connection, project=project), redactor)
        try:
            run = Run(client, {})
            query = _query(run, question.filters)
            entries = client.list(SERVER.list_operation, SERVER.plural, query=query, page_size=page_size)
            machines = [raw for raw in map(SERVER.unwrap, entries) if not is_going(raw)]
            nodes = self._nodes(run) if any(map(is_bare_metal, machines)) else {}
        finally:
            client.close()
            for text in client.retries:
                self.display.v(text)
        self.display.vv(f"{project or 'default project'}: {len(entries)} machines, requests {dict(client.requests)}")
        return [_machine(raw, nodes) for raw in machines]

    def _nodes(self, run: Run) -> dict[str, dict]:
        """The nodes that carry instances, by the id of the instance."""
        try:
            nodes = map(BAREMETAL_NODE.read, BAREMETAL_NODE.search(run))
        except CloudError as error:
            if error.status not in _NOT_FOR_ALL:
                raise
            self.display.v(f"Nothing is told of the nodes of bare-metal instances: {error}")
            return {}
        return {node["instance_id"]: _facts(node) for node in nodes if node["instance_id"]}

    # --- hosts

    def _host_names(self, servers: list[dict], variables: list[dict]) -> list[str]:
        """A name for each server, no two alike."""
        names = [self._host_name(known) for known in variables]
        count = collections.Counter(names)
        if len(count) == len(names):
            return names
        policy = self.get_option("equal_names")
        equal = ", ".join(
            f"{name} ({server['id']} in {server['project']})" for name, server in zip(names, servers) if count[name] > 1
        )
        if policy == "error":
            raise AnsibleParserError(f"equal_names: several servers come to the same host name: {equal}.")
        self.display.warning(f"equal_names: hosts were renamed because their names are equal: {equal}.")
        taken: set[str] = set()
        for number, (name, server) in enumerate(zip(names, servers)):
            if policy == "name_project" and count[name] > 1:
                name = f"{name}_{server['project']}"
            while name in taken:
                name = f"{name}_{server['id']}"
            taken.add(name)
            names[number] = _data(name)
        return names

    def _host_name(self, known: dict) -> str:
        for expression in self.get_option("hostnames"):
            try:
                name = self._compose(expression, known)
            except Exception as error:
                if self.get_option("strict"):
                    raise AnsibleParserError(f"hostnames: {expression} of server {known['id']}: {error}") from None
                continue
            if name is not None and name != "":
                return name if isinstance(name, str) else _data(str(name))
        return known["name"] or known["id"]

    def _add(self, host: str, known: dict) -> None:
        self.inventory.add_host(host)
        for name, value in known.items():
            if name.startswith(PREFIX) or name == "ansible_host":
                self.inventory.set_variable(host, name, value)
        strict = self.get_option("strict")
        for option, construct in (
            ("compose", self._set_composite_vars),
            ("groups", self._add_host_to_composed_groups),
            ("keyed_groups", self._add_host_to_keyed_groups),
        ):
            try:
                construct(self._expressions[option], known, host, strict=strict)
            except AnsibleError as error:
                raise AnsibleParserError(f"{option}: {error}") from None

    def _compose(self, template: t.Any, variables: dict, *others: t.Any) -> t.Any:
        """The value of an expression. A template that comes of it is data: part of it may be of the platform.

        A plain path is followed here: compiling an expression for each host is what makes large inventories slow.
        """
        self.templar.available_variables = variables  # also for the parent_group of keyed_groups
        value = None if self._extra_vars else _follow(template, variables)
        if value is not None:
            return value
        return _each_text(_data, super()._compose(template, variables, *others))


def _query(run: Run, filters: t.Mapping[str, str]) -> dict[str, str]:
    """Filters as the platform knows them, names turned into IDs."""
    query = {}
    for name, value in filters.items():
        known = _FILTERS[name]
        query[known.parameter] = run.resolve(known.kind, value, f"filters: {name}") if known.kind else value
    return query


def _machine(raw: dict, nodes: dict[str, dict]) -> dict:
    """A server, or a bare-metal instance with the facts of its node."""
    if not is_bare_metal(raw):
        return {"kind": "server", **SERVER.read(raw)}
    found = BAREMETAL_INSTANCE.read(raw)
    return {"kind": "baremetal_instance", **found, "baremetal_node": nodes.get(found["id"], {})}


def _facts(node: dict) -> dict:
    return {**{name: node[name] for name in _NODE_FACTS}, "ipmi_address": node["ipmi"]["address"]}


# --- variables ---------------------------------------------------------------------------------------------------


def _variables(server: dict) -> dict:
    """All that expressions can use: the properties of a server with and without the prefix, and ansible_host."""
    properties = {name: value for name, value in server.items() if name not in _UNKNOWN}
    properties = _each_text(_data, properties)
    variables = {**properties, **{f"{PREFIX}{name}": value for name, value in properties.items()}}
    address = _address(server)
    if address:
        variables["ansible_host"] = _data(address)
    return variables


def _address(server: dict) -> t.Optional[str]:
    """The first fixed IPv4 address, else the first fixed address."""
    addresses = [entry for entries in server["addresses"].values() for entry in entries]
    fixed = [entry for entry in addresses if entry["type"] != "floating" and entry["addr"]]
    return next((entry["addr"] for entry in sorted(fixed, key=lambda entry: entry["version"] != 4)), None)


def _follow(expression: t.Any, variables: dict) -> t.Any:
    """The text (since ansible-core 2.19 also number or boolean) at a plain path; None wherever Jinja2 has to look."""
    if not isinstance(expression, str) or not _PATH.fullmatch(expression):
        return None
    first, *others = expression.split(".")
    value = variables.get(first)
    for name in others:
        if not isinstance(value, dict) or hasattr(dict, name):  # in Jinja2 metadata.items is a method
            return None
        value = value.get(name)
    if isinstance(value, str):
        return None if _is_active(value) or not _stays_text(value) else _data(value)
    return value if _TYPED and isinstance(value, (bool, int, float)) else None


# --- texts -------------------------------------------------------------------------------------------------------


def _is_active(text: str) -> bool:
    """Whether Ansible might see a template in it. The header can change the delimiters to anything."""
    return "{" in text or text.startswith("#jinja2:")


def _stays_text(text: str) -> bool:
    """Whether an expression gives it back as text: up to ansible-core 2.18, what looks like Python is parsed."""
    return _TYPED or not (text.startswith("[") or text in ("True", "False"))


def _each_text(change: t.Callable[[str], str], value: t.Any) -> t.Any:
    """A copy of the value with each text in it changed, keys included."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, t.Mapping):
        return {_each_text(change, key): _each_text(change, entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [_each_text(change, entry) for entry in value]
    return value


def _data(text: str) -> str:
    """A text that is never evaluated, and that exports show plainly if it could not be evaluated anyway."""
    if _TYPED:
        return text if _is_active(text) else trust_as_template(text)
    if not _is_active(text):
        return str.__str__(text)
    from ansible.utils.unsafe_proxy import wrap_var  # later versions warn of the import

    return wrap_var(text)


def _trusted(text: str) -> str:
    """A text that the user wrote."""
    return trust_as_template(text) if _TYPED else text
