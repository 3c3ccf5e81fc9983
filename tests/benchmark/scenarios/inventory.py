# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the inventory plugin costs, beside the least that the same inventory can cost.

    python tests/benchmark/inventory.py [--servers 1000 10000] [--runs 5]

The least is this: the same pages fetched with requests, and the same hosts, variables and groups put straight into
Ansible's inventory objects. Both read from a server of canned pages, each in a process of its own, in turn. Imports are
not timed, but count in the peak of memory. With a warm cache the plugin does everything but fetch.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime
import hashlib
import http.server
import json
import multiprocessing
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

import requests
import yaml

REPOSITORY = Path(__file__).resolve().parents[2]
PROJECT = "9052ae85792143ff955c35c52e8e41bd"
PATH = f"/os/compute/v1/v2/{PROJECT}/servers/detail"
TOKEN = "a-token"
PAGE = 1000
BEGINNING = datetime.datetime(2026, 1, 1)
GROUPS = {"status": "status", "zone": "availability_zone", "role": "metadata.role"}
KINDS = ("floor", "plugin", "warm cache")


class Row(NamedTuple):
    """Medians of one way to make one inventory; `ratio` and `memory` are to the floor of the same pair of runs."""

    name: str
    seconds: float
    peak_mb: float
    requests: int
    ratio: float
    memory: float


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--servers", type=int, nargs="+", default=[1000, 10000])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--one", nargs=3, metavar=("KIND", "URL", "FOLDER"), help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        print(json.dumps(measure(*chosen.one)))
        return 0
    print(f"An inventory with three keyed groups, medians of {chosen.runs} runs in turn\n")
    print("| | seconds | peak MB | requests | seconds / floor | peak / floor |")
    print("|---|---:|---:|---:|---:|---:|")
    for row in rows(chosen.servers, chosen.runs):
        figures = f"{row.seconds:.2f} | {row.peak_mb:.0f} | {row.requests} | {row.ratio:.2f} | {row.memory:.2f}"
        print(f"| {row.name} | {figures} |")
    return 0


def rows(sizes: list[int], runs: int) -> list[Row]:
    """The medians for inventories of these sizes, each made in every way."""
    found = []
    for size in sizes:
        with canned(size) as url, tempfile.TemporaryDirectory() as folder:
            run("warm cache", url, folder)  # fills the cache, and writes byte code
            results = [{kind: run(kind, url, folder) for kind in KINDS} for _run in range(runs)]
        assert len({result["content"] for pair in results for result in pair.values()}) == 1, "not the same inventory"
        found += [median(kind, size, results) for kind in KINDS]
    return found


def median(kind: str, size: int, results: list[dict[str, dict]]) -> Row:
    def of(name: str) -> float:
        return statistics.median(pair[kind][name] for pair in results)

    def to_floor(name: str) -> float:
        return statistics.median(pair[kind][name] / pair["floor"][name] for pair in results)

    sent = int(of("requests"))
    return Row(f"{size} servers, {kind}", of("seconds"), of("peak_mb"), sent, to_floor("seconds"), to_floor("peak_mb"))


def run(kind: str, url: str, folder: str) -> dict[str, Any]:
    """One measurement in a process of its own, with the number of requests that it sent."""
    environment = {**os.environ, "ANSIBLE_COLLECTIONS_PATH": str(REPOSITORY / ".venv" / "collections")}
    environment |= {"ANSIBLE_HOME": folder, "XDG_CACHE_HOME": folder, "ANSIBLE_LOCALHOST_WARNING": "false"}
    before = requests.get(f"{url}/count", timeout=30).json()
    command = [sys.executable, __file__, "--one", kind, url, folder]
    output = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
    return {**json.loads(output), "requests": requests.get(f"{url}/count", timeout=30).json() - before}


# --- one measurement, in a process of its own --------------------------------------------------------------------


def measure(kind: str, url: str, folder: str) -> dict[str, Any]:
    """Seconds, peak of memory, and a hash of the inventory that came of it."""
    inventory, work = prepare_floor(url) if kind == "floor" else prepare_plugin(url, folder, kind == "warm cache")
    started = time.perf_counter()
    work()
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "peak_mb": peak, "content": content(inventory)}


def prepare_floor(url: str) -> tuple[Any, Any]:
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


def prepare_plugin(url: str, folder: str, cache: bool) -> tuple[Any, Any]:
    from ansible.inventory.data import InventoryData
    from ansible.parsing.dataloader import DataLoader
    from ansible.plugins.loader import init_plugin_loader, inventory_loader

    init_plugin_loader()
    file = Path(folder) / "bench.cloudos.yml"
    options = {"plugin": "h3c.cloudos.cloudos", "api_url": url, "api_token": TOKEN, "api_project": PROJECT}
    keyed = [{"key": key, "prefix": prefix} for prefix, key in GROUPS.items()]
    kept = {"cache": cache, "cache_plugin": "ansible.builtin.jsonfile", "cache_connection": f"{folder}/cache"}
    file.write_text(yaml.safe_dump({**options, **kept, "page_size": PAGE, "keyed_groups": keyed}))
    plugin, inventory = inventory_loader.get("h3c.cloudos.cloudos"), InventoryData()

    def work() -> None:
        plugin.parse(inventory, DataLoader(), str(file))
        if cache:
            plugin.update_cache_if_changed()

    return inventory, work


def content(inventory: Any) -> str:
    """A hash of hosts, variables and groups; where the inventory came from does not count."""
    for host in inventory.hosts.values():
        host.vars.pop("inventory_file"), host.vars.pop("inventory_dir")
    hosts = {str(name): host.vars for name, host in inventory.hosts.items()}
    groups = {str(name): [host.name for host in group.hosts] for name, group in inventory.groups.items()}
    return hashlib.sha256(json.dumps([hosts, groups], sort_keys=True).encode()).hexdigest()


# --- a platform with canned answers ------------------------------------------------------------------------------


@contextlib.contextmanager
def canned(servers: int) -> Iterator[str]:
    """The address of a server that answers at once with pages of so many servers."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.Process(target=serve, args=(servers, theirs), daemon=True)
    process.start()
    try:
        yield ours.recv()
    finally:
        process.terminate()
        process.join()


def serve(servers: int, pipe: Any) -> None:
    all_servers = [server(number) for number in range(servers)]
    pages, marker = {}, None
    for start in range(0, servers + 1, PAGE):
        page = all_servers[start : start + PAGE]
        pages[marker] = json.dumps({"servers": page}).encode()
        marker = page[-1]["id"] if page else None

    class Canned(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1
        answered = 0

        def do_GET(self) -> None:
            address = urlsplit(self.path)
            if address.path == "/count":
                self.answer(str(Canned.answered).encode())
                return
            Canned.answered += 1
            self.answer(pages[parse_qs(address.query).get("marker", [None])[0]])

        def answer(self, body: bytes) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments: Any) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Canned) as listening:
        pipe.send(f"http://127.0.0.1:{listening.server_port}")
        listening.serve_forever()


def server(number: int) -> dict[str, Any]:
    """A server as Nova tells it, about two kilobytes."""
    high, middle, low = number >> 16 & 255, number >> 8 & 255, number & 255
    ids = {kind: f"{number:08x}-{kind:04x}-4a48-4002-921e4b026b41" for kind in range(4)}
    link = "http://172.25.80.30:9000/v2/9052ae85792143ff955c35c52e8e41bd/servers/"
    return {
        "id": ids[0],
        "name": f"web-{number:05d}",
        "status": "ACTIVE" if number % 5 else "SHUTOFF",
        "created": (BEGINNING + datetime.timedelta(minutes=number)).isoformat() + "Z",
        "updated": f"2026-02-{number % 28 + 1:02d}T02:05:26Z",
        "addresses": {
            "net": [
                {
                    "addr": f"10.{high}.{middle}.{low}",
                    "version": 4,
                    "OS-EXT-IPS:type": "fixed",
                    "OS-EXT-IPS-MAC:mac_addr": f"fa:16:3e:{high:02x}:{middle:02x}:{low:02x}",
                }
            ]
        },
        "hostId": hashlib.sha224(str(number % 200).encode()).hexdigest(),
        "flavor": {"id": f"flavor-{number % 10}", "links": [{"href": f"{link}flavors/{ids[1]}", "rel": "bookmark"}]},
        "image": {"id": f"image-{number % 20}", "links": [{"href": f"{link}images/{ids[2]}", "rel": "bookmark"}]},
        "links": [{"href": link + ids[0], "rel": "self"}, {"href": link + ids[0], "rel": "bookmark"}],
        "user_id": "dd95b2489ccf412595e0eb08e7050b6d",
        "tenant_id": PROJECT,
        "metadata": {
            "zone_uuid": "9a67c7b3-4ab6-47af-8654-c656fa520c77",
            "description": f"server {number}",
            "alias": f"web {number}",
            "enableAdminPass": "1",
            "user_name": "admin",
            "role": f"role{number % 50}",
        },
        "security_groups": [{"name": "default"}],
        "OS-EXT-AZ:availability_zone": f"zone{number % 4}",
        "OS-EXT-SRV-ATTR:host": f"compute{number % 200}",
        "OS-EXT-SRV-ATTR:hypervisor_hostname": f"compute{number % 200}.example.com",
        "OS-EXT-SRV-ATTR:instance_name": f"instance-{number:08x}",
        "OS-EXT-STS:power_state": 1,
        "OS-EXT-STS:vm_state": "active",
        "OS-EXT-STS:task_state": None,
        "OS-SRV-USG:launched_at": f"2026-01-{number % 28 + 1:02d}T02:06:26Z",
        "OS-SRV-USG:terminated_at": None,
        "OS-DCF:diskConfig": "MANUAL",
        "accessIPv4": "",
        "accessIPv6": "",
        "config_drive": True,
        "key_name": f"key{number % 30}",
        "os-extended-volumes:volumes_attached": [{"id": ids[3]}],
        "progress": 0,
    }


if __name__ == "__main__":
    sys.exit(main())
