# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A new bare-metal instance is asked for as in the examples of the reference; what cannot be meant is refused."""

from __future__ import annotations

import base64
import json
import types

import pytest

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.errors import OptionError
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.secrets import Redactor
from ansible_collections.h3c.cloudos.plugins.module_utils.engine import planning
from ansible_collections.h3c.cloudos.plugins.module_utils.model.context import Context
from ansible_collections.h3c.cloudos.plugins.module_utils.model.observation import Observation
from ansible_collections.h3c.cloudos.plugins.module_utils.resources import _instances
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.baremetal.instance import BAREMETAL_INSTANCE
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.compute import server
from ansible_collections.h3c.cloudos.plugins.modules.cloudos_baremetal_instance import DEFINITION
from simulator.contract import load_contract

CREATIONS = load_contract().document["paths"]["/os/compute/v1/v2/{tenant_id}/servers"]["post"]["requestBody"]
EXAMPLES = CREATIONS["content"]["application/json"]["examples"]

NODE = "6855617a-5724-4e0b-9458-dc9399502799"
NETWORK = "40ac647b-da1b-4e47-b918-8f76464ec9b0"
PORT = "f723ef53-d541-4975-aa2c-c06c4c43f46b"
GROUP = "c3da1599-4c35-4469-913c-033f0f01e145"
FREE = {"uuid": NODE, "name": "metal-1", "provision_state": "available", "maintenance": False, "instance_uuid": ""}
KEY = "c0h0eGZm"

FLAT = {
    "name": "test",
    "image": "48c0d8bd-3d54-479b-84a2-c66a807c7270",
    "flavor": "68869510-611d-4494-a26c-61c48461782d",
    "networks": [{"network": "d4471b96-4a48-4002-9214-4b026b4186de", "fixed_ip": "3.2.2.3"}],
    "interfaces": [
        {"nics": ["2c:44:fd:91:cc:08"], "bond_mode": 0, "address": "3.3.1.2", "cidr": "3.3.1.0"},
        {
            "nics": ["2C-44-FD-91-CC-09", "2c44.fd91.cc0a"],
            "bond_mode": 0,
            "vlan_id": 73,
            "address": "3.3.2.22",
            "cidr": "3.3.2.0",
            "gateway": "3.3.2.1",
        },
    ],
    "availability_zone": "ironic2",
    "compute_node": "ironic2",
    "node": "metal-1",
    "managed_node": True,
    "admin_password": "123",
    "alias": "administrator",
    "description": "",
}
TENANT = {
    **{name: value for name, value in FLAT.items() if name != "interfaces"},
    "networks": [{"network": NETWORK, "fixed_ip": "123::55", "port": "74:EA:CB:75:1C:2B"}],
    "admin_password": "zaq1@WSX",
}


class Platform:
    """What the platform tells of a node; the rest stands in its lists already."""

    def __init__(self, nodes=(FREE,), hypervisors=()):
        self.user_name = "admin"
        self.redactor = Redactor()
        self.asked = []
        self.shared_lists = {}
        self.nodes = list(nodes)
        self.project_id = "demo"
        self.lookups = {
            "network": [{"id": name, "name": name, "shared": True} for name in ("a", "b", "net-0", "net-1", "net-2")],
            "image": [{"id": FLAT["image"], "name": "rocky"}],
            "flavor": [{"id": FLAT["flavor"], "name": "metal"}],
            "availability zone": [
                {
                    "id": "da24b11e-62ba-4cf7-84c3-adadcab07e87",
                    "zone": "ironic2",
                    "labelName": "m",
                    "virtType": "BareMetal",
                },
                {"id": "other", "zone": "nova11", "labelName": "v", "virtType": "CAS"},
            ],
            "bare-metal node": list(nodes),
            "hypervisor": list(hypervisors),
        }

    def list_all(self, operation, key, query=None, page_size=None):
        self.asked.append(operation.id)
        return self.nodes

    def call(self, operation, params=None, query=None):
        self.asked.append(operation.id)
        return {
            "baremetal-port-list": {"ports": [{"uuid": PORT, "address": "74:ea:cb:75:1c:2b"}]},
            "baremetal-portgroup-list": {"portgroups": [{"uuid": GROUP, "name": "bond0"}]},
            "access-key-get": {"accessKey": KEY},
        }[operation.id]


def run_of(options, platform=None, check_mode=False):
    given = dict.fromkeys(DEFINITION.spec)
    given.update(
        {name: rules["default"] for name, rules in DEFINITION.spec.items() if rules.get("default") is not None}
    )
    return Context(platform or Platform(), {**given, **options}, check_mode)


def plan_of(options, platform=None, check_mode=False, current=None):
    run = run_of(options, platform, check_mode)
    BAREMETAL_INSTANCE.check(run)
    return planning.make_plan(
        BAREMETAL_INSTANCE, run, Observation(current and BAREMETAL_INSTANCE.read(current), current)
    )


def body_of(options, platform=None):
    (step,) = plan_of(options, platform).steps
    return step.body["server"]


def raw(**members):
    return {
        "id": "i",
        "name": "test",
        "status": "ACTIVE",
        "image": {"id": FLAT["image"]},
        "flavor": {"id": FLAT["flavor"]},
        "metadata": {"extraType": "BareMetal", "do_manage": "true", "alias": "administrator"},
        "OS-EXT-AZ:availability_zone": "ironic2",
        "OS-EXT-SRV-ATTR:host": "ironic2",
        "OS-EXT-SRV-ATTR:hypervisor_hostname": NODE,
        **members,
    }


# --- the body ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "operation"), [(FLAT, "baremetal-instance-create-flat"), (TENANT, "baremetal-instance-create-tenant")]
)
def test_the_body_is_the_example_of_the_reference(options, operation):
    (step,) = plan_of(options).steps
    expected = EXAMPLES[operation]["value"]["server"]
    # A text by the table, as all metadata are; a boolean in the example.
    expected = {**expected, "metadata": {**expected["metadata"], "do_manage": "true"}}
    assert step.operation.id == operation
    assert step.body["server"].keys() == expected.keys()
    for member, value in step.body["server"].items():
        assert value == expected[member], member


def test_the_user_data_are_those_of_the_examples():
    flat, tenant = (base64.b64decode(body_of(options)["user_data"]).decode() for options in (FLAT, TENANT))
    first, _newline, command = flat.partition("\n")
    assert first == "#ps1"
    program, argument = command.split(" ", 1)
    assert program == "C:/test.ps1"
    assert json.loads(argument.strip("'"))["interfaces"][1] == {
        "vlan_id": "73",
        "ip_addr": "3.3.2.22",
        "route": "",
        "gateway": "3.3.2.1",
        "cidr": "3.3.2.0",
        "bonding": "true",
        "mode": "0",
        "nics": "2c-44-fd-91-cc-09;2c-44-fd-91-cc-0a",
    }
    assert tenant == "#cloud-config\npassword: zaq1@WSX\nchpasswd:\n  expire: false"


def test_without_interfaces_or_password_there_are_no_user_data():
    assert "user_data" not in body_of({**FLAT, "interfaces": None})
    assert "user_data" not in body_of({**TENANT, "admin_password": None})


@pytest.mark.parametrize("options", [{**FLAT, "interfaces": None}, TENANT])
def test_user_data_of_ones_own_take_the_place_of_those_of_the_module(options):
    text = "#!/bin/sh\necho 你好"
    encoded = base64.b64encode(text.encode()).decode()
    platform = Platform()
    body = body_of({**options, "user_data": text}, platform)
    assert body["user_data"] == encoded and platform.redactor.text(encoded) != encoded
    assert body_of({**options, "user_data_base64": encoded})["user_data"] == encoded
    with pytest.raises(OptionError, match="user_data_base64: the text is not base64"):
        plan_of({**options, "user_data_base64": text})


@pytest.mark.parametrize("name", ["user_data", "user_data_base64"])
def test_user_data_of_ones_own_exclude_interfaces(name):
    with pytest.raises(OptionError, match="mutually exclusive: interfaces"):
        DEFINITION.check({**dict.fromkeys(DEFINITION.spec), **FLAT, name: "QQ=="})


def test_without_a_node_only_the_zone_is_told():
    body = body_of({**FLAT, "node": None, "compute_node": None})
    assert "availability_zone" not in body
    assert body["metadata"]["zone_uuid"] == "da24b11e-62ba-4cf7-84c3-adadcab07e87"


def test_without_a_zone_the_only_one_for_bare_metal_is_taken():
    assert body_of({**FLAT, "availability_zone": None})["availability_zone"].startswith("ironic2:")


def test_the_compute_node_is_the_one_that_serves_the_node():
    serving = [
        {"hypervisor_hostname": "cvk", "service": {"host": "cpn-1"}},
        {"hypervisor_hostname": NODE, "service": {"host": "ironic-host"}},
    ]
    body = body_of({**FLAT, "compute_node": None}, Platform(hypervisors=serving))
    assert body["availability_zone"] == f"ironic2:ironic-host:{NODE}"


def test_a_compute_node_that_nobody_tells_has_to_be_given():
    options = {**FLAT, "compute_node": None, "wait": False}
    with pytest.raises(OptionError, match="compute_node: the platform does not report"):
        plan_of(options)
    assert plan_of(options, check_mode=True).after["compute_node"] == "(to be created)"


@pytest.mark.parametrize(
    ("said", "gateway"),
    [((None, None), 0), ((True, None), 0), ((None, True), 1), ((False, None), None), ((False, False), None)],
)
def test_the_two_ways_to_tell_the_gateway_agree(said, gateway):
    ports = (PORT, "bond0")
    networks = [{"network": f"net-{n}", "port": ports[n], "gateway": said[n]} for n in (0, 1)]
    body = body_of({**TENANT, "networks": networks})
    assert [network["enable_gateway"] for network in body["networks"]] == [
        "true" if gateway == number else "false" for number in (0, 1)
    ]
    assert body["metadata"].get("force_gw_network") == (None if gateway is None else f"net-{gateway}")
    assert body["metadata"]["node_port_map"] == f"net-0:{PORT},net-1:{GROUP}"


def test_ports_are_read_once():
    platform = Platform()
    networks = [{"network": f"net-{n}", "port": "bond0"} for n in range(3)]
    plan_of({**TENANT, "networks": networks}, platform)
    assert platform.asked == ["baremetal-port-list", "baremetal-portgroup-list"]


def test_a_key_pair_and_the_password_of_the_image():
    assert body_of({**FLAT, "admin_password": None, "use_image_password": True})["metadata"]["enableAdminPass"] == "0"
    platform = Platform()
    platform.lookups["key pair"] = [{"name": "deploy"}]
    assert body_of({**FLAT, "admin_password": None, "key_name": "deploy"}, platform)["key_name"] == "deploy"


# --- secrets -----------------------------------------------------------------------------------------------------


def test_the_password_is_hidden_in_every_form():
    platform = Platform()
    body = body_of({**TENANT, "admin_password": 'say "friend" and enter'}, platform)
    text = base64.b64decode(body["user_data"]).decode()
    assert 'password: "say \\"friend\\" and enter"' in text
    for form in (body["user_data"], text.splitlines()[1]):
        assert "friend" not in platform.redactor.text(form)
        assert body["user_data"] not in platform.redactor.text(form)


def test_the_key_of_the_monitoring_is_sent_and_hidden():
    platform = Platform()
    plan = plan_of({**FLAT, "gpu_monitoring": True}, platform)
    assert plan.steps[0].body["server"]["metadata"]["accessKey"] == KEY
    assert KEY not in repr(plan)
    assert platform.redactor.text(KEY) == "********"
    assert KEY not in repr(BAREMETAL_INSTANCE.read(raw(metadata={"extraType": "BareMetal", "accessKey": KEY})))


# --- what is refused ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"networks": [{"network": "a", "port": "p"}, {"network": "b"}]}, "all need one; it is missing for b"),
        ({"networks": [{"network": "a", "gateway": True}], "interfaces": None}, "gateway is for networks of tenants"),
        ({"networks": [{"network": "a", "port": "p"}]}, "interfaces: they are for flat networks"),
        (
            {"networks": [{"network": n, "port": n, "gateway": True} for n in "ab"], "interfaces": None},
            "only one of them can be the gateway, not a, b",
        ),
        ({"networks": [{"network": "a", "port": "p"}], "interfaces": None}, "no port or port group 'p'"),
        ({"networks": [{"network": "a", "port": "p"}], "interfaces": None, "node": None}, "specify node"),
        ({"networks": []}, "networks: an instance needs at least one"),
        ({"networks": None}, "specify networks"),
        ({"node": None}, "specify node"),
        ({"node": "none"}, "there is no bare-metal node 'none'"),
        ({"image": None}, "specify image"),
        ({"metadata": {"accessKey": "k"}}, "metadata: accessKey cannot be set there"),
        ({"metadata": {"extraType": "VM", "cvk": "c"}}, "metadata: cvk, extraType cannot"),
        ({"name": "a_b"}, "name: 'a_b' may have letters"),
        ({"alias": "a:b"}, "alias: 'a:b' may have"),
        ({"description": "d" * 256}, "description: the platform takes 255"),
        ({"availability_zone": "none"}, "availability_zone: there is no availability zone 'none'"),
    ],
)
def test_what_cannot_be_meant_is_refused(options, words):
    with pytest.raises(OptionError, match=words):
        plan_of({**FLAT, **options})


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ({"provision_state": "cleaning"}, "its provision state is cleaning"),
        ({"maintenance": True}, "it is in maintenance"),
        ({"instance_uuid": "other"}, "it has the instance other"),
    ],
)
def test_a_node_that_is_not_free_is_refused(state, words):
    platform = Platform(nodes=[{**FREE, **state}])
    options = {**FLAT, "managed_node": None}
    with pytest.raises(OptionError, match=f"node: 'metal-1' takes no instance now; {words}"):
        plan_of(options, platform)
    plan_of(options, Platform(nodes=[{**FREE, **state}]), check_mode=True)


def test_a_node_that_an_earlier_item_of_a_loop_saw_busy_is_looked_at_again():
    platform = Platform(nodes=[{**FREE, "provision_state": "cleaning"}])
    platform.nodes = [FREE]
    plan_of({**FLAT, "managed_node": None}, platform)
    assert platform.asked == ["baremetal-node-list"]


# --- what exists -------------------------------------------------------------------------------------------------


def test_what_is_as_wanted_stays():
    assert plan_of({**FLAT, "description": None}, current=raw()).steps == ()


def test_a_node_knows_its_instance_where_the_instance_tells_something_else():
    platform = Platform(nodes=[{**FREE, "instance_uuid": "i"}])
    current = raw(**{"OS-EXT-SRV-ATTR:hypervisor_hostname": "172.25.16.228"})
    assert plan_of({"name": "test", "node": "metal-1"}, platform, current=current).steps == ()


def test_another_node_is_a_difference():
    nodes = [FREE, {**FREE, "uuid": "n2", "name": "metal-2"}]
    options = {"name": "test", "node": "metal-2"}
    with pytest.raises(OptionError, match=r"wanted 'metal-2 \(n2\)'\. The platform cannot change node"):
        plan_of(options, Platform(nodes=nodes), current=raw())


def test_a_compute_node_may_have_changed_by_itself():
    assert plan_of({"name": "test", "compute_node": "another"}, current=raw()).steps == ()


def test_a_replaced_instance_waits_for_its_node():
    options = {**FLAT, "image": "other", "replace": True, "description": None}
    platform = Platform(nodes=[{**FREE, "instance_uuid": "i"}])
    platform.lookups["image"].append({"id": "other", "name": "o"})
    delete, create = plan_of(options, platform, current=raw()).steps
    assert (delete.action, create.action) == ("delete", "create")
    assert create.body["server"]["availability_zone"] == f"ironic2:ironic2:{NODE}"
    answers = {
        "available": "ready",
        "cleaning": "pending",
        "clean failed": "its node could not be cleaned: burnt",
        "error": "its node could not be cleaned: burnt",
    }
    for state, expected in answers.items():
        node = {**FREE, "provision_state": state, "target_provision_state": "available", "last_error": "burnt"}
        run = types.SimpleNamespace(client=types.SimpleNamespace(call=_gone_with(node)))
        found = BAREMETAL_INSTANCE.read(raw())
        outcome = delete.wait.evaluate(delete.wait.read(run, found))
        assert getattr(outcome, "why", outcome) == expected


def _gone_with(node):
    def call(operation, params):
        return {} if operation.id == "server-get" else node

    return call


@pytest.mark.parametrize(
    ("status", "options", "actions"),
    [
        ("ACTIVE", {"power_state": "stopped"}, ["stop"]),
        ("SHUTOFF", {"power_state": "running"}, ["start"]),
        ("SUSPENDED", {"power_state": "stopped"}, ["resume", "stop"]),
        ("ACTIVE", {"reboot": "hard"}, ["reboot"]),
        ("SHUTOFF", {"power_state": "running", "reboot": "hard"}, ["start"]),
        ("BUILD", {"power_state": "running"}, []),
        ("ACTIVE", {"id": "i", "name": "new"}, ["rename"]),
    ],
)
def test_power_and_name_change_in_place(status, options, actions):
    plan = plan_of({"name": "test", **options}, current=raw(status=status))
    assert plan.actions == actions


# --- instances and servers ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("metadata", "expected"),
    [
        ({"extraType": "BareMetal"}, True),
        ({"extraType": "baremetal"}, True),
        ({"node_port_map": "n:p"}, True),
        ({"do_manage": "true"}, True),
        ({"extraType": "VM", "do_manage": "true"}, False),
        ({"alias": "web"}, False),
        (None, False),
    ],
)
def test_metadata_tell_instances_and_servers_apart(metadata, expected):
    entry = {"id": "i", "name": "x", "status": "ACTIVE", "metadata": metadata}
    assert _instances.is_bare_metal(entry) is expected
    assert BAREMETAL_INSTANCE.belongs(BAREMETAL_INSTANCE.read(entry)) is expected
    assert server.SERVER.belongs(server.SERVER.read(entry)) is not expected


def test_a_server_cannot_be_turned_into_an_instance_by_its_metadata():
    run = run_of({"name": "web", "metadata": {"extraType": "BareMetal"}})
    with pytest.raises(OptionError, match="would make it a bare-metal instance"):
        server.SERVER.check(run)
