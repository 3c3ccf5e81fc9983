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
      - V(name) is the whole name of a server, as it is for M(h3c.cloudos.cloudos_server_info); V(name_pattern) and
        V(host) are regular expressions; V(status) is a state such as V(ACTIVE); V(image) and V(flavor) are names or
        IDs, looked up in each project; V(changes_since) is a time such as V(2026-01-31T00:00:00Z).
      - A dictionary; in the environment variable it is written in JSON or YAML.
    type: raw
    default: {}
    env:
      - name: CLOUDOS_INVENTORY_FILTERS
  include:
    description:
      - Conditions for hosts. Only those for which one of them is true become hosts. By default, all do.
      - Each is a Jinja2 expression without braces, or a path such as V(metadata.managed). A value that is missing or
        empty is not true, and neither are texts that mean it, such as V(false) and V(no).
      - An expression that fails for another reason than a missing value is an error.
      - An expression or a list of them; in the environment variable a list is written in JSON or YAML.
    type: raw
    env:
      - name: CLOUDOS_INVENTORY_INCLUDE
  exclude:
    description: Conditions such as those of O(include). Those for which one of them is true become no hosts.
    type: raw
    env:
      - name: CLOUDOS_INVENTORY_EXCLUDE
  join:
    description:
      - What to look up the names of. V(flavor) adds C(cloudos_flavor_name), V(image) adds C(cloudos_image_name) to the
        IDs in C(cloudos_flavor) and C(cloudos_image). The name of what no longer exists is empty.
      - Each costs one request for all servers; one more for a project in which something is missing in the lists of
        those before.
    type: list
    elements: str
    choices: [flavor, image]
    default: []
    env:
      - name: CLOUDOS_INVENTORY_JOIN
  host_variables:
    description:
      - Which properties become variables of hosts, with or without the prefix C(cloudos_). V(all) is all of them.
      - C(cloudos_id), C(ansible_host) and what O(compose) makes are always variables. Expressions know all properties.
    type: list
    elements: str
    default: [all]
    env:
      - name: CLOUDOS_INVENTORY_HOST_VARIABLES
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
      - It does not help against a slow network. Only a server that is known can be the start of a page, so the pages of
        the short list are requested one after the other, and take as many round trips as the largest pages of servers.
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
      - Names can change on the platform, and an inventory has no memory. With V(id), a host is the same host as long as
        its server exists; its name is in C(cloudos_name).
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
      name: The oldest server of all projects keeps the name, all others become C(<name>_<id>).
      name_project:
        Each of them becomes C(<name>_<project>), the project as it was given, the first one too as soon as there is a
        second. If that is not enough, C(_<id>) is appended as with V(name).
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
  - h3c.cloudos.inventory_connection
requirements:
  - requests >= 2.25 (Python library, on the controller)
notes:
  - The plugin sends one request for each page of each project, one more for the nodes if a project has bare-metal
    instances, one more for the flavors if O(join) or O(filters) name them or if servers are returned without their
    flavor IDs (nova from microversion 2.47 on), one more for the images if O(join) or O(filters) name them, and logs in
    only if there is no cached token. With O(cache) and a warm cache, it sends nothing.
  - An expression that is a plain path, such as V(status) or V(metadata.role), is very fast, also with C(default),
    C(lower) or C(==). Any other expression is evaluated by Jinja2, once for the same values if it depends on properties
    only, otherwise for each host.
  - An unknown option is an error.
  - The cache is separated by endpoint, user, projects, O(filters), O(join) and version of the collection, so that a
    change of these never returns the hosts of another project. It contains no secrets.
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
# Hosts that stay the same when servers are renamed; their names are in cloudos_name
plugin: h3c.cloudos.cloudos
hostnames: [id]
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
# Managed servers with their flavors and images by name; hosts have few variables
plugin: h3c.cloudos.cloudos
join: [flavor, image]
exclude:
  - metadata.unmanaged
  - name.startswith('test-')
host_variables: [name, status, ip_address, floating_ip, security_groups, flavor_name, image_name]
keyed_groups:
  - key: flavor_name | default('none', true)
    prefix: flavor
---
# Kept for ten minutes; a run within that time sends nothing
plugin: h3c.cloudos.cloudos
cache: true
cache_plugin: ansible.builtin.jsonfile
cache_connection: ~/.cache/cloudos-inventory
cache_timeout: 600
"""

import typing as t

from ansible.errors import AnsibleParserError
from ansible.plugins.inventory import BaseInventoryPlugin, Cacheable, Constructable
from ansible.utils.vars import combine_vars

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.json_types import Json
from ansible_collections.h3c.cloudos.plugins.plugin_utils import translation
from ansible_collections.h3c.cloudos.plugins.plugin_utils.constructed import Constructor
from ansible_collections.h3c.cloudos.plugins.plugin_utils.gc_tuning import relaxed_gc
from ansible_collections.h3c.cloudos.plugins.plugin_utils.inventory_cache import packed, unpacked
from ansible_collections.h3c.cloudos.plugins.plugin_utils.inventory_fetching import Fetcher
from ansible_collections.h3c.cloudos.plugins.plugin_utils.inventory_file import shown_variables
from ansible_collections.h3c.cloudos.plugins.plugin_utils.inventory_naming import HostNames
from ansible_collections.h3c.cloudos.plugins.plugin_utils.inventory_options import Options, Question, empty_variables
from ansible_collections.h3c.cloudos.plugins.plugin_utils.inventory_selection import Selection
from ansible_collections.h3c.cloudos.plugins.plugin_utils.inventory_variables import PREFIX, variables_of
from ansible_collections.h3c.cloudos.plugins.plugin_utils.paths import ASK, MISSING, compile_once, path_of, value_at
from ansible_collections.h3c.cloudos.plugins.plugin_utils.trust import DataTexts, data, each_text


class InventoryModule(BaseInventoryPlugin, Constructable, Cacheable):
    """Servers of CloudOS as hosts."""

    NAME = "h3c.cloudos.cloudos"

    def verify_file(self, path: str) -> bool:
        return super().verify_file(path) and str(path).endswith((".cloudos.yml", ".cloudos.yaml"))

    def parse(self, inventory: t.Any, loader: t.Any, path: str, cache: bool = True) -> None:
        super().parse(inventory, loader, path, cache)
        file = self._read_config_data(path)
        speak = translation.words(self.get_option(translation.OPTION))
        if speak is None:
            self._parse(file, cache)
            return
        self.display = translation.Speaker(self.display, speak)  # type: ignore[assignment]  # it has its methods
        try:
            self._parse(file, cache)
        except AnsibleParserError as error:
            raise AnsibleParserError(speak(str(error))) from None

    def _parse(self, file: Json, cache: bool) -> None:
        self._extra_vars = (self._vars or {}) if self.get_option("use_extra_vars") else {}
        options = Options(self, file, self._extra_vars)
        self._expressions = options.expressions()
        self._conditions = {name: options.conditions(name) for name in ("include", "exclude")}
        self._shown = shown_variables(self.get_option("host_variables"))
        compile_once(self.templar)
        with relaxed_gc():
            self._fill(self._servers(options.question(), cache))

    def set_options(
        self, task_keys: t.Optional[Json] = None, var_options: t.Optional[Json] = None, direct: t.Optional[Json] = None
    ) -> None:
        """An empty variable counts as not set, as it does for modules: AWX sets one for each field of a credential."""
        empty = empty_variables(self._load_name)
        defaults = {name: default for name, default in empty.items() if default is not None}
        super().set_options(task_keys, var_options, {**defaults, **(direct or {})})
        for name in empty.keys() - defaults.keys() - (direct or {}).keys():
            self._options[name] = None  # a default that is none cannot be given

    def _servers(self, question: Question, use_cache: bool) -> t.Iterator[Json]:
        """The servers, from the cache if possible."""
        keep = self.get_option("cache")
        kept = self._cache.get(question.cache_key) if keep and use_cache else None
        if kept is not None:
            return unpacked(kept)
        servers = self._fetch(question)
        if keep:
            self._cache[question.cache_key] = packed(servers)
        return _handed_over(servers)

    def _fetch(self, question: Question) -> list[Json]:
        return Fetcher(self.display).fetch(question)

    def _fill(self, servers: t.Iterator[Json]) -> None:
        """Servers as hosts. Each gives way to its variables, so that a large inventory is not there twice."""
        texts = DataTexts()
        hosts = [variables_of(server, texts) for server in servers]
        constructor = Constructor(self, self._expressions, PREFIX, self._extra_vars, self._shown)
        hosts = Selection(self, constructor, self._conditions, self._extra_vars).of(hosts)
        naming = HostNames(self, constructor, self._expressions["groups"], self._extra_vars)
        names = naming.of(hosts)
        naming.warn_of_unaddressable(names)
        constructor.add(names, hosts)

    def _compose(self, template: t.Any, variables: Json, *others: t.Any) -> t.Any:
        """The value of an expression. A template that comes of it is data: part of it may be of the platform."""
        path = path_of(template)
        value = ASK if path is None or path[0] in self._extra_vars else value_at(path, variables)
        if value is ASK or value is MISSING:
            value = super()._compose(template, variables, *others)
        else:  # the parent_group of keyed_groups is evaluated next
            self.templar.available_variables = combine_vars(variables, self._extra_vars)
        return each_text(data, value)


def _handed_over(servers: list[Json]) -> t.Iterator[Json]:
    """The servers in their order; the list does not keep them."""
    servers.reverse()
    while servers:
        yield servers.pop()
