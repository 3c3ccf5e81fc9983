# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures in their three forms, and the resources they are of."""

from __future__ import annotations

import itertools
import json
from datetime import datetime, timedelta

import pytest

from simulator import seeds


@pytest.fixture
def metal(sim):
    """A bare-metal instance."""
    return sim.seed("servers", name="metal", zone_id=seeds.ZONE_IRONIC2, node_id="1")[0]


def query(*conditions):
    return [pair for triple in conditions for pair in zip(("q.field", "q.op", "q.value"), triple, strict=True)]


def window(samples, name):
    """Start and stop of the third to the fifth sample, as they are asked for."""
    moments = [sample[name] for sample in samples[2:5]]
    return moments, moments[0].removesuffix("+00:00"), moments[-1].removesuffix("+00:00")


# --- servers ----------------------------------------------------------------------------------------------------


def test_measures_are_strings_every_five_minutes(api, server):
    samples = api("server-metric-measures", resource_id=server["id"], meter_parameter="cpu_util").json()
    assert len(samples) == 576
    assert {type(value) for sample in samples for value in sample.values()} == {str}
    assert {sample["period"] for sample in samples} == {"300"}
    moments = [datetime.fromisoformat(sample["timestamp"]) for sample in samples]
    assert {later - earlier for earlier, later in itertools.pairwise(moments)} == {timedelta(seconds=300)}
    assert all(0 <= float(sample["value"]) <= 100 for sample in samples)


def test_measures_are_the_same_each_time_and_can_be_cut(api, server):
    path = {"resource_id": server["id"], "meter_parameter": "cpu_util"}
    everything = api("server-metric-measures", **path).json()
    moments, start, stop = window(everything, "timestamp")
    part = api("server-metric-measures", query={"start": start, "stop": stop}, **path).json()
    assert [sample["timestamp"] for sample in part] == moments
    assert part == everything[2:5]
    other = api("server-metric-measures", resource_id=server["id"], meter_parameter="memory.usage").json()
    assert other[0]["value"] != everything[0]["value"]


@pytest.mark.parametrize(
    ("start", "status"),
    [
        ("yesterday", 400),
        ("2019-13-01T00:13:44", 400),
        ("2019-03-01", 400),
        ("2019-03-01T00:13:44Z", 400),
        ("2019-03-01T00:13:44.5", 400),
        ("1551399224", 400),
        ("2019-03-01T00:13:44", 200),
    ],
)
def test_times_are_times(api, server, start, status):
    answer = api("server-metric-measures", query={"start": start}, resource_id=server["id"], meter_parameter="cpu_util")
    assert answer.status_code == status


def test_times_are_in_order(api, server, metal):
    window = {"start": "2019-03-02T00:00:00", "stop": "2019-03-01T00:00:00"}
    path = {"resource_id": server["id"], "meter_parameter": "cpu_util"}
    assert api("server-metric-measures", query=window, **path).status_code == 400
    metric = api("baremetal-metric-resources", type="host").json()[0]["metrics"]["hardware.cpu.util"]
    assert api("baremetal-metric-measures", query=window, metric_id=metric).status_code == 400


def test_samples_are_of_the_last_day_unless_asked_for_more(api, server):
    """The measures are of all time."""
    of_server = ("resource_id", "eq", server["id"])
    since_long = ("timestamp", "ge", "2019-03-01T00:13:44")
    for conditions, count in (([of_server], 288), ([of_server, since_long], 576)):
        samples = api("server-meter-samples", query=query(*conditions), countName="cpu_util").json()
        assert len(samples) == count


def test_nics_and_disks_are_measured_too(api, sim, server):
    mac = sim.state("ports")[-1]["mac"]
    disk = api("resource-search", {"=": {"type": "instance_disk"}}).json()[0]
    for resource, metric, status in (
        (f"{server['id']}-{mac}", "network.incoming.bytes.rate", 200),
        (disk["id"], "disk.device.usage", 200),
        (disk["original_resource_id"], "disk.device.capcacity", 200),
        (server["id"], "network.incoming.bytes.rate", 404),
        ("nothing", "cpu_util", 404),
        (server["id"], "temperature", 400),
    ):
        answer = api("server-metric-measures", resource_id=resource, meter_parameter=metric)
        assert answer.status_code == status, resource


@pytest.mark.parametrize(
    ("condition", "names"),
    [
        ({"and": [{"like": {"original_resource_id": "{id}%"}}, {"=": {"type": "instance_disk"}}]}, ["vda"]),
        ({"like": {"original_resource_id": "{id}-vd%"}}, ["vda"]),
        ({"eq": {"type": "instance"}}, ["web"]),
        ({"==": {"name": "nothing"}}, []),
        ({"and": [{">": {"name": "v"}}, {"lt": {"name": "w"}}]}, ["vda"]),
    ],
)
def test_resources_are_searched(api, server, condition, names):
    filled = json.dumps(condition).replace("{id}", server["id"])
    answer = api("resource-search", json.loads(filled))
    assert [resource["name"] for resource in answer.json()] == names


def test_a_search_names_known_members(api, server):
    assert api("resource-search", {"=": {"color": "blue"}}).status_code == 400


def test_servers_of_others_are_not_measured(demo, server):
    assert demo("resource-search", {"like": {"name": "%"}}).json() == []
    assert demo("server-metric-measures", resource_id=server["id"], meter_parameter="cpu_util").status_code == 404


def test_samples_are_asked_for_by_triples(api, server):
    of_server = ("resource_id", "eq", server["id"])
    samples = api("server-meter-samples", query=query(of_server), countName="cpu_util").json()
    assert len(samples) == 288
    assert samples[0]["counter_unit"] == "%"
    assert isinstance(samples[0]["counter_volume"], str)
    assert samples[0]["resource_metadata"] == [{"flavor.ram": "1024", "display_name": "web"}]
    moments, start, stop = window(samples, "timestamp")
    limits = [("timestamp", "ge", start), ("timestamp", "le", stop)]
    for order in ([of_server, *limits], [*limits, of_server]):
        part = api("server-meter-samples", query=query(*order), countName="cpu_util").json()
        assert [sample["timestamp"] for sample in part] == moments
    measures = api("server-metric-measures", resource_id=server["id"], meter_parameter="cpu_util").json()
    assert measures[-1]["value"] == samples[-1]["counter_volume"]


def test_samples_of_nics_are_asked_for_by_their_server(api, server):
    of_nic = query(("resource_metadata.instance_id", "eq", server["id"]))
    samples = api("server-meter-samples", query=of_nic, countName="network.incoming.bytes.rate").json()
    assert len(samples) == 288
    assert samples[0]["resource_id"].startswith(f"{server['id']}-fa:16:3e")


@pytest.mark.parametrize(
    "pairs",
    [
        [],
        query(("timestamp", "ge", "2019-03-01T00:13:44")),
        query(("resource_id", "eq", "1"), ("resource_metadata.instance_id", "eq", "1")),
        query(("resource_id", "ge", "1")),
        query(("resource_id", "eq", "1"), ("timestamp", "eq", "2019-03-01T00:13:44")),
        query(("resource_id", "eq", "1"), ("timestamp", "ge", "yesterday")),
        query(("resource_id", "eq", "1"), ("timestamp", "ge", "2019-03-01T00:13:44Z")),
        query(
            ("resource_id", "eq", "1"),
            ("timestamp", "ge", "2019-03-02T00:00:00"),
            ("timestamp", "le", "2019-03-01T00:00:00"),
        ),
        query(("name", "eq", "1")),
        [("q.field", "resource_id"), ("q.value", "1"), ("q.op", "eq")],
        [("q.field", "resource_id"), ("q.field", "timestamp"), ("q.op", "eq"), ("q.op", "ge"), ("q.value", "1")],
        [("q.field", "resource_id"), ("q.op", "eq")],
    ],
)
def test_broken_triples_are_refused(api, server, pairs):
    assert api("server-meter-samples", query=pairs, countName="cpu_util").status_code == 400


def test_graphics_cards_are_measured(api, sim, server):
    gpu = sim.seed("gpus", server_id=server["id"])[0]
    sim.seed("gpus", server_id="another")
    assert api("server-gpu-list", server_id=server["id"]).json() == [gpu["id"]]
    assert api("server-gpu-list", server_id="1").status_code == 404
    samples = api("server-gpu-metric-measures", resource_id=gpu["id"], meter_parameter="vgpu.rate").json()
    assert samples[0].keys() == {"period", "value", "timestamp"}
    assert api("server-gpu-metric-measures", resource_id="1", meter_parameter="vgpu.rate").status_code == 404


# --- bare metal -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["ipmi_fan_sensor", "ipmi_power_sensor", "ipmi_temperature_sensor"])
def test_sensors_name_the_instance(api, server, metal, kind):
    (resource,) = api("baremetal-metric-resources", type=kind).json()
    assert resource["node"] == metal["id"]
    assert resource["original_resource_id"].startswith(metal["id"])


@pytest.mark.parametrize("kind", ["host", "host_disk_bytes", "host_network_interface", "hardware_gpu"])
def test_everything_else_begins_with_the_address(api, sim, server, metal, kind):
    (resource,) = api("baremetal-metric-resources", type=kind).json()
    assert "node" not in resource
    assert resource["original_resource_id"].startswith(sim.state("ports")[-1]["ip"])


def test_measures_of_bare_metal_are_arrays_of_numbers(api, metal):
    (resource,) = api("baremetal-metric-resources", type="ipmi_fan_sensor").json()
    metric = resource["metrics"]["hardware.ipmi.fan"]
    samples = api("baremetal-metric-measures", metric_id=metric).json()
    assert len(samples) == 576
    assert [type(value) for value in samples[0]] == [str, int, int]
    moments, start, stop = window(samples, 0)
    part = api("baremetal-metric-measures", query={"start": start, "stop": stop}, metric_id=metric).json()
    assert part == samples[2:5]
    assert [sample[0] for sample in part] == moments
    assert api("baremetal-metric-measures", metric_id="nothing").status_code == 404


def test_the_access_key_is_told(api):
    key = api("access-key-get").json()
    assert key.keys() == {"id", "userId", "accessId", "accessKey"}


def test_the_monitoring_type_is_one_of_a_list(api):
    assert api("baremetal-metric-resources", type="temperature").status_code == 400
