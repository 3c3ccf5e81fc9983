# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The paths of OpenStack itself on the state of the simulator, for the collection that it is compared with.

    Simulator(extension=openstack.add_routes)

CloudOS offers none of them at its gateway, so the simulator does not know them unless it is told to. They cover what
openstacksdk asks for on behalf of the modules that take part, as a Nova of release Newton (2.38) and its neighbours
answer it. Whatever else is asked for is 404, as on any cloud that lacks a service.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from aiohttp import web

from simulator import auth, seeds
from simulator.app import ENTRY
from simulator.call import Answer, Call, page
from simulator.errors import ApiError, error_body
from simulator.services import baremetal, flavors, identity, images, projects, servers
from simulator.world import Record, World

PREFIX = "/openstack"
AUTH_PATH = f"{PREFIX}/identity/v3"
_NOVA = "/compute/v2.1"
_NEUTRON = "/network/v2.0"
_GLANCE = "/image/v2"
_IRONIC = "/baremetal/v1"
_KINDS = {"compute": "/v2.1", "image": "", "network": "", "baremetal": "", "identity": "/v3"}
_PLACES = {*_KINDS.items(), *((kind, "") for kind in _KINDS)}
_QUOTAS = ("cores", "instances", "ram")


class StandardCall(Call):
    """A request by a standard path: answered as OpenStack does, whatever shape the platform has."""

    openstack = True


Work = Callable[[StandardCall], Answer]


def add_routes(app: web.Application, world: World) -> None:
    """Let an application answer the standard paths as well."""
    for place, work in _ROUTES.items():
        method, path = place.split()
        app.router.add_route(method, PREFIX + path, _Exchange(world, work, place).answer)


class _Exchange:
    def __init__(self, world: World, work: Work, place: str) -> None:
        self._world, self._work, self._operation = world, work, f"openstack {place}"
        self._is_open = work in (show_versions, create_token)

    async def answer(self, request: web.Request) -> web.Response:
        raw = await request.read()
        body = json.loads(raw) if raw else None
        request[ENTRY].update(operation=self._operation, body=self._world.log.redact(body))
        fault = self._world.faults.take(request.method, request.path, self._operation)
        if fault:
            return web.json_response(fault.body, status=fault.status)
        try:
            answer = self._work(self._call(request, body))
        except ApiError as error:
            service = request.path.removeprefix(PREFIX).split("/")[1]
            kind, text = error_body(error.status, error.message, service, openstack=True)
            return web.Response(status=error.status, text=text, headers={"Content-Type": kind})
        if answer.body is None:
            return web.Response(status=answer.status, headers=answer.headers)
        return web.json_response(answer.body, status=answer.status, headers=answer.headers)

    def _call(self, request: web.Request, body: Any) -> StandardCall:
        call = StandardCall(
            world=self._world,
            request=request,
            operation=self._operation,
            path=dict(request.match_info),
            query=dict(request.query),
            body=body,
        )
        if not self._is_open:
            call.token = auth.authenticate(self._world, request.headers.get("X-Auth-Token"))
            call.project = auth.acting_project(self._world, call.token, None)
        return call


# --- identity ---------------------------------------------------------------------------------------------------


def show_versions(call: StandardCall) -> Answer:
    """What a service offers; the same at the root of it and at its version."""
    service = call.request.path.removeprefix(PREFIX).split("/")[1]
    return Answer(200, versions(str(call.request.url.origin()), service))


def versions(url: str, service: str) -> Record:
    """The document by which clients find out what a service can do."""
    root = f"{url}{PREFIX}/{service}"
    if service == "identity":
        return {"version": _version("v3.14", "stable", f"{root}/v3/")}
    if service == "compute":
        microversions = {"version": "2.38", "min_version": "2.1"}
        return {"version": {**_version("v2.1", "CURRENT", f"{root}/v2.1/"), **microversions}}
    if service == "baremetal":
        microversions = {"version": "1.31", "min_version": "1.1"}
        return {"versions": [{**_version("v1", "CURRENT", f"{root}/v1/"), **microversions}]}
    number = {"network": "v2.0", "image": "v2.4"}[service]
    return {"versions": [_version(number, "CURRENT", f"{root}/{number.partition('.')[0]}{'.0' * (number == 'v2.0')}/")]}


def _version(number: str, status: str, address: str) -> Record:
    return {"id": number, "status": status, "links": [{"rel": "self", "href": address}]}


def create_token(call: StandardCall) -> Answer:
    answer = identity.create_token(call)
    return Answer(
        answer.status,
        {"token": {**answer.body["token"], "catalog": catalog(str(call.request.url.origin()))}},
        answer.headers,
    )


def catalog(url: str) -> list[Record]:
    """The services of the cloud and where they are."""
    return [
        {
            "id": kind,
            "type": kind,
            "name": kind,
            "endpoints": [
                {
                    "id": f"endpoint-{kind}",
                    "interface": "public",
                    "region": "RegionOne",
                    "region_id": "RegionOne",
                    "url": f"{url}{PREFIX}/{kind}{path}",
                }
            ],
        }
        for kind, path in _KINDS.items()
    ]


def list_projects(call: StandardCall) -> Answer:
    found = projects.list_projects(call).body["projects"]
    wanted = call.query.get("name")
    return Answer(200, {"projects": [project for project in found if wanted in (None, project["name"])]})


def show_project(call: StandardCall) -> Answer:
    found = [entry for entry in projects.list_projects(call).body["projects"] if entry["id"] == call.path["id"]]
    if not found:
        raise ApiError(404, f"Could not find project: {call.path['id']}.")
    return Answer(200, {"project": found[0]})


# --- servers ----------------------------------------------------------------------------------------------------


def list_servers(call: StandardCall) -> Answer:
    found = [server for server in servers.of_project(call) if servers.passes(call, server)]
    limit = min(int(call.query.get("limit", call.world.settings.max_limit)), call.world.settings.max_limit)
    found, more = page(found, limit, call.query.get("marker"))
    body: Record = {"servers": [_server_view(call, server) for server in found]}
    if more:
        address = call.request.url.update_query(limit=str(limit), marker=found[-1]["id"])
        body["servers_links"] = [{"rel": "next", "href": str(address)}]
    return Answer(200, body)


def show_server(call: StandardCall) -> Answer:
    return Answer(200, {"server": _server_view(call, servers.find_server(call))})


def create_server(call: StandardCall) -> Answer:
    call.body["server"].setdefault("metadata", {})
    answer = servers.create(call)
    del answer.body["server"]["links"]
    return answer


def update_server(call: StandardCall) -> Answer:
    if call.body["server"].get("name"):
        servers.rename(call)
    return show_server(call)


def set_metadata(call: StandardCall) -> Answer:
    """Adds; Nova takes nothing but texts."""
    server = servers.find_server(call)
    for name, value in call.body["metadata"].items():
        if not isinstance(value, str):
            raise ApiError(
                400, f"Invalid input for field/attribute {name}. Value: {value}. {value} is not of type 'string'"
            )
    server["metadata"].update(call.body["metadata"])
    return Answer(200, {"metadata": server["metadata"]})


def delete_metadata(call: StandardCall) -> Answer:
    server = servers.find_server(call)
    if server["metadata"].pop(call.path["key"], None) is None:
        raise ApiError(404, "Metadata item was not found")
    return Answer(204)


def set_tags(call: StandardCall) -> Answer:
    servers.find_server(call)["tags"] = call.body["tags"]
    return Answer(200, {"tags": call.body["tags"]})


def list_server_groups(call: StandardCall) -> Answer:
    names = servers.find_server(call)["security_groups"]
    return Answer(200, {"security_groups": [_group_view(group) for group in _groups(call) if group["name"] in names]})


def act_on_server(call: StandardCall) -> Answer:
    """Adding and removing security groups, which is what a converging module may ask for."""
    groups = servers.find_server(call)["security_groups"]
    (action, arguments), *_others = call.body.items()
    if action == "addSecurityGroup":
        groups.append(_named_group(call, arguments["name"])["name"])
    elif action == "removeSecurityGroup":
        groups.remove(_named_group(call, arguments["name"])["name"])
    else:
        raise ApiError(400, f"There is no such action: {action}")
    return Answer(202)


def _server_view(call: StandardCall, server: Record) -> Record:
    """Tags, and floating addresses, which the published API does not know."""
    view = servers.view(call, server)
    floating = [
        {"addr": address, "version": 4, "OS-EXT-IPS:type": "floating", "OS-EXT-IPS-MAC:mac_addr": "fa:16:3e:00:00:01"}
        for address in server.get("floating_ips", [])
    ]
    first = next(iter(view["addresses"]), None)
    addresses = {name: [*entries, *(floating if name == first else [])] for name, entries in view["addresses"].items()}
    return {**view, "addresses": addresses, "description": None, "locked": False, "tags": server.get("tags", [])}


# --- flavors and quotas -----------------------------------------------------------------------------------------


def create_flavor(call: StandardCall) -> Answer:
    wanted = {name: value for name, value in call.body["flavor"].items() if value is not None}
    if any(flavor["name"] == wanted["name"] for flavor in call.world.table("flavors").values()):
        raise ApiError(409, f"Flavor with name {wanted['name']} already exists.")
    flavor = call.world.seed("flavors", wanted)
    call.path["flavor_id"] = flavor["id"]
    return flavors.show(call)


def list_extra_specs(call: StandardCall) -> Answer:
    flavor = call.world.find("flavors", call.path["flavor_id"])
    return Answer(200, {"extra_specs": flavor.get("extra_specs", {})})


def delete_extra_spec(call: StandardCall) -> Answer:
    del call.world.find("flavors", call.path["flavor_id"])["extra_specs"][call.path["key"]]
    return Answer(200)


def show_quota(call: StandardCall) -> Answer:
    return Answer(200, {"quota_set": {"id": call.path["id"], **dict.fromkeys(_QUOTAS, 1000)}})


def revert_quota(call: StandardCall) -> Answer:
    return Answer(202)


def show_network_quota(call: StandardCall) -> Answer:
    return Answer(200, {"quota": {"network": 100, "port": 500}})


def revert_network_quota(call: StandardCall) -> Answer:
    return Answer(204)


# --- networks ---------------------------------------------------------------------------------------------------


def list_networks(call: StandardCall) -> Answer:
    networks = [_network_view(call.world, network) for network in call.world.table("networks").values()]
    return Answer(200, {"networks": [network for network in networks if _matches(call, network)]})


def show_network(call: StandardCall) -> Answer:
    return Answer(200, {"network": _network_view(call.world, call.world.find("networks", call.path["id"]))})


def list_subnets(call: StandardCall) -> Answer:
    subnets = [_subnet_view(subnet) for subnet in call.world.table("subnets").values()]
    return Answer(200, {"subnets": [subnet for subnet in subnets if _matches(call, subnet)]})


def list_ports(call: StandardCall) -> Answer:
    ports = [_port_view(port) for port in call.world.table("ports").values()]
    return Answer(200, {"ports": [port for port in ports if _matches(call, port)]})


def list_groups(call: StandardCall) -> Answer:
    groups = [_group_view(group) for group in _groups(call)]
    return Answer(200, {"security_groups": [group for group in groups if _matches(call, group)]})


def show_group(call: StandardCall) -> Answer:
    return Answer(200, {"security_group": _group_view(call.world.find("security_groups", call.path["id"]))})


def list_floating_ips(call: StandardCall) -> Answer:
    return Answer(200, {"floatingips": []})


def _matches(call: StandardCall, view: Record) -> bool:
    return all(str(view[name]) == value for name, value in call.query.items() if name in view)


def _groups(call: StandardCall) -> list[Record]:
    return list(call.world.table("security_groups").values())


def _named_group(call: StandardCall, name: str) -> Record:
    for group in _groups(call):
        if name in (group["id"], group["name"]):
            return group
    raise ApiError(404, f"Security group {name} not found.")


def _group_view(group: Record) -> Record:
    return {"id": group["id"], "name": group["name"], "project_id": seeds.ADMIN_PROJECT, "security_group_rules": []}


def _network_view(world: World, network: Record) -> Record:
    subnets = world.table("subnets").values()
    return {
        "id": network["id"],
        "name": network["name"],
        "status": "ACTIVE",
        "shared": True,
        "router:external": False,
        "project_id": seeds.ADMIN_PROJECT,
        "subnets": [subnet["id"] for subnet in subnets if subnet["network_id"] == network["id"]],
    }


def _subnet_view(subnet: Record) -> Record:
    return {**{name: subnet[name] for name in ("id", "name", "network_id", "cidr")}, "ip_version": 4}


def _port_view(port: Record) -> Record:
    return {
        "id": port["id"],
        "name": port.get("name", ""),
        "network_id": port["network_id"],
        "device_id": port["server_id"] or "",
        "status": port["status"],
        "mac_address": port["mac"],
        "fixed_ips": [{"ip_address": port["ip"]}],
    }


# --- images and bare metal --------------------------------------------------------------------------------------


def list_images(call: StandardCall) -> Answer:
    answer = images.list_all(call)
    wanted = call.query.get("name")
    answer.body["images"] = [image for image in answer.body["images"] if wanted in (None, image["name"])]
    answer.body.pop("next", None)
    return answer


_ROUTES: dict[str, Work] = {
    **{f"GET /{kind}{path}{end}": show_versions for kind, path in _PLACES for end in ("", "/")},
    "POST /identity/v3/auth/tokens": create_token,
    "GET /identity/v3/projects": list_projects,
    "GET /identity/v3/projects/{id}": show_project,
    f"GET {_NOVA}/servers/detail": list_servers,
    f"POST {_NOVA}/servers": create_server,
    f"GET {_NOVA}/servers/{{server_id}}": show_server,
    f"PUT {_NOVA}/servers/{{server_id}}": update_server,
    f"DELETE {_NOVA}/servers/{{server_id}}": servers.delete,
    f"POST {_NOVA}/servers/{{server_id}}/metadata": set_metadata,
    f"DELETE {_NOVA}/servers/{{server_id}}/metadata/{{key}}": delete_metadata,
    f"PUT {_NOVA}/servers/{{server_id}}/tags": set_tags,
    f"POST {_NOVA}/servers/{{server_id}}/action": act_on_server,
    f"GET {_NOVA}/servers/{{server_id}}/os-security-groups": list_server_groups,
    f"GET {_NOVA}/flavors/detail": flavors.list_detail,
    f"POST {_NOVA}/flavors": create_flavor,
    f"GET {_NOVA}/flavors/{{flavor_id}}": flavors.show,
    f"DELETE {_NOVA}/flavors/{{flavor_id}}": flavors.delete,
    f"GET {_NOVA}/flavors/{{flavor_id}}/os-extra_specs": list_extra_specs,
    f"DELETE {_NOVA}/flavors/{{flavor_id}}/os-extra_specs/{{key}}": delete_extra_spec,
    f"GET {_NOVA}/os-quota-sets/{{id}}": show_quota,
    f"DELETE {_NOVA}/os-quota-sets/{{id}}": revert_quota,
    f"GET {_NEUTRON}/networks": list_networks,
    f"GET {_NEUTRON}/networks/{{id}}": show_network,
    f"GET {_NEUTRON}/subnets": list_subnets,
    f"GET {_NEUTRON}/ports": list_ports,
    f"GET {_NEUTRON}/security-groups": list_groups,
    f"GET {_NEUTRON}/security-groups/{{id}}": show_group,
    f"GET {_NEUTRON}/floatingips": list_floating_ips,
    f"GET {_NEUTRON}/quotas/{{id}}": show_network_quota,
    f"DELETE {_NEUTRON}/quotas/{{id}}": revert_network_quota,
    f"GET {_GLANCE}/images": list_images,
    f"GET {_GLANCE}/images/{{image_id}}": images.show,
    f"GET {_IRONIC}/nodes/{{baremetalId}}": baremetal.show_node,
    f"PATCH {_IRONIC}/nodes/{{baremetalId}}": baremetal.patch_node,
}
