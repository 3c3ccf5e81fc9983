# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is asked of the platform: pages, projects, filters; and what is kept."""

from __future__ import annotations

import http.server
import json
import threading

import pytest
from ansible.errors import AnsibleParserError
from unit.plugins.inventory.harness import OptionsOnly, operations, parse, plugin

from ansible_collections.h3c.cloudos.plugins.plugin_utils import inventory_options
from ansible_collections.h3c.cloudos.plugins.plugin_utils.inventory_cache import packed, unpacked
from simulator import seeds


def token_of(cloud, project):
    """A ready token, made past the plugin."""
    from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.client import Client
    from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.connection import Connection

    client = Client(Connection(cloud.url, username="admin", password=seeds.ADMIN_PASSWORD, project=project))
    token = client.authenticator.token.value
    client.close()
    cloud.clear_log()
    return token


# --- pages ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", ["reference", "openstack"])
@pytest.mark.parametrize(("servers", "page_size", "most"), [(0, 10, 1), (9, 10, 1), (25, 10, 3), (20, 10, 3)])
def test_pages_are_followed_and_no_more_than_needed(cloud, shape, servers, page_size, most):
    cloud.settings(shape=shape)
    cloud.seed("servers", count=servers, name="web-{n}")
    inventory = parse(plugin(cloud, page_size=page_size))
    assert len(inventory.hosts) == servers
    sent = operations(cloud)
    assert sent.count("server-list-detail") <= most
    assert set(sent) <= {"token-create", "server-list-detail"}


def test_2500_servers_are_three_requests_with_a_cached_token(cloud):
    cloud.seed("servers", count=2500, name="web-{n:04d}")
    parse(plugin(cloud, filters={"name": "none"}))
    cloud.clear_log()
    inventory = parse(plugin(cloud))
    assert len(inventory.hosts) == 2500
    assert operations(cloud) == ["server-list-detail"] * 3


def test_a_page_size_below_one_is_an_error(cloud):
    with pytest.raises(AnsibleParserError, match=r"^page_size: "):
        parse(plugin(cloud, page_size=0))


# --- bare metal -------------------------------------------------------------------------------------------------


METAL = {"extraType": "BareMetal", "do_manage": "true"}


@pytest.fixture
def metal(cloud):
    """A server, and two bare-metal instances, each with its node."""
    cloud.seed("servers", name="web")
    for number in (1, 2):
        instance = cloud.seed("servers", name=f"metal-{number}", metadata=METAL)[0]
        cloud.seed(
            "baremetal_nodes",
            name=f"node-{number}",
            instance_uuid=instance["id"],
            provision_state="active",
            power_state="power on",
            maintenance=number == 2,
            driver_info={"ipmi_address": f"172.25.16.{number}", "ipmi_username": "a", "ipmi_password": "geheim-4711"},
            properties={"cpus": 16, "password": "geheim-4712"},
        )
    return cloud


def test_bare_metal_instances_are_hosts_with_the_facts_of_their_nodes(metal):
    inventory = parse(plugin(metal))
    assert {name: host.vars["cloudos_kind"] for name, host in inventory.hosts.items()} == {
        "web": "server",
        "metal-1": "baremetal_instance",
        "metal-2": "baremetal_instance",
    }
    facts = inventory.hosts["metal-2"].vars["cloudos_baremetal_node"]
    told = {name: facts[name] for name in ("name", "power_state", "provision_state", "maintenance", "ipmi_address")}
    assert told == {
        "name": "node-2",
        "power_state": "on",
        "provision_state": "active",
        "maintenance": True,
        "ipmi_address": "172.25.16.2",
    }
    assert str(facts["properties"]["cpus"]) == "16"
    assert "cloudos_baremetal_node" not in inventory.hosts["web"].vars


def test_passwords_of_nodes_are_neither_variables_nor_cached(metal):
    store = {}
    inventory = cached(metal, store)
    assert "172.25.16.1" in str(store)
    assert "geheim" not in str(store)
    assert "geheim" not in repr([host.vars for host in inventory.hosts.values()])


def test_nodes_are_one_request_where_there_are_instances_on_them(metal):
    parse(plugin(metal))
    assert operations(metal)[1:] == ["server-list-detail", "baremetal-node-list"]


def test_instances_are_listed_for_users_who_may_not_list_nodes(metal):
    metal.fault("status", match={"operation": "baremetal-node-list"}, status=403)
    inventory = parse(plugin(metal))
    assert inventory.hosts["metal-1"].vars["cloudos_baremetal_node"] == {}


def test_kinds_and_facts_of_nodes_make_groups(metal):
    keys = [{"key": "kind", "prefix": "", "separator": ""}, {"key": "baremetal_node.power_state", "prefix": "power"}]
    groups = {"repair": "kind == 'baremetal_instance' and baremetal_node.maintenance"}
    inventory = parse(plugin(metal, keyed_groups=keys, groups=groups))
    members = {name: sorted(host.name for host in group.hosts) for name, group in inventory.groups.items()}
    assert members["server"] == ["web"]
    assert members["baremetal_instance"] == members["power_on"] == ["metal-1", "metal-2"]
    assert members["repair"] == ["metal-2"]


# --- projects ---------------------------------------------------------------------------------------------------


@pytest.fixture
def two_projects(cloud):
    cloud.seed("servers", name="web", id="11111111-0000-0000-0000-000000000000")
    cloud.seed("servers", name="web", id="22222222-0000-0000-0000-000000000000", project_id=seeds.DEMO_PROJECT)
    cloud.seed("servers", name="db", id="33333333-0000-0000-0000-000000000000", project_id=seeds.DEMO_PROJECT)
    return cloud


@pytest.mark.parametrize(
    ("projects", "expected"),
    [
        ([], ["web"]),
        (["demo"], ["web", "db"]),
        (["admin", "demo"], ["web_admin", "web_demo", "db"]),
        (["admin", "empty", "demo", "admin"], ["web_admin", "web_demo", "db"]),
        ([seeds.ADMIN_PROJECT, "admin"], ["web"]),
    ],
)
def test_each_project_is_listed_once(two_projects, projects, expected):
    inventory = parse(plugin(two_projects, projects=projects, equal_names="name_project"))
    assert list(inventory.hosts) == expected
    lists = [entry["path"] for entry in two_projects.log() if entry["operation"] == "server-list-detail"]
    assert len(lists) == len(dict.fromkeys(projects)) or not projects


def test_a_ready_token_is_used_for_all_projects(two_projects):
    token = token_of(two_projects, "admin")
    ids = [seeds.ADMIN_PROJECT]
    inventory = parse(OptionsOnly(api_url=two_projects.url, api_token=token, projects=ids, equal_names="name_project"))
    assert list(inventory.hosts) == ["web"]
    assert operations(two_projects) == ["server-list-detail"]


def test_a_project_that_cannot_be_listed_is_an_error(cloud):
    with pytest.raises(AnsibleParserError, match="api_project 'nowhere'"):
        parse(plugin(cloud, projects=["admin", "nowhere"]))


# --- filters ----------------------------------------------------------------------------------------------------


def test_filters_reach_the_platform(cloud):
    cloud.seed("servers", count=3, name="web-{n}")
    cloud.seed("servers", name="db")
    filters = {
        "name_pattern": "^web",
        "status": "ACTIVE",
        "host": "cpn",
        "image": None,
        "changes_since": "2020-01-01T00:00:00Z",
    }
    inventory = parse(plugin(cloud, filters=filters))
    assert sorted(inventory.hosts) == ["web-1", "web-2", "web-3"]
    query = dict(cloud.log()[-1]["query"])
    assert query == {
        "name": "^web",
        "status": "ACTIVE",
        "host": "cpn",
        "changes-since": "2020-01-01T00:00:00Z",
        "limit": "1000",
    }


@pytest.mark.parametrize("name", ["web", "web.1", "we+b", "web "])
def test_a_name_is_a_whole_name(cloud, name):
    for other in (name, f"{name}2", f"a{name}", name.upper(), name.replace(".", "-")):
        cloud.seed("servers", name=other)
    hosts = parse(plugin(cloud, filters={"name": name}, hostnames=["id"])).hosts.values()
    assert {host.vars["cloudos_name"] for host in hosts} == {name}
    assert operations(cloud)[1:] == ["server-list-detail"]


@pytest.mark.parametrize("name", ["^web", "web$", "web-*"])
def test_a_name_that_looks_like_a_pattern_is_told(cloud, name, monkeypatch):
    asking, warnings = plugin(cloud, filters={"name": name}), []
    monkeypatch.setattr(asking.display, "warning", warnings.append)
    parse(asking)
    assert len(warnings) == 1 and repr(name) in warnings[0] and "name_pattern" in warnings[0]


def test_a_name_and_a_pattern_are_a_contradiction(cloud):
    with pytest.raises(
        AnsibleParserError, match=r"^filters: name is a whole name; it cannot stand beside name_pattern"
    ):
        parse(plugin(cloud, filters={"name": "web", "name_pattern": "^web"}))


def test_images_and_flavors_may_be_named(cloud):
    image = cloud.seed("images", name="rocky")[0]["id"]
    flavor = cloud.seed("flavors", name="small", ram=1024, vcpus=1, disk=20)[0]["id"]
    cloud.seed("servers", name="web", image_id=image, flavor_id=flavor)
    cloud.seed("servers", name="db", image_id=image, flavor_id="other")
    inventory = parse(plugin(cloud, filters={"image": "rocky", "flavor": "small"}))
    assert list(inventory.hosts) == ["web"]
    query = dict(cloud.log()[-1]["query"])
    assert (query["image"], query["flavor"]) == (image, flavor)
    assert len(operations(cloud)) == 4, "a login, the list of images, the list of flavors, a page of servers"


@pytest.mark.parametrize("listed", [True, False])
def test_a_flavor_without_an_id_costs_one_request_for_all(cloud, listed):
    cloud.settings(server_flavor="embedded")
    own = cloud.seed("flavors", name="small", ram=1024, vcpus=1, disk=20)[0]["id"]
    for name in ("web", "db", "mail"):
        cloud.seed("servers", name=name, flavor_id=own)
    if not listed:
        cloud.fault("status", match={"operation": "flavor-list-detail"}, status=403)
    inventory = parse(plugin(cloud))
    assert [host.vars["cloudos_flavor"] for host in inventory.hosts.values()] == [own if listed else None] * 3
    assert operations(cloud)[1:] == ["server-list-detail", "flavor-list-detail"]


def test_an_image_that_does_not_exist_is_an_error(cloud):
    with pytest.raises(AnsibleParserError, match=r"^filters: image: there is no image 'nothing'"):
        parse(plugin(cloud, filters={"image": "nothing"}))


def test_servers_that_have_been_deleted_are_no_hosts(cloud):
    cloud.settings(shape="openstack")
    cloud.seed("servers", name="web")
    cloud.seed("servers", name="gone", task="deleting")
    assert list(parse(plugin(cloud)).hosts) == ["web"]


# --- errors -----------------------------------------------------------------------------------------------------


def test_missing_credentials_are_named(cloud):
    with pytest.raises(AnsibleParserError, match="Set api_token, or api_username and api_password"):
        parse(OptionsOnly(api_url=cloud.url))


def test_an_address_that_answers_with_a_web_page_is_named():
    class Portal(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"<html><title>Welcome</title></html>")

        def log_message(self, *arguments):
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Portal) as portal:
        threading.Thread(target=portal.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{portal.server_port}"
        with pytest.raises(AnsibleParserError, match=rf"not JSON: Welcome\. Check that api_url \({url}\)"):
            parse(OptionsOnly(api_url=url, api_token="a-token", api_project=seeds.ADMIN_PROJECT))
        portal.shutdown()


@pytest.mark.parametrize("wrong", [{"api_url": "nowhere"}, {"api_timeout": 0.0}])
def test_a_connection_that_cannot_be_is_an_error_of_the_file(wrong):
    with pytest.raises(AnsibleParserError, match=f"^{next(iter(wrong))}: "):
        parse(OptionsOnly(api_token="token", **wrong))


def test_an_error_holds_no_secret(cloud):
    cloud.fault("status", match={"operation": "server-list-detail"}, status=400, body={"message": seeds.ADMIN_PASSWORD})
    with pytest.raises(AnsibleParserError) as error:
        parse(plugin(cloud))
    assert seeds.ADMIN_PASSWORD not in str(error.value)


# --- the cache --------------------------------------------------------------------------------------------------


def cached(cloud, store, use=True, **options):
    """One run of Ansible with a cache that outlives it."""
    kept = plugin(cloud, cache=True, **options)
    kept._cache = store
    from ansible.inventory.data import InventoryData
    from ansible.parsing.dataloader import DataLoader

    cloud.clear_log()
    inventory = InventoryData()
    kept.parse(inventory, DataLoader(), "/nowhere/web.cloudos.yml", cache=use)
    return inventory


def test_a_warm_cache_sends_nothing_and_gives_the_same(two_projects):
    store = {}
    cold = cached(two_projects, store)
    assert operations(two_projects)
    warm = cached(two_projects, store)
    assert operations(two_projects) == []
    assert {name: host.vars for name, host in warm.hosts.items()} == {
        name: host.vars for name, host in cold.hosts.items()
    }


def test_flushing_asks_again_and_keeps_what_came(two_projects):
    store = {}
    cached(two_projects, store)
    two_projects.seed("servers", name="new")
    assert "new" not in cached(two_projects, store).hosts
    assert "new" in cached(two_projects, store, use=False).hosts
    assert "new" in cached(two_projects, store).hosts


@pytest.mark.parametrize(
    "change",
    [
        {"api_project": "demo"},
        {"projects": ["demo"]},
        {"filters": {"name": "db"}},
        {"filters": {"name_pattern": "db"}},
        {"join": ["flavor"]},
        {"api_domain": "Default"},
        {"api_username": "demo", "api_password": seeds.DEMO_PASSWORD, "api_project": "demo"},
    ],
)
def test_another_question_has_another_place_in_the_cache(two_projects, change):
    store = {}
    cached(two_projects, store)
    cached(two_projects, store, **change)
    assert "server-list-detail" in operations(two_projects)
    assert len(store) == 2


def test_the_size_of_a_page_changes_nothing_in_the_cache(two_projects):
    store = {}
    cached(two_projects, store)
    cached(two_projects, store, page_size=1)
    assert operations(two_projects) == []


def test_neither_names_nor_content_of_the_cache_hold_secrets(two_projects):
    store = {}
    cached(two_projects, store)
    token = token_of(two_projects, "admin")
    cached(two_projects, store, api_token=token)
    content = json.dumps(store)
    passwords = [server["admin_pass"] for server in two_projects.state("servers")]
    assert len(store) == 2
    assert all(secret not in content for secret in [token, seeds.ADMIN_PASSWORD, *passwords])


def test_the_order_of_networks_survives_a_cache_that_sorts(two_projects):
    class Sorting(dict):
        def __setitem__(self, key, value):
            super().__setitem__(key, json.loads(json.dumps(value, sort_keys=True)))

    both = [two_projects.seed("ports", network_id=net)[0]["id"] for net in (seeds.NET_2, seeds.NET_1)]
    two_projects.seed("servers", name="order", nics=both)
    store = Sorting()
    hosts = [cached(two_projects, store).hosts["order"].vars for _run in range(2)]
    assert [list(variables["cloudos_addresses"]) for variables in hosts] == [["net-2", "net-1"]] * 2
    assert hosts[0]["ansible_host"] == hosts[1]["ansible_host"]


def test_machines_of_several_kinds_come_out_of_a_cache_as_they_went_in():
    machines = [
        {"name": "web", "id": "1", "addresses": {"net-2": [], "net-1": []}},
        {"kind": "baremetal_instance", "id": None},
        {"name": "{{ db }}", "id": "2", "addresses": {"Ünï": [{"version": 4}]}},
    ]
    kept = json.loads(json.dumps(packed(machines), sort_keys=True))
    assert json.dumps([*unpacked(kept)]) == json.dumps(machines)
    assert [*unpacked(packed([]))] == []


def test_what_was_kept_in_another_form_is_not_read(two_projects, monkeypatch):
    store = {}
    cached(two_projects, store)
    monkeypatch.setattr(inventory_options, "FORM", 1)
    cached(two_projects, store)
    assert "server-list-detail" in operations(two_projects)
