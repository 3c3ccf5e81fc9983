# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Not how fast, but what: tasks that people really write, on the same state, with both collections.

A row has what the last of the tasks told and sent, and what the platform has afterwards.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from simulator import Simulator, seeds

from ..choice import Choice
from ..report import Table
from ..stage import Stage, Task, stage

NAME = "behaviour"

PASSWORD = "ipmi-pass-phrase"
_IPMI = {"ipmi_address": "172.25.16.9", "ipmi_username": "admin", "ipmi_password": PASSWORD}
_LONGEST = 200
_AT_ONCE = ("build_seconds", "action_seconds", "transition_seconds", "lock_seconds")

Look = Callable[[Simulator], str]


@dataclass(frozen=True)
class Case:
    """A situation, the tasks for each collection, and what to look at afterwards."""

    title: str
    seed: Callable[[Simulator], None]
    peer: list[Task]
    ours: list[Task]
    look: Look
    settings: dict[str, Any] = field(default_factory=dict)


def run(choice: Choice) -> Iterator[Table]:
    columns = ["case", "collection", "result", "sent", "afterwards"]
    rows = []
    with stage(shape="openstack", **dict.fromkeys(_AT_ONCE, 0)) as present:
        for case in CASES:
            for name, tasks in (("openstack.cloud", case.peer), ("h3c.cloudos", case.ours)):
                rows.append([case.title, name, *_outcome(present, case, tasks)])
    note = "The column *sent* does not include reads and logins."
    yield Table("The same request to both collections", columns, rows, note)


def _outcome(present: Stage, case: Case, tasks: list[Task]) -> tuple[str, str, str]:
    cloud = present.cloud
    cloud.reset()
    cloud.settings(**case.settings)
    case.seed(cloud)
    for task in tasks:
        before = present.count()
        result = present.results([task])[-1]
    writes = [_sent(entry) for entry in cloud.log()[before:] if entry["method"] != "GET" and not _is_login(entry)]
    return tell(result), ", ".join(writes) or "nothing", case.look(cloud)


def tell(result: dict[str, Any]) -> str:
    """What a person sees of a result, and whether the password is in it."""
    if "msg" in result:
        said = "failed: " + " ".join(str(result["msg"]).split())
    else:
        said = "changed" if result.get("changed") else "not changed"
    said = said[:_LONGEST] + ("…" if len(said) > _LONGEST else "")
    return said + (" (the password is in the result)" if PASSWORD in json.dumps(result) else "")


def _is_login(entry: dict[str, Any]) -> bool:
    return entry["path"].endswith("/auth/tokens")


def _sent(entry: dict[str, Any]) -> str:
    """Method and what follows the id of the project or the service, with ids cut short."""
    parts = [part[:8] if len(part) >= 32 else part for part in entry["path"].split("/")]
    return f"{entry['method']} {'/'.join(parts[-3:])}"


# --- the platform before ----------------------------------------------------------------------------------------


def _a_server(cloud: Simulator, **fields: Any) -> None:
    for name, ram in (("small", 1024), ("large", 4096)):
        cloud.seed("flavors", id=f"flavor-{name}", name=name, vcpus=1, ram=ram, disk=20)
    for name in ("ubuntu", "debian"):
        cloud.seed("images", id=f"image-{name}", name=name)
    cloud.seed("servers", name="web", **{"flavor_id": "flavor-small", "image_id": "image-ubuntu", **fields})


def _two_servers(cloud: Simulator) -> None:
    _a_server(cloud)
    cloud.seed("servers", name="web", flavor_id="flavor-small")


def _a_node(cloud: Simulator) -> None:
    cloud.seed("baremetal_nodes", name="rack1", driver="ipmi", driver_info=_IPMI, provision_state="manageable")


def _a_node_that_cannot_be_changed(cloud: Simulator) -> None:
    """Ironic repeats what it was asked for when it refuses it."""
    _a_node(cloud)
    text = f"Couldn't apply patch '[{{'path': '/driver_info', 'value': {{'ipmi_password': '{PASSWORD}'}}}}]'"
    body = {"error_message": json.dumps({"faultcode": "Client", "faultstring": text, "debuginfo": None})}
    cloud.fault("status", match={"method": "PATCH", "path": "/nodes/"}, status=400, body=body, count=None)


# --- the platform afterwards ------------------------------------------------------------------------------------


def _server(*members: str) -> Look:
    def look(cloud: Simulator) -> str:
        servers = cloud.state("servers")
        told = [{name: server.get(name) for name in members} for server in servers]
        return "; ".join(", ".join(f"{name}: {value}" for name, value in server.items()) for server in told)

    return look


def _flavor(cloud: Simulator) -> str:
    flavors = [flavor for flavor in cloud.state("flavors") if flavor["name"] == "small"]
    return "; ".join(f"{_old(flavor['id'])} flavor, {flavor['ram']} MB" for flavor in flavors)


def _old(flavor_id: str) -> str:
    return "the old" if flavor_id == "flavor-small" else "a new"


def _ports(cloud: Simulator) -> str:
    return f"{len(cloud.state('ports'))} ports, {len(cloud.state('servers'))} servers"


def _quota(cloud: Simulator) -> str:
    quotas = [quota for quota in cloud.state("quotas") if quota["id"] == seeds.DEMO_PROJECT]
    return f"{quotas[0]['compute']['instances']} servers allowed" if quotas else "the default"


def _node(cloud: Simulator) -> str:
    node = cloud.state("baremetal_nodes")[0]
    kept = node["driver_info"]["ipmi_password"] == PASSWORD
    return f"the password is {'as it was' if kept else 'lost'}, properties: {node['properties']}"


# --- the cases --------------------------------------------------------------------------------------------------


def _peer_server(**options: Any) -> Task:
    settled = {"security_groups": ["default"], "image": "ubuntu", "flavor": "small"}
    if "floating_ips" not in options:
        settled["auto_ip"] = False
    return {"openstack.cloud.server": {"name": "web", **settled, **options}}


def _server_task(**options: Any) -> Task:
    return {"h3c.cloudos.cloudos_server": {"name": "web", **options}}


def _peer_node(**options: Any) -> Task:
    return {
        "openstack.cloud.baremetal_node": {
            "name": "rack1",
            "driver": "ipmi",
            "driver_info": {"deploy_kernel": "", "deploy_ramdisk": "", **_IPMI},
            "nics": [],
            **options,
        }
    }


def _node_task(**options: Any) -> Task:
    ipmi = {"address": _IPMI["ipmi_address"], "username": _IPMI["ipmi_username"], "password": PASSWORD}
    return {"h3c.cloudos.cloudos_baremetal_node": {"name": "rack1", "driver": "ipmi", "ipmi": ipmi, **options}}


def _flavor_task(module: str) -> Task:
    return {module: {"name": "small", "vcpus": 1, "ram": 2048, "disk": 20}}


_TWO_PORTS = {"service": "network", "type": "port", "attributes": {"network_id": seeds.NET_1}}
_NO_QUOTA = {"openstack.cloud.quota": {"name": "demo", "state": "absent"}}
_QUOTA = {"h3c.cloudos.cloudos_quota": {"project": "demo", "compute": {"instances": 20}}}

CASES = (
    Case(
        "one floating address in place of another",
        lambda cloud: _a_server(cloud, floating_ips=["203.0.113.7"]),
        [_peer_server(floating_ips=["203.0.113.8"])],
        [_server_task(floating_ips=["203.0.113.8"])],
        _server("floating_ips"),
    ),
    Case(
        "a metadata value is another one",
        lambda cloud: _a_server(cloud, metadata={"role": "web"}),
        [_peer_server(metadata={"role": "db"})],
        [_server_task(metadata={"role": "db"})],
        _server("metadata"),
    ),
    Case(
        "neither metadata nor tags are spoken of",
        lambda cloud: _a_server(cloud, metadata={"role": "web"}, tags=["prod"]),
        [_peer_server()],
        [_server_task(image="ubuntu", flavor="small")],
        _server("metadata", "tags"),
    ),
    Case(
        "more than one object fits",
        _two_servers,
        [{"openstack.cloud.resource": _TWO_PORTS}],
        [_server_task(state="absent")],
        _ports,
    ),
    Case(
        "another size for a flavor",
        _a_server,
        [_flavor_task("openstack.cloud.compute_flavor")],
        [_flavor_task("h3c.cloudos.cloudos_flavor")],
        _flavor,
    ),
    Case(
        "a quota, the second time",
        lambda cloud: None,
        [_NO_QUOTA, _NO_QUOTA],
        [_QUOTA, _QUOTA],
        _quota,
        {"shape": "reference"},
    ),
    Case("a node with its password, as it is", _a_node, [_peer_node()], [_node_task()], _node),
    Case(
        "another flavor for a server",
        _a_server,
        [_peer_server(flavor="large")],
        [_server_task(flavor="large")],
        _server("flavor_id"),
    ),
    Case(
        "another image for a server",
        _a_server,
        [_peer_server(image="debian")],
        [_server_task(image="debian")],
        _server("image_id"),
    ),
    Case(
        "the platform refuses, and repeats the request",
        _a_node_that_cannot_be_changed,
        [_peer_node(properties={"cpus": "16"})],
        [_node_task(properties={"cpus": 16})],
        _node,
    ),
)
