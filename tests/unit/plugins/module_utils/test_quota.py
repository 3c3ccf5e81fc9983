# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Quotas: one document, merged and sent whole; what cannot be read back makes no run changed."""

from __future__ import annotations

import copy
import ipaddress
import types

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.client import Client
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.connection import Connection
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.errors import CloudError, OptionError
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.scope import PROJECT_LIST
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.secrets import Redactor
from ansible_collections.h3c.cloudos.plugins.module_utils.engine import execution, info
from ansible_collections.h3c.cloudos.plugins.module_utils.model.context import Context
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.identity import quota, quota_template
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.identity._quota_document import API_SECTIONS
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.identity._quota_keys import (
    ADDRESSES,
    KEYS,
    SECTIONS,
)
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.identity.quota import QUOTA
from simulator import Simulator, seeds, services
from simulator.call import Call
from simulator.contract import load_contract
from simulator.errors import ApiError
from simulator.log import RequestLog
from simulator.settings import Settings
from simulator.world import World

CONTRACT = load_contract()
PUT = CONTRACT.endpoint("PUT", "/os/kinton/v1/keystone/{tenant_id}/os-quota-sets/{project_id}")
LIMITS = CONTRACT.document["paths"]["/os/kinton/v1/keystone/{projectId}/limits"]["get"]

DEFAULTS = {"force": False, "allow_below_usage": False, "purge_network_addresses": False}
TOLD = [key for key in KEYS if key.limit and key.name != ADDRESSES]
UNTOLD = [key for key in KEYS if not key.limit]
FORMS = ("vm-snapshot-quota-update", "quota-update-extended", "quota-update")


class Platform:
    """A client whose platform is the simulator's service, without HTTP: the contract first, then the work."""

    def __init__(self, world, **settings_):
        world.reset()
        world.settings.update(**{"quota_document": "written", "vnic_name": "vnic", **settings_})
        self.world = world
        self.forbidden = set()
        self.sent = []
        self.forget_all()
        self.redactor = Redactor()
        self.project_id = seeds.ADMIN_PROJECT
        self.connection = types.SimpleNamespace(
            retries=0, timeout=1.0, place=("http://cloud", "project"), url="http://cloud", project="demo"
        )

    def forget_all(self):
        """What a new task does not know yet."""
        self.lookups = {}
        self.shared_lists = {}
        self.refusals = {}

    def list_all(self, operation, key, params=None, query=None, page_size=None):
        return self.call(operation)[key]

    def call(self, operation, params=None, query=None, body=None):
        self.sent.append(operation.id)
        if operation.id in self.forbidden:
            raise CloudError("not for you", status=403)
        name = operation.id
        if operation is quota.UPDATE:
            branch = PUT.branch(body)
            name = branch.operation
            problems = [error.message for error in branch.validator.iter_errors(body)]
            if problems:
                raise CloudError("; ".join(problems), status=400)
        token = {"user_id": seeds.ADMIN_USER, "project_id": seeds.ADMIN_PROJECT, "roles": ["admin"]}
        path = {"tenant_id": self.project_id, **(params or {})}
        call = Call(self.world, None, name, path, {}, copy.deepcopy(body), token, None)
        try:
            return copy.deepcopy(services.HANDLERS[name](call).body)
        except ApiError as error:
            raise CloudError(error.message, status=error.status) from None

    def stored(self, project_id=seeds.DEMO_PROJECT):
        return next((entry for entry in self.world.dump("quotas") if entry["id"] == project_id), None)

    def writes(self):
        return self.sent.count(quota.UPDATE.id)


@pytest.fixture(scope="module")
def world():
    made = World(Settings(), RequestLog(set(), None), services.FACTORIES)
    yield made
    made.close()


@pytest.fixture
def platform(world):
    return Platform(world)


def converge(platform, check_mode=False, project="demo", **options):
    platform.forget_all()
    return execution.converge(QUOTA, Context(platform, {"project": project, **DEFAULTS, **options}, check_mode))


def gather(platform, **options):
    platform.forget_all()
    return info.gather(QUOTA, Context(platform, options))["quotas"]


# --- every key of the reference ----------------------------------------------------------------------------------


def contract_keys():
    """Section and key of every member of the three descriptions of the document."""
    document = CONTRACT.document["paths"][PUT.path]["put"]["requestBody"]["content"]["application/json"]["schema"]
    options = {api: option for option, api in API_SECTIONS.items()}
    for branch in document["oneOf"]:
        for section, schema in branch["properties"].items():
            members = schema["properties"].get("quota_set", schema)["properties"]
            yield from ((options.get(section, section), name) for name in members)


def test_a_platform_without_quotas_of_cloudos_says_so():
    with Simulator(shape="openstack") as cloud:
        client = Client(Connection(cloud.url, username="admin", password=seeds.ADMIN_PASSWORD, project="admin"))
        with pytest.raises(CloudError, match="Only CloudOS has these quotas"):
            QUOTA.find(Context(client, {"project": "demo"}))


def test_the_table_has_every_key_of_the_reference_once():
    names = [(key.section, key.name) for key in KEYS]

    assert sorted(names) == sorted(set(contract_keys()))


def test_the_table_has_every_member_of_the_limits():
    schema = LIMITS["responses"]["200"]["content"]["application/json"]["schema"]
    members = schema["properties"]["all_limits"]["items"]["properties"]["absolute"]["properties"]

    named = [name for key in KEYS for name in (key.limit, key.used) if name]
    assert sorted(named) == sorted(set(members) - {"projectId"})


@pytest.mark.parametrize("key", TOLD, ids=lambda key: f"{key.section}.{key.name}")
@pytest.mark.parametrize("amount", [77, -1])
def test_a_key_that_is_told_is_set_and_read_back(platform, key, amount):
    first = converge(platform, **{key.section: {key.name: amount}})
    again = converge(platform, **{key.section: {key.name: amount}})

    assert first["actions"] == ["update"]
    assert again["changed"] is False and again["actions"] == []
    assert first["quota"] == again["quota"]
    assert again["quota"][key.section][key.name] == amount
    assert gather(platform, project="demo") == [again["quota"]]


@pytest.mark.parametrize("key", UNTOLD, ids=lambda key: f"{key.section}.{key.name}")
def test_a_key_that_is_not_told_changes_nothing_by_itself(platform, key):
    wanted = {key.section: {key.name: 77}}
    section = API_SECTIONS.get(key.section, key.section)

    unforced = converge(platform, **wanted)
    assert unforced["changed"] is False and platform.writes() == 0
    assert f"{key.section}.{key.name}: the platform returns no value" in unforced["warnings"][0]
    forced = converge(platform, force=True, **wanted)
    assert forced["actions"] == converge(platform, force=True, **wanted)["actions"] == ["update"]
    assert platform.stored()[section][key.name] == 77
    assert key.name not in (forced["quota"][key.section] or {})


@pytest.mark.parametrize("key", UNTOLD, ids=lambda key: f"{key.section}.{key.name}")
@pytest.mark.parametrize("vnic_name", ["vnic", "ips"])
def test_a_key_that_only_the_document_has_is_compared_where_it_can_be_read(platform, key, vnic_name):
    platform.world.settings.update(quota_document="readable", vnic_name=vnic_name)
    wanted = {key.section: {key.name: 77}}

    foretold = converge(platform, check_mode=True, **wanted)
    first = converge(platform, **wanted)
    again = converge(platform, **wanted)

    assert first["actions"] == foretold["actions"] == ["update"] and not again["changed"]
    assert foretold["quota"] == first["quota"] == again["quota"]
    assert again["quota"][key.section][key.name] == 77 and "warnings" not in again
    assert gather(platform, project="demo", document=True)[0][key.section][key.name] == 77
    assert platform.writes() == 1


def test_the_number_of_addresses_has_two_names(platform):
    """The document calls it ips on some platforms, the limits call it vnic."""
    platform.world.settings.update(quota_document="readable", vnic_name="ips")
    wanted = {"network": {"vnic": 55, "router": 5}}
    assert converge(platform, **wanted)["changed"]
    assert not converge(platform, **wanted)["changed"]
    assert platform.stored()["network"]["vnic"] == 55


def test_a_platform_that_does_not_let_the_document_be_read_is_asked_once(platform):
    run = Context(platform, {"project": "demo", **DEFAULTS, "network": {"router": 5}})
    for _item in range(3):
        execution.converge(QUOTA, run)
    assert platform.sent.count("quota-document-get") == 1
    assert "does not let the document of a quota be read" in run.journal.remarks[0]


@pytest.mark.parametrize("quota_document", ["readable", "written"])
def test_the_quota_of_a_project_below_another_is_addressed_by_its_parent(platform, quota_document):
    platform.world.settings.update(quota_document=quota_document)
    platform.world.seed("projects", {"id": "c0ffee" * 5 + "00", "name": "below", "parent_id": seeds.DEMO_PROJECT})
    wanted = {"project": "below", "network": {"router": 5}, "compute": {"cores": 8}}
    assert converge(platform, **wanted)["changed"]
    assert not converge(platform, **wanted)["changed"]


def test_keys_that_are_not_told_are_those_of_the_reference():
    assert {key.name for key in UNTOLD} == {
        *("router", "port", "pool", "ipsecpolicy", "security_group_rule", "rbac_policy"),
        *("shares", "manila_gigabytes", "obj_stor_buckets", "obj_stor_gigabytes", "back_up"),
    }


def test_a_key_that_is_not_told_is_sent_along_with_a_difference(platform):
    wanted = {"network": {"router": 77}, "compute": {"cores": 5}}

    assert converge(platform, **wanted)["changed"] is True
    assert platform.stored()["network"]["router"] == 77
    again = converge(platform, **wanted)
    assert again["changed"] is False and "warnings" not in again


def test_force_sends_nothing_where_all_is_told(platform):
    wanted = {"compute": {"cores": 5}}
    converge(platform, **wanted)

    assert converge(platform, force=True, **wanted)["changed"] is False


# --- the document ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
def test_each_description_of_the_document_is_met(world, form):
    platform = Platform(world, quota_form=form)
    addresses = [{"cidr": "7.7.7.7/24", "ip_version": 4, "ip_pools": [{"start_ip": "7.7.7.1", "end_ip": "7.7.7.255"}]}]
    wanted = {"network": {"router": 3, ADDRESSES: addresses}, "block_storage": {"backups": 9}}

    assert converge(platform, **wanted)["quota"]["block_storage"]["backups"] == 9
    assert converge(platform, **wanted)["changed"] is False
    assert platform.stored()["network"][ADDRESSES] == addresses


def test_what_is_not_given_stays(platform):
    platform.world.seed("quotas", {"id": seeds.DEMO_PROJECT, "compute": {"ram": 123}, "network": {"vpcs": 4}})
    before = platform.stored()

    converge(platform, compute={"cores": 7})
    after = platform.stored()
    assert after["compute"].pop("cores") == 7
    del before["compute"]["cores"]
    assert after == before


def test_nothing_is_invented_for_what_is_not_told(platform):
    converge(platform, compute={"cores": 7})

    stored = platform.stored()
    assert "router" not in stored["network"]
    assert stored["file_share"] == stored["obj_stor"] == stored["eisoo_backup"] == {}


def test_the_quota_of_the_named_project_is_changed_and_no_other(platform):
    converge(platform, project=seeds.EMPTY_PROJECT, compute={"cores": 7})

    told = {entry["project"]: entry["compute"]["cores"] for entry in gather(platform)}
    assert told == {seeds.ADMIN_PROJECT: 1000, seeds.DEMO_PROJECT: 1000, seeds.EMPTY_PROJECT: 7}


def test_a_platform_without_a_section_says_so(world):
    platform = Platform(world, quota_form="quota-update")

    with pytest.raises(CloudError) as refused:
        converge(platform, object_storage={"obj_stor_buckets": 1}, compute={"cores": 1})
    assert "'obj_stor' was unexpected" in refused.value.hint


# --- templates ---------------------------------------------------------------------------------------------------


@pytest.fixture
def template(platform):
    members = {"cpu": 64, "novaNum": 8, "ram": 100, "storage": 100, "routeNum": 3, "volumeNum": 40}
    platform.world.seed("quota_templates", {"name": "gold", **members})
    return platform


def test_a_template_is_what_is_not_given(template):
    done = converge(template, template="gold", compute={"cores": 70})

    assert (done["quota"]["compute"]["cores"], done["quota"]["compute"]["instances"]) == (70, 8)
    assert template.stored()["network"]["router"] == 3
    assert converge(template, template="gold", compute={"cores": 70})["changed"] is False
    assert converge(template, template="gold")["quota"]["compute"]["cores"] == 64


def test_amounts_of_an_unknown_unit_are_not_taken(template):
    before = gather(template, project="demo")[0]
    after = converge(template, template="gold")["quota"]

    assert after["compute"]["ram"] == before["compute"]["ram"]
    assert after["block_storage"]["gigabytes"] == before["block_storage"]["gigabytes"]


def test_a_template_leads_to_keys_that_there_are():
    places = [member.quota for member in quota_template.MEMBERS if member.quota]

    assert len(places) == len(set(places))
    assert set(places) <= {(key.section, key.name) for key in KEYS}


def test_a_template_that_there_is_not(template):
    with pytest.raises(OptionError, match="template: there is no quota template 'none'"):
        converge(template, template="none")
    result = converge(template, True, template="none", compute={"cores": 1})
    assert result["quota"]["compute"]["cores"] == 1
    assert any("template" in warning for warning in result["warnings"])


@pytest.mark.parametrize("options", [{}, {"compute": {"cores": 20}}])
def test_a_template_that_an_earlier_task_makes_is_a_change(platform, options):
    result = converge(platform, True, template="of another task", **options)
    assert (result["changed"], result["actions"]) == (True, ["update"])
    assert platform.writes() == 0


def test_a_template_is_one_more_read(template):
    converge(template, template="gold")
    reads = ["limits-list-all", "project-list", "quota-template-list", "quota-document-get"]
    assert template.sent == [*reads, "quota-update"]


# --- what a project uses -----------------------------------------------------------------------------------------


@pytest.fixture
def used(platform):
    platform.world.seed(
        "quotas",
        {"id": seeds.DEMO_PROJECT, "compute": {"cores": 20, "instances": -1}, "used": {"cores": 12, "instances": 6}},
    )
    return platform


@pytest.mark.parametrize("compute", [{"cores": 11}, {"cores": 0}, {"instances": 5}, {"cores": 11, "instances": 5}])
def test_a_limit_is_not_lowered_below_what_is_used(used, compute):
    for check_mode in (True, False):
        with pytest.raises(OptionError) as refused:
            converge(used, check_mode, compute=compute, network={"subnet": 1})
        for name, wanted in compute.items():
            amount = {"cores": 12, "instances": 6}[name]
            assert f"compute.{name}: {amount} used, wanted {wanted}" in str(refused.value)
    assert used.writes() == 0
    assert converge(used, compute=compute, allow_below_usage=True)["changed"] is True


@pytest.mark.parametrize("cores", [12, 13, 20, 21, -1])
def test_what_is_enough_is_not_refused(used, cores):
    assert converge(used, compute={"cores": cores})["quota"]["compute"]["cores"] == cores


def test_a_limit_that_is_too_low_already_may_be_raised_and_kept(used):
    converge(used, compute={"cores": 4}, allow_below_usage=True)

    assert converge(used, compute={"cores": 4}, network={"subnet": 1})["changed"] is True
    assert converge(used, compute={"cores": 8})["quota"]["compute"]["cores"] == 8


def test_used_amounts_have_the_keys_of_their_limits(used):
    (found,) = gather(used, project="demo")

    assert (found["used"]["compute"]["cores"], found["compute"]["cores"]) == (12, 20)
    assert {section: set(keys) for section, keys in found["used"].items()} == {
        section: set(found[section]) - {ADDRESSES} for section in found["used"]
    }


@pytest.mark.parametrize("check_mode", [True, False])
def test_a_project_that_the_platform_does_not_know_is_an_error_in_its_words(platform, check_mode):
    platform.forbidden = {"limits-list-all"}
    with pytest.raises(CloudError, match="could not be found") as refused:
        converge(platform, check_mode, project="f" * 32, compute={"cores": 1})
    assert refused.value.status == 404
    assert "f" * 32 in refused.value.hint


def test_the_diff_has_the_version_of_a_network_that_was_sent(platform):
    options = {"network": {ADDRESSES: [{"cidr": "10.9.0.0/16", "ip_version": 4, "ip_pools": None}]}}
    foreseen, done = converge(platform, True, **options), converge(platform, **options)
    assert foreseen["diff"] == done["diff"]
    (shown,) = [entry for entry in done["diff"]["after"]["network"][ADDRESSES] if entry["cidr"] == "10.9.0.0/16"]
    assert shown["ip_version"] == 4
    assert converge(platform, **options)["changed"] is False


# --- bad options -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"compute": {"cores": -2}}, "compute.cores: -2 is not valid; 0 or more, or -1 for unlimited"),
        ({"network": {"router": True}}, "network.router: True is not valid"),
        ({"network": {ADDRESSES: [{"cidr": "10.0.0.0"}]}}, "'10.0.0.0' is no network"),
        ({"network": {ADDRESSES: [{"cidr": "x/8"}]}}, "'x/8' is no network"),
    ],
)
def test_bad_options_are_refused_before_anything_is_sent(platform, options, words):
    with pytest.raises(OptionError, match=words):
        converge(platform, **options)
    assert platform.sent == []


def test_an_unknown_project(platform):
    with pytest.raises(OptionError, match="project: there is no project 'none'"):
        converge(platform, project="none", compute={"cores": 1})
    result = converge(platform, True, project="none", compute={"cores": 1}, network={"router": 1})
    assert (result["changed"], result["quota"]["project"]) == (True, "(to be created)")
    assert result["quota"]["compute"]["cores"] == 1
    assert any("there is no project 'none' yet" in warning for warning in result["warnings"])


def test_keys_that_are_null_are_not_given(platform):
    (found,) = gather(platform, project="demo")
    sections = {section: members for section, members in found.items() if section in SECTIONS}

    assert converge(platform, **sections)["changed"] is False
    assert converge(platform, compute={"cores": None})["changed"] is False


# --- other platforms and users -----------------------------------------------------------------------------------


def test_limits_that_a_list_does_not_tell_are_asked_for(world):
    platform = Platform(world, brief_limits=True)
    wanted = {"compute": {"cores": 7}}

    assert converge(platform, **wanted)["changed"] is True
    assert converge(platform, **wanted)["changed"] is False
    assert "limits-get" in platform.sent


@pytest.mark.parametrize("project", ["demo", seeds.DEMO_PROJECT])
def test_who_may_not_see_all_quotas_asks_for_one(platform, project):
    platform.forbidden = {"limits-list-all"}

    assert converge(platform, project=project, compute={"cores": 1000})["changed"] is False
    assert platform.sent[-1] == "limits-get"


def test_who_may_not_list_projects_gives_an_id(platform):
    platform.forbidden = {"limits-list-all", PROJECT_LIST.id}

    assert converge(platform, project=seeds.DEMO_PROJECT, compute={"cores": 1000})["changed"] is False
    assert [entry["project"] for entry in gather(platform, project=seeds.DEMO_PROJECT)] == [seeds.DEMO_PROJECT]


def test_all_quotas_are_not_silently_none(platform):
    platform.forbidden = {"limits-list-all"}

    with pytest.raises(CloudError, match="not for you"):
        gather(platform)


def test_one_quota_takes_one_read_or_two(platform):
    gather(platform, project=seeds.DEMO_PROJECT)
    assert platform.sent == ["limits-get"]
    platform.sent.clear()
    gather(platform, project="demo")
    assert platform.sent == ["project-list", "limits-get"]


@pytest.mark.parametrize(
    "raw",
    [
        {"rate": [], "absolute": {"projectId": "p", "maxTotalCores": "16", "totalCoresUsed": "4"}},
        {"absolute": {"projectId": "p", "maxTotalCores": 16.0, "totalCoresUsed": 4}},
        {"rate": [], "totalCoresUsed": 4, "absolute": {"projectId": "p", "maxTotalCores": 16}},
        {"projectId": "p", "maxTotalCores": 16, "totalCoresUsed": 4},
    ],
)
def test_limits_are_read_in_any_form(raw):
    found = QUOTA.read(QUOTA.unwrap(raw))

    assert (found["project"], found["compute"]["cores"], found["used"]["compute"]["cores"]) == ("p", 16, 4)
    assert found["network"][ADDRESSES] == []


# --- any legal document ------------------------------------------------------------------------------------------

amounts = st.integers(min_value=-1, max_value=10**7)


@st.composite
def networks(draw):
    """A network of either family, host bits set, with pools in it."""
    version = draw(st.sampled_from([4, 6]))
    bits = 32 if version == 4 else 128
    address = (ipaddress.IPv4Address if version == 4 else ipaddress.IPv6Address)(draw(st.integers(0, 2**bits - 1)))
    network = ipaddress.ip_interface(f"{address}/{draw(st.integers(bits - 8, bits - 2))}").network
    places = st.integers(0, network.num_addresses - 1)
    bounds = draw(st.lists(st.tuples(places, places).map(sorted), max_size=3))
    pools = [{"start_ip": str(network[low]), "end_ip": str(network[high])} for low, high in bounds]
    entry = {"cidr": f"{address}/{network.prefixlen}"}
    if draw(st.booleans()):
        entry["ip_version"] = draw(st.sampled_from([0, 4, 6]))
    return {**entry, "ip_pools": pools} if draw(st.booleans()) else entry


@st.composite
def documents(draw):
    document = {}
    for key in draw(st.sets(st.sampled_from(KEYS), max_size=12)):
        value = draw(st.lists(networks(), max_size=4)) if key.name == ADDRESSES else draw(amounts)
        document.setdefault(key.section, {})[key.name] = value
    return document


flags = st.fixed_dictionaries({"purge_network_addresses": st.booleans()})


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=documents(), second=documents(), more=flags)
def test_any_document_converges_at_once_and_as_foreseen(world, first, second, more):
    platform = Platform(world)
    options = {**more, "allow_below_usage": True}
    converge(platform, **options, **first)

    foreseen = converge(platform, check_mode=True, **options, **second)
    writes = platform.writes()
    done = converge(platform, **options, **second)
    again = converge(platform, **options, **second)

    assert foreseen == done
    assert platform.writes() - writes == len(done["actions"])
    assert (again["changed"], again["actions"]) == (False, [])
    assert again["diff"]["before"] == again["diff"]["after"]
    for key in TOLD:
        wanted = second.get(key.section, {}).get(key.name)
        if wanted is not None:
            assert again["quota"][key.section][key.name] == wanted
