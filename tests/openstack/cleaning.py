# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Back to what is seeded, object by object: much faster than to load the databases again."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from openstack.api import TIMEOUT, Api

Identity = tuple[str, str]  # the address of a kind, and an ID


def identities(api: Api) -> set[Identity]:
    """All that a test may leave, but servers and nodes."""
    return {(url, str(entry["id"])) for url, entries in _lists(api) for entry in entries}


def clean(api: Api, kept: set[Identity]) -> None:
    """Delete everything else, in an order in which nothing holds the rest."""
    _delete_servers(api)
    _delete_nodes(api)
    for url, entries in _lists(api):
        for entry in entries:
            if (url, str(entry["id"])) not in kept:
                _delete(api, url, entry)


def _lists(api: Api) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The kinds in the order in which they can be deleted; each is read when it is its turn."""
    pairs = [{"id": pair["keypair"]["name"]} for pair in api.list(f"{api.nova}/os-keypairs", "keypairs")]
    yield f"{api.nova}/os-keypairs", pairs
    yield f"{api.nova}/flavors", api.list(f"{api.nova}/flavors", is_public="None")
    yield f"{api.nova}/os-server-groups", api.list(f"{api.nova}/os-server-groups", "server_groups", all_projects=1)
    yield f"{api.nova}/os-aggregates", api.list(f"{api.nova}/os-aggregates", "aggregates")
    yield f"{api.glance}/images", api.list(f"{api.glance}/images")
    yield f"{api.cinder}/snapshots", api.list(f"{api.cinder}/snapshots", all_tenants=1)
    yield f"{api.cinder}/volumes", api.list(f"{api.cinder}/volumes", all_tenants=1)
    yield f"{api.neutron}/floatingips", api.list(f"{api.neutron}/floatingips")
    yield f"{api.neutron}/routers", api.list(f"{api.neutron}/routers")
    yield f"{api.neutron}/ports", api.list(f"{api.neutron}/ports")
    yield f"{api.neutron}/networks", api.list(f"{api.neutron}/networks")
    yield f"{api.neutron}/security-groups", api.list(f"{api.neutron}/security-groups")
    yield f"{api.neutron}/security-group-rules", api.list(f"{api.neutron}/security-group-rules")
    yield f"{api.keystone}/users", api.list(f"{api.keystone}/users")
    yield f"{api.keystone}/projects", _children_first(api.list(f"{api.keystone}/projects"))


def _children_first(projects: list[dict[str, Any]]) -> list[dict[str, Any]]:
    parents = {project["id"]: project["parent_id"] for project in projects}

    def depth(project_id: str) -> int:
        return 1 + depth(parents[project_id]) if project_id in parents else 0

    return sorted(projects, key=lambda project: -depth(project["id"]))


def _delete(api: Api, url: str, entry: dict[str, Any]) -> None:
    for host in entry.get("hosts") or []:  # of an aggregate
        api("POST", f"{url}/{entry['id']}/action", json={"remove_host": {"host": host}})
    if url.endswith("/routers"):
        for port in api.list(f"{api.neutron}/ports", device_id=entry["id"], device_owner="network:router_interface"):
            api("PUT", f"{url}/{entry['id']}/remove_router_interface", json={"port_id": port["id"]})
    if entry.get("protected"):
        patch = [{"op": "replace", "path": "/protected", "value": False}]
        headers = {"Content-Type": "application/openstack-images-v2.1-json-patch"}
        api("PATCH", f"{url}/{entry['id']}", json=patch, headers=headers)
    api("DELETE", f"{url}/{entry['id']}")


def _delete_servers(api: Api) -> None:
    deadline = time.monotonic() + TIMEOUT
    asked: set[str] = set()
    while servers := api.list(f"{api.nova}/servers", all_tenants=1):
        for server in servers:
            if server["id"] not in asked:
                asked.add(server["id"])
                api("DELETE", f"{api.nova}/servers/{server['id']}")
        if time.monotonic() > deadline:
            raise TimeoutError(f"servers that a test left could not be deleted: {servers}")
        time.sleep(0.2)


def _delete_nodes(api: Api) -> None:
    for node in api.list(f"{api.ironic}/nodes", "nodes"):
        api("PUT", f"{api.ironic}/nodes/{node['uuid']}/maintenance")
        api("DELETE", f"{api.ironic}/nodes/{node['uuid']}")
