# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The inventory plugin in this process: options go in, the hosts and groups of an inventory come out."""

from __future__ import annotations

import functools
from typing import Any

import yaml
from ansible.inventory.data import InventoryData
from ansible.parsing.dataloader import DataLoader
from ansible.plugins.doc_fragments import constructed, inventory_cache

from ansible_collections.h3c.cloudos.plugins.doc_fragments import inventory_connection
from ansible_collections.h3c.cloudos.plugins.inventory import cloudos
from ansible_collections.h3c.cloudos.plugins.module_utils.resources._addresses import first_addresses
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.compute.server import SERVER
from ansible_collections.h3c.cloudos.plugins.plugin_utils.trust import each_text, trusted
from simulator import Simulator, seeds


@functools.cache
def documented_options() -> dict[str, dict[str, Any]]:
    """The options as Ansible sees them: those of the plugin over those of the fragments."""
    fragments = [constructed, inventory_cache, inventory_connection]
    documents = [fragment.ModuleDocFragment.DOCUMENTATION for fragment in fragments]
    options: dict[str, dict[str, Any]] = {}
    for document in [*documents, cloudos.DOCUMENTATION]:
        for name, option in yaml.safe_load(document)["options"].items():
            options[name] = {**options.get(name, {}), **option}
    return options


class OptionsOnly(cloudos.InventoryModule):
    """The plugin, with its options given directly instead of read from a file."""

    def __init__(self, **given: Any) -> None:
        super().__init__()
        defaults = {name: option.get("default") for name, option in documented_options().items()}
        self._given = each_text(trusted, given)
        self._all = each_text(trusted, {**defaults, "api_url": "http://cloud.example.com:11000"})
        self._all.update(self._given)

    def get_option(self, option: str, hostvars: Any = None) -> Any:
        return self._all[option]

    @property
    def option_definitions(self) -> dict[str, Any]:
        return documented_options()

    def _read_config_data(self, path: str) -> dict[str, Any]:
        return self._given


def server(name: str = "web", **properties: Any) -> dict[str, Any]:
    """A server as the platform's answer is read, in the project that was given as `admin`."""
    raw = {"id": f"id-of-{name}", "name": name, "status": "ACTIVE", "tenant_id": "9052ae85", "addresses": {}}
    ip_address, floating_ip = first_addresses(properties.get("addresses", {}))
    found = {**SERVER.read(raw), "ip_address": ip_address, "floating_ip": floating_ip}
    return {"kind": "server", **found, "project": "admin", **properties}


def plugin(cloud: Simulator, **options: Any) -> OptionsOnly:
    """The plugin as the administrator of a simulated cloud."""
    login = {"api_username": "admin", "api_password": seeds.ADMIN_PASSWORD, "api_project": "admin"}
    return OptionsOnly(**{"api_url": cloud.url, **login, **options})


def operations(cloud: Simulator) -> list[str]:
    """What a simulated cloud was asked."""
    return [entry["operation"] for entry in cloud.log()]


def parse(
    plugin: cloudos.InventoryModule,
    servers: list[dict[str, Any]] | None = None,
    inventory: InventoryData | None = None,
) -> InventoryData:
    """Run the plugin; with `servers` nothing is asked of a platform, an inventory may hold something before."""
    if servers is not None:
        plugin._fetch = lambda question: list(servers)
    inventory = inventory or InventoryData()
    plugin.parse(inventory, DataLoader(), "/nowhere/web.cloudos.yml")
    return inventory
