# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: cloudos
short_description: H3C CloudOS inventory source
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
  - A bare-metal instance also has C(cloudos_baremetal_node), a dictionary with the properties of its node,
    such as C(power_state), C(provision_state), C(maintenance), C(properties) and C(ipmi_address), never a password. It
    is empty for users who may not list nodes.
  - In expressions (O(compose), O(groups), O(keyed_groups), O(hostnames)) the same properties are also available without
    the prefix, so that V(status) and V(cloudos_status) are the same.
  - C(ansible_host) is the first fixed IPv4 address of the server, or its first fixed IPv6 address if it has no other.
    O(compose) can set another one.
  - Strings from the platform are never evaluated as templates.
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
    description: A token to use instead of O(api_username) and O(api_password).
    type: str
    env:
      - name: CLOUDOS_TOKEN
  api_auth_url:
    description: Identity endpoint (Keystone v3). Defaults to C(/os/kinton/v1/v3) at O(api_url).
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
    description: Seconds to wait for the response to one request.
    type: float
    default: 30.0
    env:
      - name: CLOUDOS_TIMEOUT
  api_retries:
    description: How many times a request is retried after a temporary failure.
    type: int
    default: 4
    env:
      - name: CLOUDOS_RETRIES
  projects:
    description:
      - Projects to list the servers of, by name or ID. Defaults to the project of the connection.
      - The user must have a role in each of them. A project that cannot be listed is an error.
    type: list
    elements: str
    default: []
    env:
      - name: CLOUDOS_INVENTORY_PROJECTS
  filters:
    description:
      - Filters for the servers to list. They are applied by the platform.
      - V(name) and V(host) are regular expressions; V(status) is a state such as V(ACTIVE); V(image) and V(flavor)
        are names or IDs, looked up in each project; V(changes_since) is a time such as V(2026-01-31T00:00:00Z).
      - A dictionary; in the environment variable it is written in JSON or YAML.
    type: raw
    default: {}
    env:
      - name: CLOUDOS_INVENTORY_FILTERS
  page_size:
    description: Number of servers to request at once. It must not exceed the maximum of the platform.
    type: int
    default: 1000
    env:
      - name: CLOUDOS_INVENTORY_PAGE_SIZE
  page_concurrency:
    description:
      - How many pages of a project to request concurrently. By default, they are read one after the other.
      - It is useful if the platform is slow in returning pages of many servers. It takes one more request for the short
        list of the servers (one for each page of it, if the platform limits that list, too), and memory for the pages
        in transit. With O(filters), it has no effect.
      - Several O(projects) are always read concurrently.
    type: int
    default: 1
    env:
      - name: CLOUDOS_INVENTORY_PAGE_CONCURRENCY
  hostnames:
    description:
      - What to name a host after, in order of preference. Each entry is a property, a path such as V(metadata.fqdn),
        or a Jinja2 expression without braces. The first one with a non-empty result is used.
      - If there is none, a server has its own name, or its ID if it has no name. With O(strict), an entry that
        cannot be evaluated is an error.
      - A name that is also the name of a group or of the controller, such as V(all) or V(localhost), becomes
        C(<name>_<id>). So does the name of a different server that a previous inventory source has listed.
    type: list
    elements: str
    default: [name]
    env:
      - name: CLOUDOS_INVENTORY_HOSTNAMES
  equal_names:
    description: What to do if several servers have the same host name.
    type: str
    default: name
    choices:
      name: The oldest server of the first project keeps the name, all others become C(<name>_<id>).
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
  - The plugin sends one request for each page of each project, one more for the nodes if a project has bare-metal
    instances, one more for the flavors if servers are returned without their flavor IDs (nova from microversion 2.47
    on), one more if O(filters) name an image and one if they name a flavor, and logs in only if there is no cached
    token. With O(cache) and a warm cache, it sends nothing.
  - An expression that is a plain path, such as V(status) or V(metadata.role), is very fast. Every other expression is
    evaluated by Jinja2 for each host.
  - The cache is separated by endpoint, user, projects, filters and version of the collection, so that a change of these
    never returns the hosts of another project. It contains no secrets.
  - Strings of the connection, O(projects) and O(filters) can be templates in the file, for example to use a lookup.
    Extra variables are available in them with O(use_extra_vars).
seealso:
  - module: h3c.cloudos.cloudos_server_info
  - module: h3c.cloudos.cloudos_baremetal_instance_info
"""

EXAMPLES = r"""
# fmt: code
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
from ansible import constants as C
from ansible.errors import AnsibleError, AnsibleParserError
from ansible.inventory.manager import split_host_pattern
from ansible.plugins.inventory import BaseInventoryPlugin, Cacheable, Constructable
from ansible.utils.vars import combine_vars

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.connection import Connection
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.errors import CloudError, OptionError
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.parallel import Logins, ThreadClient, side_by_side
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.secrets import Redactor
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.session import REQUESTS_IMPORT_ERROR
from ansible_collections.h3c.cloudos.plugins.module_utils.model.context import Context
from ansible_collections.h3c.cloudos.plugins.module_utils.model.resource import Filter
from ansible_collections.h3c.cloudos.plugins.module_utils.module import option_checks
from ansible_collections.h3c.cloudos.plugins.module_utils.module.argument_spec import CONNECTION, connection
from ansible_collections.h3c.cloudos.plugins.module_utils.resources._instances import (
    SHORT_LIST,
    is_bare_metal,
    is_going,
)
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.baremetal.instance import BAREMETAL_INSTANCE
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.baremetal.node import BAREMETAL_NODE
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.compute import flavor
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.compute.server import SERVER
from ansible_collections.h3c.cloudos.plugins.plugin_utils.constructed import Constructor
from ansible_collections.h3c.cloudos.plugins.plugin_utils.expressions import (
    ASK,
    MISSING,
    Path,
    compile_once,
    path_of,
    value_at,
)
from ansible_collections.h3c.cloudos.plugins.plugin_utils.memory import seldom_collected
from ansible_collections.h3c.cloudos.plugins.plugin_utils.pages import PagedList
from ansible_collections.h3c.cloudos.plugins.plugin_utils.texts import DataTexts, data, each_text, trusted

# Of the collection: what one version has cached is not read by another.
VERSION = "1.0.0"
PREFIX = "cloudos_"

_FILTERS = {"name": Filter("name"), **SERVER.filters}
# A list does not return them.
_UNKNOWN = (f"{PREFIX}volumes", f"{PREFIX}ports")
# What is returned of the node of a bare-metal instance.
_NODE_FACTS = (
    *("id", "name", "driver", "resource_class", "power_state", "provision_state", "last_error"),
    *("maintenance", "maintenance_reason", "properties"),
)
# How a user is refused who may not list nodes.
_NOT_FOR_ALL = frozenset({403, 404})
_KEYED_GROUPS = "CLOUDOS_INVENTORY_KEYED_GROUPS"
# How many projects are read at the same time.
_PROJECTS_AT_ONCE = 8
_PLAIN_NAME = re.compile(r"[\w.-]+")
_MOST_SHOWN = 10


@dataclasses.dataclass(frozen=True)
class Question:
    """What is asked of the platform."""

    connection: Connection
    projects: tuple[t.Optional[str], ...]
    filters: t.Mapping[str, str]
    page_size: int
    page_concurrency: int

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
        compile_once(self.templar)
        with seldom_collected():
            self._fill(self._servers(self._question(), cache))

    # --- options

    def set_options(
        self, task_keys: t.Optional[dict] = None, var_options: t.Optional[dict] = None, direct: t.Optional[dict] = None
    ) -> None:
        """An empty variable counts as not set, as it does for modules: AWX sets one for each field of a credential."""
        empty = _empty_variables(self._load_name)
        defaults = {name: default for name, default in empty.items() if default is not None}
        super().set_options(task_keys, var_options, {**defaults, **(direct or {})})
        for name in empty.keys() - defaults.keys() - (direct or {}).keys() - {"api_url"}:
            self._options[name] = None  # a default that is none cannot be given

    def _question(self) -> Question:
        params = {name: self._templated(name) for name in CONNECTION}
        try:
            option_checks.check(CONNECTION, params)
        except OptionError as error:
            raise AnsibleParserError(str(error)) from None
        api = connection(params)
        projects = tuple(dict.fromkeys(self._templated("projects"))) or (api.project,)
        filters = self._structure("filters", dict)
        unknown = sorted(set(filters) - set(_FILTERS))
        if unknown:
            raise AnsibleParserError(
                f"filters: the platform does not filter by {', '.join(unknown)}; it knows {', '.join(_FILTERS)}."
            )
        several = sorted(name for name, value in filters.items() if isinstance(value, (list, dict)))
        if several:
            raise AnsibleParserError(f"filters: {', '.join(several)}: the platform takes one value of each.")
        wanted = {name: str(value) for name, value in filters.items() if value is not None}
        return Question(api, projects, wanted, self._at_least_one("page_size"), self._at_least_one("page_concurrency"))

    def _at_least_one(self, name: str) -> int:
        value = self.get_option(name)
        if value < 1:
            raise AnsibleParserError(f"{name}: must be 1 or more, not {value}.")
        return value

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
                value = each_text(trusted, yaml.safe_load(value))
            except yaml.YAMLError as error:
                raise AnsibleParserError(f"{name}: neither JSON nor YAML: {error}") from None
        if value is None:
            return kind()
        if not isinstance(value, kind):
            raise AnsibleParserError(f"{name}: must be a {'dictionary' if kind is dict else 'list'}, not {value!r}.")
        return value

    # --- servers

    def _servers(self, question: Question, use_cache: bool) -> t.Iterator[dict]:
        """The servers, from the cache if possible. They are kept as texts: caches sort the keys of dictionaries."""
        keep = self.get_option("cache")
        kept = self._cache.get(question.cache_key) if keep and use_cache else None
        if kept is not None:
            return map(json.loads, kept)
        servers = self._fetch(question)
        if keep:
            self._cache[question.cache_key] = [json.dumps(server) for server in servers]
        return _handed_over(servers)

    def _fetch(self, question: Question) -> list[dict]:
        """The servers of all projects, project after project, in each the oldest first."""
        if REQUESTS_IMPORT_ERROR is not None:
            raise AnsibleParserError(f"The inventory needs the Python library requests: {REQUESTS_IMPORT_ERROR}")
        redactor, logins = Redactor(), Logins()
        try:
            clients = [
                ThreadClient(dataclasses.replace(question.connection, project=project), redactor, logins)
                for project in question.projects
            ]
            found = side_by_side(lambda client: self._fetch_project(question, client), clients, _PROJECTS_AT_ONCE)
        except CloudError as error:
            raise AnsibleParserError(redactor.text(str(error))) from None
        servers: dict[str, dict] = {}
        for project, machines in zip(question.projects, found):
            for machine in sorted(machines, key=lambda machine: (machine["created"] or "", machine["id"] or "")):
                machine["project"] = project or machine["project_id"]
                servers.setdefault(machine["id"], machine)
        return list(servers.values())

    def _fetch_project(self, question: Question, client: ThreadClient) -> list[dict]:
        """The machines of one project. Pages are read as they come, and let go."""
        machines: list[dict] = []
        count, project = 0, client.connection.project or "default project"
        try:
            run = Context(client, {})
            for page in _pages(question, run):
                count += len(page)
                existing = [raw for raw in map(SERVER.unwrap, page) if not is_going(raw)]
                machines += map(_machine, self._with_flavors(run, existing))
            instances = [machine for machine in machines if machine["kind"] == "baremetal_instance"]
            nodes = self._nodes(run) if instances else {}
            for instance in instances:
                instance["baremetal_node"] = nodes.get(instance["id"], {})
        finally:
            client.close()
            for text in client.retries:
                self.display.v(text)
        self.display.vv(f"{project}: {count} machines, requests {dict(client.requests)}")
        return machines

    def _with_flavors(self, run: Context, servers: list[dict]) -> list[dict]:
        """The servers with the ids of their flavors, if flavors can be listed where it takes their list to know."""
        try:
            return [flavor.with_id(run, raw) for raw in servers]
        except CloudError as error:
            if error.status not in _NOT_FOR_ALL:
                raise
            self.display.v(f"The IDs of flavors are not known: {error}")
            return servers

    def _nodes(self, run: Context) -> dict[str, dict]:
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

    def _fill(self, servers: t.Iterator[dict]) -> None:
        """Servers as hosts. Each gives way to its variables, so that a large inventory is not there twice."""
        texts = DataTexts()
        hosts = [_variables(server, texts) for server in servers]
        constructor = Constructor(self, self._expressions, PREFIX, self._extra_vars)
        names = self._host_names(hosts, constructor)
        self._warn_of_unaddressable(names)
        constructor.add(names, hosts)

    def _host_names(self, hosts: list[dict], constructor: Constructor) -> list[str]:
        """A name for each server, no two alike."""
        preferences = [(entry, constructor.path(entry, self._extra_vars)) for entry in self.get_option("hostnames")]
        names = [self._host_name(preferences, variables, constructor) for variables in hosts]
        self._keep_off_others(names, hosts)
        count = collections.Counter(names)
        if len(count) == len(names):
            return names
        policy = self.get_option("equal_names")
        ids = [(variables[f"{PREFIX}id"], variables[f"{PREFIX}project"]) for variables in hosts]
        equal = ", ".join(f"{name} ({id} in {project})" for name, (id, project) in zip(names, ids) if count[name] > 1)
        if policy == "error":
            raise AnsibleParserError(f"equal_names: several servers come to the same host name: {equal}.")
        self.display.warning(f"equal_names: hosts were renamed because their names are equal: {equal}.")
        taken: set[str] = set()
        for number, (name, (id, project)) in enumerate(zip(names, ids)):
            if policy == "name_project" and count[name] > 1:
                name = f"{name}_{project}"
            while name in taken:
                name = f"{name}_{id}"
            taken.add(name)
            names[number] = data(name)
        return names

    def _keep_off_others(self, names: list[str], hosts: list[dict]) -> None:
        """Name no host like a group, whose hosts would all get its variables, the controller, or another server."""
        whose = dict.fromkeys(set(self.inventory.groups) - set(self.inventory.hosts), "a group")
        whose.update(dict.fromkeys(map(self._sanitize_group_name, self._expressions["groups"]), "a group"))
        whose.update(dict.fromkeys(C.LOCALHOST, "the controller"))
        for number, name in enumerate(names):
            id, other = hosts[number][f"{PREFIX}id"], self.inventory.hosts.get(name)
            if name not in whose and other and other.vars.get(f"{PREFIX}id", id) != id:
                if self.get_option("equal_names") == "error":
                    raise AnsibleParserError(f"equal_names: {name} ({id}) is the name of a server of another source.")
                whose[name] = "a server of another source"
            if name in whose:
                names[number] = data(f"{name}_{id}")
                self.display.warning(
                    f"hostnames: {name} is the name of {whose[name]}; the host is called {names[number]}."
                )

    def _warn_of_unaddressable(self, names: list[str]) -> None:
        """Name the hosts that no pattern means as they are called, with what does."""
        found = [name for name in names if not _is_pattern(name)]
        if found:
            more = f" and {len(found) - _MOST_SHOWN} more" if len(found) > _MOST_SHOWN else ""
            self.display.warning(
                f"hostnames: a pattern cannot address {', '.join(map(repr, found[:_MOST_SHOWN]))}{more}: blanks, "
                "commas, colons, brackets and a leading !, & or ~ mean something else there. Write ? in the place of "
                "each such character (--limit 'web?1'), or name hosts after something else with hostnames."
            )

    def _host_name(
        self, preferences: list[tuple[t.Any, t.Optional[Path]]], variables: dict, constructor: Constructor
    ) -> str:
        for expression, path in preferences:
            name = value_at(path, variables) if path else ASK
            if isinstance(name, str) and name:
                return str.__str__(name)  # it holds no template, and the inventory takes no marks
            try:
                if name is ASK or (name is MISSING and self.get_option("strict")):
                    name = self._compose(expression, constructor.known(variables))
            except Exception as error:
                if self.get_option("strict"):
                    id = variables[f"{PREFIX}id"]
                    raise AnsibleParserError(f"hostnames: {expression} of server {id}: {error}") from None
                continue
            if name is not None and name is not MISSING and name != "":
                return name if isinstance(name, str) else data(str(name))
        return variables[f"{PREFIX}name"] or variables[f"{PREFIX}id"]

    def _compose(self, template: t.Any, variables: dict, *others: t.Any) -> t.Any:
        """The value of an expression. A template that comes of it is data: part of it may be of the platform."""
        path = path_of(template)
        value = ASK if path is None or path[0] in self._extra_vars else value_at(path, variables)
        if value is ASK or value is MISSING:
            value = super()._compose(template, variables, *others)
        else:  # the parent_group of keyed_groups is evaluated next
            self.templar.available_variables = combine_vars(variables, self._extra_vars)
        return each_text(data, value)


def _is_pattern(name: str) -> bool:
    """Whether the name of a host means it where hosts are chosen (hosts, --limit)."""
    if _PLAIN_NAME.fullmatch(name):
        return True
    return split_host_pattern(name) == [name] and "[" not in name and name[0] not in "!&~"


def _pages(question: Question, run: Context) -> t.Iterator[list[dict]]:
    """The machines of a project as the platform tells them. The short list knows no filters."""
    query, size = _query(run, question.filters), question.page_size
    if query or question.page_concurrency < 2:
        return run.client.pages(SERVER.list_operation, SERVER.plural, query=query, page_size=size)
    return PagedList(run.client, SERVER.list_operation, SERVER.plural, size).pages(
        SHORT_LIST, question.page_concurrency
    )


def _handed_over(servers: list[dict]) -> t.Iterator[dict]:
    """The servers in their order; the list does not keep them."""
    servers.reverse()
    while servers:
        yield servers.pop()


def _query(run: Context, filters: t.Mapping[str, str]) -> dict[str, str]:
    """Filters as the platform knows them, names turned into IDs."""
    query = {}
    for name, value in filters.items():
        known = _FILTERS[name]
        query[known.parameter] = run.resolve(known.reference, value, f"filters: {name}") if known.reference else value
    return query


def _machine(raw: dict) -> dict:
    """A server, or a bare-metal instance."""
    resource = BAREMETAL_INSTANCE if is_bare_metal(raw) else SERVER
    found = resource.read(raw)
    found["kind"] = resource.name
    return found


def _facts(node: dict) -> dict:
    return {**{name: node[name] for name in _NODE_FACTS}, "ipmi_address": node["ipmi"]["address"]}


def _empty_variables(name: str) -> dict[str, t.Any]:
    """The options of a plugin whose variables of the environment are empty, with their defaults."""
    options = C.config.get_configuration_definitions("inventory", name)
    return {
        option: rules.get("default")
        for option, rules in options.items()
        if any(_is_empty(variable["name"]) for variable in rules.get("env") or [])
    }


def _is_empty(variable: str) -> bool:
    return variable.startswith("CLOUDOS_") and os.environ.get(variable) == ""


# --- variables ---------------------------------------------------------------------------------------------------


def _variables(server: dict, texts: DataTexts) -> dict:
    """The variables of a server: its properties with the prefix, and ansible_host."""
    variables = {
        _VARIABLES[name]: value if value is None else texts[value] if value.__class__ is str else texts.of(value)
        for name, value in server.items()
    }
    for name in _UNKNOWN:
        variables.pop(name, None)
    address = _address(server)
    if address:
        variables["ansible_host"] = texts[address]
    return variables


class _Names(dict):
    """The names of variables by those of properties, each made once."""

    def __missing__(self, name: str) -> str:
        self[name] = made = f"{PREFIX}{name}"
        return made


_VARIABLES = _Names()


def _address(server: dict) -> t.Optional[str]:
    """The first fixed IPv4 address, else the first fixed address."""
    other = None
    for entries in server["addresses"].values():
        for entry in entries:
            if entry["type"] != "floating" and entry["addr"]:
                if entry["version"] == 4:
                    return entry["addr"]
                other = other or entry["addr"]
    return other
