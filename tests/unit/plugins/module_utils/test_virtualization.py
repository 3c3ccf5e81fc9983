# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What CAS and VMware tell, in one form."""

from __future__ import annotations

import pytest

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.errors import CloudError, OptionError
from ansible_collections.h3c.cloudos.plugins.module_utils.features.virtualization import read_pool
from ansible_collections.h3c.cloudos.plugins.module_utils.model.context import Context
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.virtualization._pool import Pool, one_of

from .conftest import Answer

CLUSTERS = {
    "clusters": [
        {"name": "a", "morId": "1", "children": [{"name": "same", "morId": "11"}]},
        {"name": "b", "morId": "2", "children": [{"name": "same", "morId": "21"}, {"name": "other", "morId": "22"}]},
    ]
}


def run_of(platform, kind, **options):
    given = {"platform": kind, "compute_node": "node a/b", "cluster": None, "host": None, "gather": ["clusters"]}
    return Context(platform.client(), {**given, **options})


def test_the_name_of_a_compute_node_is_encoded(platform):
    platform.answers(Answer(200, CLUSTERS))
    read_pool(run_of(platform, "cas"))
    assert platform.seen[0].path.endswith("/node%20a%2Fb/clusters-hosts")


def test_a_host_is_found_in_its_cluster_only(platform):
    platform.answers(Answer(200, CLUSTERS))
    (cluster,) = read_pool(run_of(platform, "cas", cluster="b", host="same"))["clusters"]
    assert (cluster["id"], [host["id"] for host in cluster["hosts"]]) == ("2", ["21"])


def test_two_hosts_of_one_name_are_an_error_that_lists_them(platform):
    platform.answers(Answer(200, CLUSTERS))
    with pytest.raises(OptionError, match="several hosts named 'same': 11, 21"):
        read_pool(run_of(platform, "cas", host="same"))


def test_an_id_goes_before_a_name():
    entries = [{"id": "1", "name": "2"}, {"id": "2", "name": "1"}]
    assert one_of(entries, "2", "host", "host") == entries[1]


@pytest.mark.parametrize("spelling", ["modId", "morId"])
def test_the_machines_of_a_host_are_told_by_either_spelling(platform, spelling):
    refs = [{"name": "vm", spelling: "vm-1", "type": "VirtualMachine"}]
    platform.answers(Answer(200, {"name": "h", "morId": "host-1", "inMaintenanceMode": 1, "vmRefs": refs}))
    host = Pool(run_of(platform, "vmware")).host("domain-c7", "host-1")
    assert host["vms"] == [{"id": "vm-1", "name": "vm", "type": "VirtualMachine"}]
    assert host["in_maintenance"] is True


def test_what_cas_tells_as_text_becomes_numbers(platform):
    platform.answers(Answer(200, {"id": "1", "cpuRate": "48.07", "memorySize": "257331", "cpuHz": "2.86GHz"}))
    host = Pool(run_of(platform, "cas")).host("1", "1")
    assert (host["cpu_usage_percent"], host["memory_size"], host["cpu_frequency"]) == (48.07, 257331, "2.86GHz")
    assert host["vms"] is None


@pytest.mark.parametrize(
    "answer",
    [{"storagePool": {"name": "p", "Allocation": "1.5"}}, {"storagePool": [{"name": "p", "allocation": "1.5"}]}],
)
def test_one_storage_pool_may_be_no_list(platform, answer):
    platform.answers(Answer(200, answer))
    (entry,) = Pool(run_of(platform, "cas")).storage("1")
    assert (entry["name"], entry["allocation"], entry["host_id"]) == ("p", 1.5, "1")


def test_datastores_are_a_map_of_names(platform):
    platform.answers(Answer(200, {"a": "datastore-1", "b": "datastore-2"}))
    told = Pool(run_of(platform, "vmware")).storage("host-1")
    assert [(entry["name"], entry["id"]) for entry in told] == [("a", "datastore-1"), ("b", "datastore-2")]


def test_datastores_in_another_form_are_an_error(platform):
    platform.answers(Answer(200, ["datastore-1"]))
    with pytest.raises(CloudError, match="vmware-host-datastores: the answer has not the form"):
        Pool(run_of(platform, "vmware")).storage("host-1")
