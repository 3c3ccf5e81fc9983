# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What servers and images promise, held against the simulator in both of its answer styles."""

from __future__ import annotations

import time

import pytest

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.client import Client
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.connection import Connection
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.errors import CloudError, OptionError
from ansible_collections.h3c.cloudos.plugins.module_utils.engine import execution
from ansible_collections.h3c.cloudos.plugins.module_utils.features import export
from ansible_collections.h3c.cloudos.plugins.module_utils.model.context import Context
from ansible_collections.h3c.cloudos.plugins.module_utils.module import argument_spec
from ansible_collections.h3c.cloudos.plugins.module_utils.module.fleet import converge_fleet, fleet_spec
from ansible_collections.h3c.cloudos.plugins.module_utils.resources import _zones
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.compute import flavor
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.compute._attachments import ATTACH_VOLUME
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.compute.server import SERVER
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.images.image import IMAGE
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.network.floating_ip import FLOATING_IP
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.storage.volume import VOLUME
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.virtualization.managed_vm import MANAGED_VM
from simulator import Simulator, seeds

SHAPES = ("reference", "openstack")
WEB = {
    "name": "web",
    "image": "rocky",
    "flavor": "small",
    "availability_zone": "nova11",
    "networks": [{"id": seeds.NET_1}],
}
_sleep = time.sleep


@pytest.fixture(scope="module")
def running():
    with Simulator(build_seconds=0.1, action_seconds=0.05) as simulator:
        yield simulator


@pytest.fixture(params=SHAPES)
def cloud(request, running, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(time, "sleep", lambda seconds: _sleep(min(seconds, 0.02)))
    running.reset()
    running.settings(shape=request.param)
    running.seed("images", id="image-rocky", name="rocky")
    running.seed("flavors", id="f-small", name="small", vcpus=1, ram=1024, disk=20)
    running.seed("flavors", id="f-large", name="large", vcpus=4, ram=4096, disk=20)
    return running


@pytest.fixture
def converge(cloud):
    """Converge one object, as a module with these options would, with a client of its own."""

    def converge(resource=SERVER, check=False, **given):
        client = Client(Connection(cloud.url, username="admin", password=seeds.ADMIN_PASSWORD, project="admin"))
        validated = argument_spec.member_validator(resource).validate(given)
        assert not validated.errors.errors, validated.errors.msg
        try:
            return execution.converge(resource, Context(client, validated.validated_parameters, check))
        finally:
            client.close()

    return converge


@pytest.fixture
def agreed(converge):
    """The same in check mode first and once more afterwards: all three have to agree."""

    def agreed(resource=SERVER, **given):
        preview = converge(resource, check=True, **given)
        result = converge(resource, **given)
        again = converge(resource, **given)
        assert (result["changed"], result["actions"]) == (preview["changed"], preview["actions"])
        assert again["changed"] is False and again["actions"] == []
        return result

    return agreed


def writes(cloud):
    return [
        entry["operation"]
        for entry in cloud.log()
        if entry["method"] != "GET" and entry["operation"] not in ("token-create", "server-attachable-volume-list")
    ]


# --- images and snapshots ----------------------------------------------------------------------------------------


def test_the_name_of_an_image_means_no_snapshot(cloud, agreed, converge):
    server = agreed(**WEB)["server"]
    (snapshot,) = cloud.seed("images", name="rocky", image_type="snapshot", instance_uuid=server["id"])
    assert converge(**WEB)["changed"] is False
    assert agreed(**{**WEB, "name": "copy", "image": snapshot["id"]})["server"]["image"] == snapshot["id"]


def test_a_name_that_only_a_snapshot_bears_is_no_image(cloud, converge):
    cloud.seed("images", name="weekly", image_type="snapshot")
    with pytest.raises(OptionError, match="there is no image 'weekly'"):
        converge(**{**WEB, "image": "weekly"})
    assert writes(cloud) == []


@pytest.mark.parametrize("name", ["back\\slash", "new\nline", "", "x" * 65, "\uff21"])
def test_a_name_that_no_image_can_have_is_refused(cloud, converge, name):
    with pytest.raises(OptionError, match="backslash"):
        converge(IMAGE, name=name, state="absent")


@pytest.fixture
def data(tmp_path):
    file = tmp_path / "image.raw"
    file.write_bytes(b"an image" * 1000)
    return str(file)


def test_an_upload_whose_answer_was_lost_is_looked_for_before_it_is_sent_again(cloud, converge, data):
    cloud.fault("lost", match={"operation": "image-upload"})
    made = converge(IMAGE, name="fed", src=data, disk_format="raw", virt_type="CAS", cas_ostype="linux")
    assert made["image"]["status"] == "active" and made["actions"] == ["create", "upload"]
    assert writes(cloud) == ["image-create", "image-upload"]


# --- what a new server takes over --------------------------------------------------------------------------------


def test_a_replaced_server_keeps_what_the_platform_reports_of_it(cloud, agreed):
    cloud.seed("images", id="image-two", name="other")
    old = {**WEB, "server_group": "spread", "use_image_password": True, "security_groups": ["web"]}
    old.update(storage_type_id=seeds.STORAGE_TYPE, storage_pool="isopool", description="first", config_drive=True)
    agreed(**old)
    new = {"name": "web", "image": "other", "networks": WEB["networks"], "replace": True}
    server = agreed(**new)["server"]
    (record,) = cloud.state("servers")
    assert record["metadata"]["enableAdminPass"] == "0"
    assert (server["storage_pool"], server["description"], server["config_drive"]) == ("isopool", "first", True)
    assert cloud.state("server_groups")[0]["members"] == [record["id"]]
    reported = cloud.settings()["shape"] == "openstack"
    assert record["security_groups"] == (["web"] if reported else ["default"])


def test_what_makes_the_successor_of_a_server_has_its_login(cloud, converge):
    made = {name: value for name, value in WEB.items() if name != "flavor"}
    converge(**WEB, use_image_password=True)
    cloud.fault("status", match={"operation": "server-create"}, status=400)
    with pytest.raises(CloudError) as failure:
        converge(**made, description="new", replace=True)
    converge(**{**failure.value.recreate, **made, "description": "new"})
    assert cloud.state("servers")[0]["metadata"]["enableAdminPass"] == "0"


def test_a_login_that_is_given_to_a_replaced_server_counts(cloud, converge):
    cloud.seed("images", id="image-two", name="other")
    converge(**WEB, use_image_password=True)
    converge(**{**WEB, "image": "other"}, admin_password="secret-1", replace=True)
    assert cloud.state("servers")[0]["metadata"]["enableAdminPass"] == "1"


def test_a_template_that_is_remembered_gives_all_that_one_in_the_list_gives(cloud, converge, monkeypatch):
    made = {"image": "image-rocky", "flavor": "f-small", "availability_zone": "nova11", "storage_pool": "isopool"}
    remembered = {"id": None, "name": "web", "availability_zone_id": seeds.ZONE_NOVA11, **made}
    monkeypatch.setattr(Context, "lookup", lambda run, kind, wanted, option: remembered)
    monkeypatch.setattr(Context, "resolve", lambda run, kind, wanted, option: wanted)
    monkeypatch.setattr(_zones, "zone_named", lambda run, name: {"zone": name, "id": seeds.ZONE_NOVA11})
    preview = converge(check=True, name="web", template="web", networks=WEB["networks"])["server"]
    assert {name: preview[name] for name in made} == made


# --- attachments -------------------------------------------------------------------------------------------------


def test_purging_ports_counts_those_that_the_networks_of_a_new_server_bring(cloud, agreed):
    networks = [{"id": seeds.NET_1}, {"id": seeds.NET_2}]
    made = agreed(**{**WEB, "networks": networks}, ports=[seeds.PORT_1], purge_ports=True)
    assert made["actions"] == ["create", "attach_port", "detach_port", "detach_port"]
    assert cloud.state("servers")[0]["nics"] == [seeds.PORT_1] and made["server"]["ports"] == [seeds.PORT_1]


def test_a_port_that_was_detached_although_the_answer_was_lost_is_the_only_one(cloud, converge):
    cloud.fault("lost", match={"operation": "server-interface-detach"})
    converge(**WEB, ports=[seeds.PORT_1], purge_ports=True)
    assert cloud.state("servers")[0]["nics"] == [seeds.PORT_1]


def test_a_new_server_finds_its_volumes_and_ports_by_name(cloud, agreed):
    made = agreed(**WEB, volumes=["data-1", seeds.DATA_VOLUME_2], ports=["port-1"], purge_volumes=True)
    assert made["actions"] == ["create", "attach_volume", "attach_volume", "attach_port"]
    assert made["server"]["volumes"] == [seeds.DATA_VOLUME_1, seeds.DATA_VOLUME_2]


def test_a_server_starts_from_a_volume_by_name(cloud, agreed):
    from_volume = {name: value for name, value in WEB.items() if name != "image"}
    agreed(**from_volume, boot_volume="system-1", boot_volume_size=20)
    assert cloud.state("servers")[0]["root_volume"] == seeds.SYSTEM_VOLUME


@pytest.mark.parametrize("option", ["volumes", "ports"])
@pytest.mark.parametrize("wanted", ["nothing", "00000000-0000-4000-9000-000000000000"])
@pytest.mark.parametrize("exists", [False, True])
def test_what_is_not_there_to_attach_is_refused_before_anything_is_sent(cloud, converge, option, wanted, exists):
    if exists:
        converge(**WEB)
    before = writes(cloud)
    given = {**WEB, "flavor": "large", option: [wanted]}
    preview = converge(check=True, **given)
    assert preview["server"][option][-1] == "(to be created)" and preview["warnings"]
    with pytest.raises(OptionError, match=f"{option}: "):
        converge(**given)
    assert writes(cloud) == before


@pytest.mark.parametrize("option", ["volumes", "ports"])
def test_where_there_are_no_lists_ids_are_taken_and_names_refused(cloud, converge, option):
    cloud.settings(volumes_and_ports="unlisted")
    for check in (True, False):
        with pytest.raises(OptionError, match=f"{option}: 'data-1' is no ID, and this platform gives no list"):
            converge(check=check, **WEB, **{option: ["data-1"]})
    assert writes(cloud) == []
    known = {"volumes": seeds.DATA_VOLUME_1, "ports": seeds.PORT_1}[option]
    assert converge(**WEB, **{option: [known]})["server"][option] == [known]


@pytest.mark.parametrize("wanted", ["shelved", "suspended"])
def test_volumes_come_before_a_server_goes_to_sleep_and_after_it_wakes_up(cloud, agreed, wanted):
    agreed(**WEB)
    asleep = agreed(**WEB, power_state=wanted, volumes=["data-1"])
    assert asleep["actions"] == ["attach_volume", {"shelved": "shelve", "suspended": "suspend"}[wanted]]
    more = agreed(**WEB, volumes=[seeds.DATA_VOLUME_1, seeds.DATA_VOLUME_2], ports=[seeds.PORT_1])
    assert more["actions"][1:-1] == ["attach_volume", "attach_port"] and len(more["actions"]) == 4
    woken = agreed(**WEB, power_state="running", volumes=[seeds.DATA_VOLUME_1], purge_volumes=True)
    assert woken["actions"][1:] == ["detach_volume"]


# --- work in progress --------------------------------------------------------------------------------------------


def begun(cloud, name="web"):
    (server,) = [server for server in cloud.state("servers") if server["name"] == name]
    return server


@pytest.mark.parametrize("state", ["stopped", "suspended", "shelved"])
def test_an_action_that_is_under_way_is_not_sent_again(cloud, converge, state):
    cloud.settings(shape="openstack", action_seconds=0.6)
    converge(**WEB)
    assert converge(**WEB, power_state=state, wait=False)["changed"]
    before = writes(cloud)
    for check in (True, False):
        assert converge(check=check, **WEB, power_state=state, wait=False)["changed"] is False
    done = converge(**WEB, power_state=state)
    assert done["changed"] is False and done["server"]["power_state"] == state
    assert writes(cloud) == before


def test_what_a_server_comes_to_counts_and_not_what_it_is(cloud, agreed, converge):
    cloud.settings(shape="openstack", action_seconds=0.4)
    converge(**WEB)
    converge(**WEB, power_state="stopped", wait=False)
    assert converge(**WEB, power_state="running")["actions"] == ["start"]
    assert begun(cloud)["status"] == "ACTIVE"


def test_a_resize_that_is_under_way_is_not_sent_again(cloud, converge):
    cloud.settings(action_seconds=0.6)
    converge(**WEB)
    large = {**WEB, "flavor": "large"}
    assert converge(**large, wait=False)["actions"] == ["resize"]
    for check in (True, False):
        assert converge(check=check, **large, wait=False)["changed"] is False
    assert converge(**large)["server"]["flavor"] == "f-large"
    assert writes(cloud).count("server-resize") == 1


def test_a_resize_to_something_else_is_not_taken_for_the_wanted_one(cloud, converge):
    cloud.seed("flavors", id="f-huge", name="huge", vcpus=8, ram=8192, disk=20)
    cloud.settings(action_seconds=0.6)
    converge(**WEB)
    converge(**{**WEB, "flavor": "huge"}, wait=False)
    with pytest.raises(CloudError, match="it was being resized, which has ended with the flavor f-huge"):
        converge(**{**WEB, "flavor": "large"})
    assert converge(**{**WEB, "flavor": "large"})["server"]["flavor"] == "f-large"


def test_a_server_that_is_being_built_is_stopped_when_it_runs(cloud, converge):
    cloud.settings(build_seconds=0.4)
    converge(**WEB, wait=False)
    assert converge(**WEB, power_state="stopped", wait=False)["actions"] == ["stop"]
    assert converge(**WEB, power_state="stopped")["server"]["power_state"] == "stopped"
    assert converge(**WEB, power_state="stopped")["changed"] is False


@pytest.mark.parametrize(
    "wanted",
    [{"volumes": ["data-1"]}, {"volumes": [seeds.DATA_VOLUME_1]}, {"ports": [seeds.PORT_1]}],
    ids=["volume by name", "volume", "port"],
)
def test_what_is_being_attached_is_not_attached_again(cloud, converge, wanted):
    converge(**WEB)
    cloud.settings(action_seconds=60)
    assert len(converge(**WEB, **wanted, wait=False)["actions"]) == 1
    for check in (True, False):
        assert converge(check=check, **WEB, **wanted, wait=False)["actions"] == []


STOPPED_AND_RESIZED = {**WEB, "flavor": "large", "power_state": "running"}


def resized(cloud, converge):
    """A stopped server that waits for its resize to be confirmed."""
    cloud.settings(verify_resize=True)
    converge(**WEB, power_state="stopped")
    assert converge(**{**WEB, "flavor": "large"}, confirm_resize=False)["server"]["status"] == "VERIFY_RESIZE"


def test_a_stopped_server_is_confirmed_and_started_in_one_run(cloud, agreed, converge):
    resized(cloud, converge)
    assert agreed(**STOPPED_AND_RESIZED)["actions"] == ["confirm_resize", "start"]


def test_a_stopped_server_that_is_being_resized_is_started_by_the_next_run(cloud, agreed, converge):
    cloud.settings(verify_resize=True)
    converge(**WEB, power_state="stopped")
    cloud.settings(action_seconds=0.5)
    converge(**{**WEB, "flavor": "large"}, wait=False)
    assert agreed(**STOPPED_AND_RESIZED)["actions"] == ["start"]


@pytest.mark.parametrize(
    "wanted", [{"power_state": "running"}, {"flavor": "small"}, {"ports": [seeds.PORT_1]}, {"reboot": "hard"}]
)
def test_nothing_is_sent_to_a_server_that_stays_unconfirmed(cloud, converge, wanted):
    resized(cloud, converge)
    sent = writes(cloud)
    for check in (True, False):
        with pytest.raises(OptionError, match="confirm_resize: "):
            converge(check=check, name="web", confirm_resize=False, **wanted)
    assert writes(cloud) == sent
    assert converge(**{**WEB, "flavor": "large"}, confirm_resize=False)["changed"] is False


def test_a_reboot_that_is_under_way_is_not_sent_again(cloud, converge):
    cloud.settings(action_seconds=0.6)
    converge(**WEB)
    assert converge(**WEB, reboot="hard", wait=False)["actions"] == ["reboot"]
    for how in ("soft", "hard"):
        assert converge(**WEB, reboot=how, wait=False)["changed"] is False
    converge(**WEB)
    assert converge(**WEB, reboot="soft")["actions"] == ["reboot"]


# --- predictions and results -------------------------------------------------------------------------------------


def comes_true(preview, result):
    """Whether each member of a prediction that is not null is that of the result."""
    return {
        name: (value, result[name])
        for name, value in preview.items()
        if value not in (None, {}) and value != result[name] and name not in ("updated", "metadata")
    }


@pytest.mark.parametrize("more", [{}, {"config_drive": True}, {"alias": "shop", "metadata": {"role": "web"}}])
def test_a_new_server_is_as_predicted(cloud, converge, more):
    preview, result = (converge(check=check, **WEB, **more)["server"] for check in (True, False))
    assert comes_true(preview, result) == {}
    assert preview["config_drive"] is result["config_drive"] is bool(more.get("config_drive"))
    assert preview["alias"] == result["alias"] == more.get("alias", "web")
    assert preview["metadata"].items() <= result["metadata"].items()


def test_a_server_that_is_only_begun_is_described_as_far_as_it_is_known(cloud, converge):
    given = {**WEB, "config_drive": True, "metadata": {"role": "web"}, "wait": False}
    preview, result = (converge(check=check, **given)["server"] for check in (True, False))
    assert result == {**preview, "id": result["id"]}
    assert (result["status"], result["metadata"]["role"], result["config_drive"]) == ("BUILD", "web", True)


@pytest.mark.parametrize("wait", [True, False])
def test_a_renamed_server_is_described_as_richly_as_before(cloud, converge, wait):
    before = converge(**WEB)["server"]
    after = converge(id=before["id"], name="shop", wait=wait)["server"]
    assert after == {**before, "name": "shop", "networks": None, "updated": after["updated"]}
    assert after["addresses"]["net-1"][0]["mac_address"]


def test_a_shelved_server_is_predicted_without_what_cannot_be_known(cloud, converge):
    converge(**WEB)
    preview, result = (converge(check=check, **WEB, power_state="shelved")["server"] for check in (True, False))
    assert comes_true(preview, result) == {}
    assert preview["power_state"] == "shelved"
    assert (preview["status"], preview["compute_node"]) == (None, None)


@pytest.mark.parametrize("name", ["zone_uuid", "enableAdminPass", "user_name", "alias", "storageTypeId", "location"])
def test_metadata_of_the_platform_are_refused(cloud, converge, name):
    with pytest.raises(OptionError, match=f"metadata: {name} cannot be set"):
        converge(check=True, **WEB, metadata={name: "1", "role": "web"})
    assert writes(cloud) == []


def test_a_flavor_without_an_id_is_compared_by_what_is_returned(cloud, agreed, converge):
    cloud.settings(server_flavor="embedded")
    cloud.seed("images", id="image-two", name="other")
    made = agreed(**WEB)["server"]
    assert made["flavor"] == "f-small"
    assert converge(**{**WEB, "flavor": "f-small"})["changed"] is False
    assert agreed(**{**WEB, "flavor": "large"})["actions"] == ["resize"]
    assert converge(id=made["id"], name="shop", wait=False)["server"]["flavor"] == "f-large"
    other = {"name": "shop", "image": "other", "networks": WEB["networks"], "replace": True}
    assert agreed(**other)["server"]["flavor"] == "f-large"


def test_a_managed_machine_is_compared_with_a_flavor_without_an_id(cloud, agreed):
    cloud.settings(shape="reference", server_flavor="embedded")
    machine = {"platform": "cas", "compute_node": "cpn-host11rc", "vm": "test-vm", "image": "rocky", "flavor": "small"}
    made = agreed(MANAGED_VM, **machine, ports=[seeds.PORT_1], availability_zone="nova11")["managed_vm"]
    assert made["flavor"] == "f-small"


@pytest.mark.parametrize(("vcpus", "flavor_id"), [("1", "f-small"), (2, "small")])
def test_a_flavor_is_known_by_its_name_and_its_sizes(cloud, vcpus, flavor_id):
    client = Client(Connection(cloud.url, username="admin", password=seeds.ADMIN_PASSWORD, project="admin"))
    raw = {"flavor": {"original_name": "small", "vcpus": vcpus, "ram": 1024, "disk": 20}}
    assert flavor.with_id(Context(client, {}), raw)["flavor"]["id"] == flavor_id


@pytest.mark.parametrize("factor", [0, 0.5, 1.5, -1])
def test_a_factor_is_a_whole_number(cloud, converge, factor):
    with pytest.raises(OptionError, match=r"rxtx_factor: .* is no whole number"):
        converge(flavor.FLAVOR, name="odd", vcpus=1, ram=1024, disk=0, rxtx_factor=factor)


def test_the_text_of_a_fault_is_part_of_a_sentence(cloud, converge):
    cloud.settings(fail_build="^web$")
    with pytest.raises(CloudError):
        converge(**WEB)
    with pytest.raises(CloudError, match=r"enough hosts available\. replace: true would delete it, its disk"):
        converge(**WEB)


def test_a_server_that_fails_at_once_is_reported_with_the_reason_that_lists_leave_out(cloud, converge):
    cloud.settings(fail_build="^web$", build_seconds=0)
    with pytest.raises(CloudError, match=r"No valid host was found.*replace: true would delete it, its disk"):
        converge(**WEB)


def test_what_no_longer_exists_is_no_part_of_a_description(cloud, converge):
    converge(**WEB)
    cloud.remove("images")
    client = Client(Connection(cloud.url, username="admin", password=seeds.ADMIN_PASSWORD, project="admin"))
    result = export.export(Context(client, {"path": None, "kinds": ["servers"], "projects": [], "addresses": False}))
    (entry,) = result["export"]["cloudos_servers"]
    assert "image" not in entry and entry["flavor"] == "small"
    (gap,) = [gap for gap in result["not_exported"] if gap["option"] == "image"]
    assert gap["reason"] == "there is no image image-rocky any more"


def test_a_server_that_is_going_is_not_deleted_again(cloud, converge):
    cloud.settings(shape="openstack", action_seconds=0.6)
    made = converge(**WEB)["server"]
    assert converge(id=made["id"], state="absent", wait=False)["changed"]
    assert converge(id=made["id"], state="absent", wait=False)["changed"] is False
    assert writes(cloud).count("server-delete") == 1


# --- a fleet -----------------------------------------------------------------------------------------------------


def test_a_fleet_sends_no_action_twice_while_the_first_is_under_way(cloud):
    cloud.settings(shape="openstack", action_seconds=0.6)
    client = Client(Connection(cloud.url, username="admin", password=seeds.ADMIN_PASSWORD, project="admin"))
    spec = {name: rules.get("default") for name, rules in fleet_spec(SERVER).items()}
    members = {**{name: value for name, value in WEB.items() if name != "name"}}

    def fleet_of(**given):
        defaults = {**members, **given}
        return converge_fleet(SERVER, Context(client, {**spec, "name": "web", "exact_count": 3, "defaults": defaults}))

    fleet_of()
    assert fleet_of(power_state="stopped", wait=False)["changed"]
    assert fleet_of(power_state="stopped", wait=False)["changed"] is False
    assert fleet_of(flavor="large", wait=False)["changed"]
    done = fleet_of(flavor="large", power_state="stopped")
    assert done["counts"]["failed"] == 0
    assert {server["status"] for server in cloud.state("servers")} == {"SHUTOFF"}
    assert writes(cloud).count("server-stop") == 3 and writes(cloud).count("server-resize") == 3


# --- another image, another password -----------------------------------------------------------------------------


@pytest.mark.parametrize("power_state", ["running", "stopped"])
def test_a_rebuild_keeps_the_server_and_its_power_state(cloud, converge, agreed, power_state):
    cloud.seed("images", id="image-10", name="rocky-10")
    made = converge(**WEB, power_state=power_state)["server"]
    rebuilt = agreed(**{**WEB, "image": "rocky-10"}, rebuild=True)
    assert rebuilt["actions"] == ["rebuild"]
    assert (rebuilt["server"]["id"], rebuilt["server"]["power_state"]) == (made["id"], power_state)
    assert rebuilt["server"]["image"] == "image-10"


def test_the_password_of_a_running_server_is_set_where_it_is_wanted(cloud, converge):
    converge(**WEB)
    assert not converge(**WEB, admin_password="another-secret")["changed"]
    result = converge(**WEB, admin_password="another-secret", update_password="always")
    assert result["actions"] == ["change_password"] and "another-secret" not in str(result)
    assert cloud.state("servers")[0]["admin_pass"] == "another-secret"


def test_a_server_that_is_off_takes_no_password(converge):
    converge(**WEB, power_state="stopped")
    with pytest.raises(OptionError, match="admin_password: only a running server takes another password"):
        converge(**WEB, admin_password="another-secret", update_password="always")


# --- security groups ---------------------------------------------------------------------------------------------


def test_security_groups_change_in_place_where_they_are_returned(cloud, converge, agreed):
    cloud.seed("security_groups", name="web")
    cloud.seed("security_groups", name="db")
    converge(**WEB, security_groups=["web"])
    changed = agreed(**WEB, security_groups=["db"])
    purged = agreed(**WEB, security_groups=["db"], purge_security_groups=True)
    if cloud.state("servers")[0]["security_groups"] == ["web"]:  # the platform does not return them
        assert not changed["changed"] and not purged["changed"]
        return
    assert (changed["actions"], purged["actions"]) == (["add_security_group"], ["remove_security_group"])
    assert changed["server"]["security_groups"] == ["db", "web"] and purged["server"]["security_groups"] == ["db"]


@pytest.mark.parametrize("cards", [{"networks": [{"port": "db-port"}]}, {"networks": None, "ports": ["db-port"]}])
def test_ports_keep_their_own_security_groups(cloud, converge, agreed, cards):
    """As on Nova, which gives the groups of a new server to the network cards that it makes itself."""
    cloud.seed("security_groups", name="web")
    (own,) = cloud.seed("security_groups", name="db")
    cloud.seed("ports", name="db-port", network_id=seeds.NET_1, security_groups=[own["id"]])
    preview = converge(**{**WEB, **cards}, security_groups=["web"], check=True)["server"]
    created = agreed(**{**WEB, **cards}, security_groups=["web"])["server"]
    assert created["security_groups"] in (["db"], None) and preview["security_groups"] is None


def test_the_groups_of_a_server_with_a_port_and_another_card_are_compared(cloud, converge, agreed):
    cloud.seed("security_groups", name="web")
    cloud.seed("ports", name="db-port", network_id=seeds.NET_1)
    cards = {"networks": [{"network": "net-1"}, {"port": "db-port"}]}
    converge(**{**WEB, **cards})
    changed = agreed(**{**WEB, **cards}, security_groups=["web"])
    assert changed["actions"] == ([] if changed["server"]["security_groups"] is None else ["add_security_group"])


# --- networks ----------------------------------------------------------------------------------------------------

NET_1, NET_2 = {"network": "net-1"}, {"network": "net-2"}
BY_ID = [{"id": seeds.NET_1}, {"id": seeds.NET_2}]


def reads(cloud):
    return [entry["operation"] for entry in cloud.log() if entry["method"] == "GET"]


def shown(server):
    return {name: [entry["addr"] for entry in entries] for name, entries in server["addresses"].items()}


@pytest.mark.parametrize("first", "0f")
def test_a_port_is_not_taken_for_a_card_in_its_network(cloud, agreed, first):
    """Whichever of them the platform lists first."""
    port_id = first * 8 + "-0000-4000-8000-000000000000"
    cloud.seed("ports", id=port_id, name="own", network_id=seeds.NET_1)
    created = agreed(**{**WEB, "networks": [NET_1, {"port": "own"}]})
    assert created["actions"] == ["create"]


def test_a_new_server_is_waited_for_until_it_has_an_address(cloud, converge):
    cloud.settings(address_seconds=0.3)
    result = converge(**WEB)["server"]
    assert result["ip_address"] and shown(result) == {"net-1": [result["ip_address"]]}


def test_an_address_that_does_not_come_ends_with_the_time_to_wait_and_is_waited_for_again(cloud, converge):
    cloud.settings(address_seconds=3600)
    for _run in range(2):
        with pytest.raises(CloudError, match=r"last status: ACTIVE \(no address yet\)"):
            converge(**WEB, wait_timeout=1)
    assert writes(cloud) == ["server-create"]
    assert converge(name="web", power_state="running")["changed"] is False  # no networks were asked for
    cloud.settings(address_seconds=0)
    assert converge(**WEB)["server"]["ip_address"]


def test_a_network_is_added_by_name_or_by_id(cloud, converge, agreed):
    made = converge(**{**WEB, "networks": [NET_1]})["server"]
    added = agreed(**{**WEB, "networks": [NET_1, NET_2]})
    assert added["actions"] == ["attach_network"] and added["server"]["id"] == made["id"]
    assert shown(added["server"]) == {"net-1": [made["ip_address"]], "net-2": ["10.20.0.2"]}
    assert added["diff"]["before"]["networks"] == [{**NET_1, "gateway": True}]
    assert added["diff"]["after"]["networks"] == [{**entry, "gateway": True} for entry in (NET_1, NET_2)]
    assert converge(**{**WEB, "networks": BY_ID})["changed"] is False
    assert converge(**{**WEB, "networks": [NET_2]})["changed"] is False  # others are kept


def test_what_addresses_show_costs_no_further_request(cloud, converge):
    converge(**{**WEB, "networks": [NET_1, NET_2]})
    by_name, by_id = [], []
    for networks, sent in (([NET_1, NET_2], by_name), (BY_ID, by_id)):
        before = len(cloud.log())
        converge(name="web", networks=networks)
        sent += [entry["operation"] for entry in cloud.log()[before:] if entry["method"] == "GET"]
    assert (by_name, by_id) == (["server-list-detail"], ["server-list-detail", "network-list"])


def test_a_network_is_added_at_an_address(cloud, agreed, converge):
    converge(**WEB)
    there = {**NET_2, "fixed_ip": "10.20.0.77"}
    added = agreed(**{**WEB, "networks": [NET_1, there]})
    assert shown(added["server"])["net-2"] == ["10.20.0.77"]


def test_another_address_in_a_network_is_an_error_unless_the_server_is_replaced(cloud, converge, agreed):
    made = converge(**WEB)["server"]
    other = {**WEB, "networks": [{**NET_1, "fixed_ip": "192.168.7.7"}]}
    for check in (True, False):
        with pytest.raises(OptionError, match="The platform cannot change networks of an existing server"):
            converge(**other, check=check)
    replaced = agreed(**other, replace=True)
    assert replaced["actions"] == ["delete", "create"] and replaced["server"]["id"] != made["id"]
    assert replaced["server"]["ip_address"] == "192.168.7.7"


def test_networks_are_all_where_that_is_asked_for(cloud, converge, agreed):
    converge(**{**WEB, "networks": [NET_1, NET_2]})
    purged = agreed(**{**WEB, "networks": [NET_2]}, purge_networks=True)
    assert purged["actions"] == ["detach_port"] and list(purged["server"]["addresses"]) == ["net-2"]
    swapped = agreed(**{**WEB, "networks": [NET_1]}, purge_networks=True)
    assert swapped["actions"] == ["attach_network", "detach_port"] and list(swapped["server"]["addresses"]) == ["net-1"]


def test_a_port_among_networks_is_attached_where_it_is_missing(cloud, converge, agreed):
    converge(**WEB)
    added = agreed(**{**WEB, "networks": [NET_1, {"port": "port-2"}]})
    assert added["actions"] == ["attach_port"] and shown(added["server"])["net-2"] == ["10.20.10.101"]
    assert converge(name="web", networks=[{"port": seeds.PORT_2}])["changed"] is False
    assert converge(name="web", networks=[{"port": "port-2"}, NET_1])["changed"] is False


def test_two_cards_in_a_network_are_two(cloud, converge, agreed):
    converge(**WEB)
    added = agreed(**{**WEB, "networks": [NET_1, NET_1, NET_2]})
    assert added["actions"] == ["attach_network", "attach_network"]
    assert [len(addresses) for addresses in added["server"]["addresses"].values()] == [2, 1]


def test_networks_of_one_name_are_told_apart_by_the_interfaces(cloud, converge, agreed):
    (other,) = cloud.seed("networks", name="net-1", shared=True, subnet_cidr="10.77.0.0/16")
    converge(**WEB)
    added = agreed(**{**WEB, "networks": [*WEB["networks"], {"id": other["id"]}]})
    assert added["actions"] == ["attach_network"]
    assert len(shown(added["server"])["net-1"]) == 2


def test_given_ports_that_are_to_be_all_say_more_than_networks(cloud, agreed):
    made = agreed(**{**WEB, "ports": ["port-2"], "purge_ports": True})
    assert made["actions"] == ["create", "attach_port", "detach_port"]
    assert list(made["server"]["addresses"]) == ["net-2"]


def test_a_network_that_is_not_there_is_said_before_anything_is_sent(cloud, converge):
    absent = {**WEB, "networks": [{"network": "net-9"}]}
    with pytest.raises(OptionError, match=r"^networks\[0\]: there is no network 'net-9'\."):
        converge(**absent)
    converge(**WEB)
    with pytest.raises(OptionError, match=r"^networks\[1\]: there is no network 'net-9'\."):
        converge(**{**WEB, "networks": [NET_1, *absent["networks"]]})
    assert writes(cloud) == ["server-create"]


def test_a_server_that_is_only_begun_gets_no_second_card(cloud, converge):
    converge(**WEB, wait=False)
    again = converge(**WEB)
    assert (again["changed"], writes(cloud)) == (False, ["server-create"])
    assert again["server"]["ip_address"]


def test_a_lost_answer_adds_no_second_card(cloud, converge):
    converge(**WEB)
    cloud.fault("lost", match={"operation": "server-interface-create"})
    added = converge(**{**WEB, "networks": [NET_1, NET_2]})
    assert added["actions"] == ["attach_network"] and len(shown(added["server"])["net-2"]) == 1
    assert writes(cloud).count("server-interface-create") == 1


def test_a_platform_that_shows_no_networks_leaves_them_alone(cloud, converge):
    made = converge(**WEB)["server"]
    for operation in ("network-list", "server-interface-list"):
        cloud.fault("status", match={"operation": operation}, status=404, count=None)
    assert converge(**WEB)["changed"] is False
    assert converge(name="web", networks=[NET_1])["server"]["id"] == made["id"]


@pytest.mark.parametrize("address", ["192.168.1", "net-1", "10.20.0.1/16"])
def test_what_is_no_address_is_refused(converge, address):
    with pytest.raises(OptionError, match=r"networks\[0\]\.fixed_ip: .* is not an IP address"):
        converge(**{**WEB, "networks": [{**NET_1, "fixed_ip": address}]})


# --- volumes -----------------------------------------------------------------------------------------------------

BOOTS = {**{name: WEB[name] for name in ("name", "flavor", "availability_zone")}, "networks": [NET_1]}


@pytest.mark.parametrize("there", [False, True])
def test_a_volume_that_is_not_there_is_said_before_anything_is_sent(cloud, converge, there):
    if there:
        converge(**WEB, volumes=["data-1"])
    sent = writes(cloud)
    with pytest.raises(OptionError, match=r"^volumes: there is no volume 'data'\.") as error:
        converge(**WEB, volumes=["data-1", "data"])
    assert error.value.hint == "There are: data-1, data-2, shared-1, system-1."
    assert writes(cloud) == sent


def test_volumes_and_the_one_to_boot_from_are_named_for_a_new_server(cloud, agreed, converge):
    with pytest.raises(OptionError, match=r"^boot_volume: there is no volume 'system'\."):
        converge(**BOOTS, boot_volume="system", boot_volume_size=20)
    made = agreed(**BOOTS, boot_volume="system-1", boot_volume_size=20, volumes=["data-1"])
    assert made["actions"] == ["create", "attach_volume"] and made["server"]["volumes"] == [seeds.DATA_VOLUME_1]


def test_a_volume_is_attached_when_it_has_arrived(cloud, converge):
    """OpenStack's list of the server has it before."""
    cloud.settings(action_seconds=1)
    converge(**WEB, volumes=["data-1"])
    (volume,) = (volume for volume in cloud.state("volumes") if volume["id"] == seeds.DATA_VOLUME_1)
    assert volume["status"] == "in-use"


def test_a_volume_that_is_being_attached_is_not_deleted(cloud, converge):
    server = converge(**WEB)["server"]["id"]
    cloud.settings(action_seconds=1)
    client = Client(Connection(cloud.url, username="admin", password=seeds.ADMIN_PASSWORD, project="admin"))
    client.call(ATTACH_VOLUME, {"server_id": server}, body={"volumeAttachment": {"volumeId": seeds.DATA_VOLUME_1}})
    client.close()
    with pytest.raises(OptionError, match=f"is attached to the server web .{server}., and cannot be deleted"):
        converge(VOLUME, name="data-1", state="absent")


def test_a_fleet_names_its_volumes(cloud):
    client = Client(Connection(cloud.url, username="admin", password=seeds.ADMIN_PASSWORD, project="admin"))
    members = [{"name": "web-1", "volumes": ["data-1"]}, {"name": "web-2", "volumes": ["data-2"]}]
    defaults = {name: WEB[name] for name in ("image", "flavor", "availability_zone", "networks")}
    options = {"servers": members, "defaults": defaults, "concurrency": 4, "on_failure": "continue", "state": "present"}
    try:
        results = [converge_fleet(SERVER, Context(client, options)) for _run in range(2)]
    finally:
        client.close()
    assert [server["volumes"] for server in results[0]["servers"]] == [[seeds.DATA_VOLUME_1], [seeds.DATA_VOLUME_2]]
    assert results[1]["counts"]["unchanged"] == 2


def test_networks_are_left_only_where_their_ports_are_known(cloud, converge):
    converge(**{**WEB, "networks": [NET_1, NET_2]})
    cloud.fault("status", match={"operation": "server-interface-list"}, status=404, count=None)
    with pytest.raises(OptionError, match="purge_networks: the platform does not report the ports"):
        converge(**{**WEB, "networks": [NET_1]}, purge_networks=True)
    assert converge(**{**WEB, "networks": [NET_1]})["changed"] is False


# --- floating IPs ------------------------------------------------------------------------------------------------


def test_a_fleet_of_floating_ips_reads_each_list_once(cloud):
    outside = cloud.seed("networks", name="internet", subnet_cidr="203.0.113.0/24", **{"router:external": True})[0]
    cloud.seed("routers", gateway=outside["id"], interfaces=[seeds.SUBNET_1])
    cloud.seed("servers", name="web-{n}", count=3)
    members = [{"network": "internet", "server": f"web-{number}"} for number in (1, 2, 3)]
    options = {"floating_ips": members, "concurrency": 3, "on_failure": "continue", "state": "present"}
    client = Client(Connection(cloud.url, username="admin", password=seeds.ADMIN_PASSWORD, project="admin"))
    before = len(cloud.log())
    try:
        made = converge_fleet(FLOATING_IP, Context(client, options))
        sent = sorted({entry["operation"] for entry in cloud.log()[before:]} - {"token-create"})
        counted = [entry["operation"] for entry in cloud.log()[before:]]
        again = converge_fleet(FLOATING_IP, Context(client, options))
    finally:
        client.close()
    assert (made["counts"]["created"], again["counts"]["unchanged"]) == (3, 3)
    assert sent == ["floating-ip-create", "floating-ip-list", "network-list", "os-port-list", "server-list-detail"]
    assert [counted.count(operation) for operation in sent] == [3, 1, 1, 1, 1]


@pytest.mark.parametrize("state", ["absent", "unbound"])
def test_a_port_that_is_gone_has_no_floating_ip(converge, state):
    assert converge(FLOATING_IP, port="gone", state=state)["changed"] is False


# --- previews ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("given", [{}, {"metadata": {"role": "db"}, "alias": "Shop", "description": "d"}])
def test_the_preview_of_a_new_server_shows_what_is_asked_for_and_nothing_that_the_platform_adds(converge, given):
    preview = converge(**WEB, **given, check=True)
    assert preview["diff"] == {
        "before": {},
        "after": {
            "name": "web",
            "image": "rocky (image-rocky)",
            "flavor": "small (f-small)",
            "availability_zone": "nova11",
            "networks": [{"network": seeds.NET_1, "gateway": True}],
            **given,
        },
        "before_header": "server web",
        "after_header": "server web",
    }
    assert preview["server"]["metadata"].keys() > given.get("metadata", {}).keys()
    assert converge(**WEB, **given)["diff"] == preview["diff"]
