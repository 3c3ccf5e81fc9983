# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Make one inventory in a process of its own and print what it cost: ``python -m benchmark.parse KIND URL FOLDER``.

The floor is the least that an inventory can cost: the pages fetched with requests, one after the other, and hosts,
variables and groups put straight into Ansible's inventory objects. Imports are not timed, but count in the peak of
memory. With a warm cache the plugin does everything but fetch.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import requests
import yaml

FLOOR = "floor"
PLUGIN = "h3c.cloudos.cloudos"
CACHE = "h3c.cloudos.cloudos, warm cache"
PEER = "openstack.cloud.openstack"
PROJECT = "9052ae85792143ff955c35c52e8e41bd"
PATH = f"/os/compute/v1/v2/{PROJECT}/servers/detail"
TOKEN = "a-token"
PAGE = 1000
GROUPS = {"status": "status", "zone": "availability_zone", "role": "metadata.role"}

Prepared = tuple[Any, Callable[[], None]]


def main(kind: str, url: str, folder: str) -> None:
    prepare = {FLOOR: prepare_floor, PLUGIN: prepare_plugin, CACHE: prepare_cached, PEER: prepare_peer}[kind]
    inventory, work = prepare(url, Path(folder))
    before, started = time.process_time(), time.perf_counter()
    work()
    seconds, cpu = time.perf_counter() - started, time.process_time() - before
    peak = peak_mb()
    hosts, found = len(inventory.hosts), None if kind == PEER else content(inventory)
    print(json.dumps({"seconds": seconds, "cpu": cpu, "peak_mb": peak, "hosts": hosts, "content": found}))


def peak_mb() -> float:
    """The peak of memory of this program alone; that of getrusage includes what it was forked from."""
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return int(status["VmHWM"].removesuffix("kB")) / 1024


def prepare_floor(url: str, folder: Path) -> Prepared:
    from ansible.inventory.data import InventoryData

    inventory = InventoryData()
    return inventory, lambda: fill(inventory, fetch(url))


def fetch(url: str) -> Iterator[list[dict]]:
    """The pages, one after the other."""
    session = requests.Session()
    query = {"limit": str(PAGE)}
    while True:
        answer = session.get(url + PATH, params=query, headers={"X-Auth-Token": TOKEN}, timeout=30)
        page = answer.json()["servers"]
        yield page
        if len(page) < PAGE:
            return
        query["marker"] = page[-1]["id"]


def fill(inventory: Any, pages: Iterator[list[dict]]) -> None:
    for page in pages:
        for raw in page:
            name = inventory.add_host(raw["name"])
            host = inventory.hosts[name]
            host.vars.update(variables(raw))
            keys = ("status", raw["status"]), ("zone", raw["OS-EXT-AZ:availability_zone"]), ("role", metadata_role(raw))
            for prefix, value in keys:
                group = f"{prefix}_{value}"
                if group not in inventory.groups:
                    inventory.add_group(group)
                inventory.groups[group].add_host(host)


def metadata_role(raw: dict) -> str:
    return raw["metadata"]["role"]


def variables(raw: dict) -> dict[str, Any]:
    """The variables that the plugin sets, written down as plainly as it can be done."""
    addresses = {
        network: [
            {
                "addr": entry["addr"],
                "version": entry["version"],
                "type": entry["OS-EXT-IPS:type"],
                "mac_address": entry["OS-EXT-IPS-MAC:mac_addr"],
            }
            for entry in entries
        ]
        for network, entries in raw["addresses"].items()
    }
    return {
        "cloudos_kind": "server",
        "cloudos_id": raw["id"],
        "cloudos_name": raw["name"],
        "cloudos_image": raw["image"]["id"],
        "cloudos_flavor": raw["flavor"]["id"],
        "cloudos_availability_zone": raw["OS-EXT-AZ:availability_zone"],
        "cloudos_key_name": raw["key_name"],
        "cloudos_alias": raw["metadata"]["alias"],
        "cloudos_description": raw["metadata"]["description"],
        "cloudos_metadata": raw["metadata"],
        "cloudos_config_drive": raw["config_drive"],
        "cloudos_storage_type_id": None,
        "cloudos_storage_pool": None,
        "cloudos_user": raw["user_id"],
        "cloudos_power_state": "running" if raw["status"] == "ACTIVE" else "stopped",
        "cloudos_status": raw["status"],
        "cloudos_vm_state": raw["OS-EXT-STS:vm_state"],
        "cloudos_task_state": None,
        "cloudos_fault": None,
        "cloudos_addresses": addresses,
        "cloudos_ip_address": addresses["net"][0]["addr"],
        "cloudos_floating_ip": None,
        "cloudos_networks": None,
        "cloudos_security_groups": [group["name"] for group in raw["security_groups"]],
        "cloudos_compute_node": raw["OS-EXT-SRV-ATTR:host"],
        "cloudos_hypervisor_hostname": raw["OS-EXT-SRV-ATTR:hypervisor_hostname"],
        "cloudos_instance_name": raw["OS-EXT-SRV-ATTR:instance_name"],
        "cloudos_host_id": raw["hostId"],
        "cloudos_access_ipv4": raw["accessIPv4"] or None,
        "cloudos_access_ipv6": raw["accessIPv6"] or None,
        "cloudos_project_id": raw["tenant_id"],
        "cloudos_user_id": raw["user_id"],
        "cloudos_created": raw["created"],
        "cloudos_updated": raw["updated"],
        "cloudos_launched_at": raw["OS-SRV-USG:launched_at"],
        "cloudos_terminated_at": raw["OS-SRV-USG:terminated_at"],
        "cloudos_project": raw["tenant_id"],
        "ansible_host": addresses["net"][0]["addr"],
    }


def prepare_plugin(url: str, folder: Path, cache: bool = False) -> Prepared:
    options = {"api_url": url, "api_token": TOKEN, "api_project": PROJECT, "page_size": PAGE}
    kept = {"cache": cache, "cache_plugin": "ansible.builtin.jsonfile", "cache_connection": f"{folder}/cache"}
    return prepare_file(PLUGIN, folder / "bench.cloudos.yml", GROUPS, **options, **kept)


def prepare_cached(url: str, folder: Path) -> Prepared:
    return prepare_plugin(url, folder, cache=True)


def prepare_peer(url: str, folder: Path) -> Prepared:
    """The same servers and groups; nothing that it would fetch beside them."""
    options = {"clouds_yaml_path": [f"{folder}/clouds.yaml"], "only_clouds": ["bench"], "expand_hostvars": False}
    groups = {prefix: f"openstack.{key}" for prefix, key in GROUPS.items()}
    return prepare_file(PEER, folder / "openstack.yml", groups, **options, legacy_groups=False)


def prepare_file(name: str, file: Path, groups: dict[str, str], **options: Any) -> Prepared:
    from ansible.inventory.data import InventoryData
    from ansible.parsing.dataloader import DataLoader
    from ansible.plugins.loader import init_plugin_loader, inventory_loader

    init_plugin_loader()
    keyed = [{"key": key, "prefix": prefix} for prefix, key in groups.items()]
    file.write_text(yaml.safe_dump({"plugin": name, **options, "keyed_groups": keyed}))
    plugin, inventory = inventory_loader.get(name), InventoryData()

    def work() -> None:
        plugin.parse(inventory, DataLoader(), str(file))
        if options.get("cache"):
            plugin.update_cache_if_changed()

    return inventory, work


def content(inventory: Any) -> str:
    """A hash of hosts, variables and groups; where the inventory came from does not count."""
    for host in inventory.hosts.values():
        host.vars.pop("inventory_file"), host.vars.pop("inventory_dir")
    hosts = {str(name): host.vars for name, host in inventory.hosts.items()}
    groups = {str(name): [host.name for host in group.hosts] for name, group in inventory.groups.items()}
    return hashlib.sha256(json.dumps([hosts, groups], sort_keys=True).encode()).hexdigest()


if __name__ == "__main__":
    main(*sys.argv[1:])
