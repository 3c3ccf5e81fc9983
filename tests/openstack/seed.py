# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the cloud has before any test: the objects of the simulator's start that OpenStack has, too, under their names.

Everything is looked for before it is made.
"""

from __future__ import annotations

import datetime
import json
import time
from typing import Any

from openstack.api import Api
from openstack.settings import ADMIN_PASSWORD, DEMO_PASSWORD, SERVICE_PASSWORD, Settings
from openstack.state import State

IMAGE_DATA = b"\0" * 65536
ZONES = ("nova11", "nova12")
UNLIMITED = ("instances", "cores", "ram", "server_groups", "server_group_members", "key_pairs")
REPORT_TIMEOUT = 600  # seconds

# What begins with "demo-" is of the project demo.
NETWORKS = {"net-1": "192.168.0.0/16", "net-2": "10.20.0.0/16"}
PORTS = {"port-1": "net-1", "port-2": "net-2", "demo-port": "net-1"}
VOLUMES = {"data-1": 1, "data-2": 10, "shared-1": 1, "system-1": 20, "demo-data-1": 1, "demo-system-1": 20}


def identity(settings: Settings) -> None:
    """Projects, users, and the catalogue."""
    api = Api(settings, ADMIN_PASSWORD)
    roles = {role["name"]: role["id"] for role in api.list(f"{api.keystone}/roles")}
    roles["service"] = api.ensure(f"{api.keystone}/roles", "role", {"name": "service"})["id"]

    def user(name: str, password: str) -> str:
        body = {"name": name, "domain_id": "default", "password": password}
        return api.ensure(f"{api.keystone}/users", "user", body)["id"]

    def grant(project_id: str, user_id: str, *names: str) -> None:
        for name in names:
            api("PUT", f"{api.keystone}/projects/{project_id}/users/{user_id}/roles/{roles[name]}")

    projects = {
        name: api.ensure(f"{api.keystone}/projects", "project", {"name": name, "domain_id": "default"})["id"]
        for name in ("demo", "empty", "service")
    }
    for name in ("demo", "empty"):
        grant(projects[name], api.user_id, "admin", "member")
    grant(projects["demo"], user("demo", DEMO_PASSWORD), "member")
    for name, (kind, path) in _catalogue().items():
        grant(projects["service"], user(name, SERVICE_PASSWORD), "admin", "service")
        service = api.ensure(f"{api.keystone}/services", "service", {"name": name, "type": kind})
        _publish(api, settings, service, path)


def _catalogue() -> dict[str, tuple[str, str]]:
    return {
        "glance": ("image", ""),
        "placement": ("placement", ""),
        "nova": ("compute", "/v2.1"),
        "neutron": ("network", ""),
        "ironic": ("baremetal", ""),
        "cinder": ("volumev3", "/v3/%(project_id)s"),
    }


def _publish(api: Api, settings: Settings, service: dict[str, Any], path: str) -> None:
    """Clients use the address that is logged, services the other one."""
    name = service["name"]
    inside = name if name == "placement" else f"{name}_internal"
    there = {entry["interface"] for entry in api.list(f"{api.keystone}/endpoints", service_id=service["id"])}
    for interface, port in {"public": name, "internal": inside, "admin": inside}.items():
        if interface not in there:
            endpoint = {"service_id": service["id"], "interface": interface, "region_id": "RegionOne"}
            api("POST", f"{api.keystone}/endpoints", json={"endpoint": {**endpoint, "url": settings.url(port) + path}})


def resources(state: State) -> dict[str, Any]:
    """Everything else; where it is not known by a name, its ID is returned."""
    settings = state.settings
    clouds = {"admin": Api(settings, ADMIN_PASSWORD), "demo": Api(settings, ADMIN_PASSWORD, project="demo")}
    api = clouds["admin"]
    for cloud in clouds.values():
        _lift_quotas(cloud)
    _zones(api, settings)
    image = _image(api)
    flavor = {"name": "small", "vcpus": 1, "ram": 1024, "disk": 10}
    networks, subnets, ports = _networks(clouds)
    return {
        "projects": {name: cloud.project_id for name, cloud in clouds.items()},
        "images": {"linux": image["id"]},
        "flavors": {"small": api.ensure(f"{api.nova}/flavors", "flavor", flavor, is_public="None")["id"]},
        "networks": networks,
        "subnets": subnets,
        "ports": ports,
        "volumes": _volumes(clouds, image),
        "server_groups": {"spread": _server_group(api)["id"]},
        "security_groups": {"web": _security_group(api)["id"]},
    }


def _lift_quotas(cloud: Api) -> None:
    cloud("PUT", f"{cloud.nova}/os-quota-sets/{cloud.project_id}", json={"quota_set": dict.fromkeys(UNLIMITED, -1)})
    kinds = ("port", "network", "subnet", "security_group", "security_group_rule", "router", "floatingip")
    cloud("PUT", f"{cloud.neutron}/quotas/{cloud.project_id}", json={"quota": dict.fromkeys(kinds, -1)})
    kinds = ("volumes", "gigabytes", "snapshots")
    cloud(
        "PUT",
        f"{cloud.cinder}/os-quota-sets/{cloud.project_id}",
        json={"quota_set": dict.fromkeys(kinds, -1)},
    )


def _zones(api: Api, settings: Settings) -> None:
    """The first hypervisor is one zone, the others another; that of Ironic is in the zone of those in no aggregate."""
    first, *others = settings.compute_hosts
    for zone, hosts in zip(ZONES, ([first], others), strict=True):
        aggregate = api.ensure(f"{api.nova}/os-aggregates", "aggregate", {"name": zone, "availability_zone": zone})
        for host in set(hosts) - set(aggregate.get("hosts", [])):
            api("POST", f"{api.nova}/os-aggregates/{aggregate['id']}/action", json={"add_host": {"host": host}})


def _image(api: Api) -> dict[str, Any]:
    body = {"name": "linux", "disk_format": "raw", "container_format": "bare", "visibility": "public"}
    image = api.ensure(f"{api.glance}/images", None, body)
    if image["status"] == "queued":
        headers = {"Content-Type": "application/octet-stream"}
        api("PUT", f"{api.glance}/images/{image['id']}/file", data=IMAGE_DATA, headers=headers)
    return image


def _networks(clouds: dict[str, Api]) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    api, networks, subnets, ports = clouds["admin"], {}, {}, {}
    for name, cidr in NETWORKS.items():
        networks[name] = api.ensure(f"{api.neutron}/networks", "network", {"name": name, "shared": True})["id"]
        subnet = {"name": name, "network_id": networks[name], "ip_version": 4, "cidr": cidr, "enable_dhcp": False}
        subnets[name] = api.ensure(f"{api.neutron}/subnets", "subnet", subnet)["id"]
    for name, network in PORTS.items():
        cloud = clouds[_owner(name)]
        port = {"name": name, "network_id": networks[network], "project_id": cloud.project_id}
        ports[name] = cloud.ensure(f"{cloud.neutron}/ports", "port", port)["id"]
    return networks, subnets, ports


def _volumes(clouds: dict[str, Api], image: dict[str, Any]) -> dict[str, str]:
    api = clouds["admin"]
    api.ensure(f"{api.cinder}/types", "volume_type", {"name": "fake", "extra_specs": {"volume_backend_name": "fake"}})
    shared = {"volume_backend_name": "fake", "multiattach": "<is> True"}
    api.ensure(f"{api.cinder}/types", "volume_type", {"name": "shared", "extra_specs": shared})
    made = {}
    for name, size in VOLUMES.items():
        cloud = clouds[_owner(name)]
        body = {"name": name, "size": size, "volume_type": "shared" if name == "shared-1" else "fake"}
        volume = cloud.ensure(f"{cloud.cinder}/volumes", "volume", body)
        made[name] = volume["id"]
        cloud.until(f"{cloud.cinder}/volumes/{volume['id']}", "volume", "status", "available")
        if name.endswith("system-1"):
            action = {"os-set_bootable": {"bootable": True}}
            cloud("POST", f"{cloud.cinder}/volumes/{volume['id']}/action", json=action)
    return made


def _owner(name: str) -> str:
    return "demo" if name.startswith("demo-") else "admin"


def _server_group(api: Api) -> dict[str, Any]:
    return api.ensure(f"{api.nova}/os-server-groups", "server_group", {"name": "spread", "policies": ["anti-affinity"]})


def _security_group(api: Api) -> dict[str, Any]:
    return api.ensure(f"{api.neutron}/security-groups", "security_group", {"name": "web"}, project_id=api.project_id)


def wait_for_reports(settings: Settings, expected: int, since: float) -> None:
    """Wait until services of Nova and Cinder have reported after a time (seconds of the epoch).

    A report from before a restart counts as "up" for a minute, and what is sent to such a service is lost.
    """
    api, deadline = Api(settings, ADMIN_PASSWORD), time.monotonic() + REPORT_TIMEOUT
    oldest = datetime.datetime.fromtimestamp(since, datetime.timezone.utc).replace(tzinfo=None)
    while True:
        services = [one for url in (api.nova, api.cinder) for one in api.list(f"{url}/os-services", "services")]
        times = [datetime.datetime.fromisoformat(one["updated_at"]) for one in services if one["updated_at"]]
        if len([one for one in times if one >= oldest]) >= expected:
            return
        if time.monotonic() > deadline:
            raise TimeoutError(
                f"{expected} services of Nova and Cinder were to report; there are {json.dumps(services)}"
            )
        time.sleep(0.5)
