# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every form of answer becomes the same values; what is asked for is what the options mean."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud import times
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.errors import CloudError, OptionError
from ansible_collections.h3c.cloudos.plugins.module_utils.features import _metric_rows, _metric_scopes, metrics
from ansible_collections.h3c.cloudos.plugins.module_utils.model.context import Context

from .conftest import Answer

ID = "f61d74e7-945e-416b-ab9a-cb1a19599ac6"
MAC = "fa:16:3e:8c:01:39"
BELOW = ("compute_node", "cluster", "host", "datastore")
DEFAULTS = dict.fromkeys(("server", "nic", "disk", "gpu", "sensors", *BELOW, "metrics", "start", "stop"))
NOTHING = Answer(body=[])

VALUES = st.floats(allow_nan=False, allow_infinity=False)
PERIODS = st.integers(1, 86400)
MOMENTS = st.datetimes(datetime(1980, 1, 1), datetime(2100, 1, 1)).map(lambda moment: moment.replace(microsecond=0))


def read(platform, *answers, check_mode=False, **options):
    platform.answers(*answers)
    given_options = {**DEFAULTS, "source": "measures", **options}
    return metrics.read_metrics(Context(platform.client(), given_options, check_mode))


def paths(platform):
    return [urlsplit(request.path).path for request in platform.seen]


def query(platform):
    return parse_qsl(urlsplit(platform.seen[-1].path).query)


def refused(platform, *answers, **options):
    with pytest.raises(OptionError) as caught:
        read(platform, *answers, **options)
    return str(caught.value)


# --- one form ----------------------------------------------------------------------------------------------------


@given(MOMENTS, PERIODS, VALUES)
def test_the_three_forms_of_a_value_are_one(moment, period, value):
    stamp = f"{moment.isoformat()}+00:00"
    forms = [
        _metric_rows.row_of_object({"timestamp": stamp, "period": str(period), "value": repr(value)}),
        _metric_rows.row_of_array([stamp, period, value]),
        _metric_rows.row_of_sample({"timestamp": stamp, "counter_volume": repr(value), "counter_unit": "B/s"}),
    ]
    told = [metrics.normal(row, "disk.read.bytes.rate") for row in forms]
    expected = {"timestamp": f"{moment.isoformat()}Z", "period": period, "value": value, "unit": None}
    assert told == [expected, expected, {**expected, "period": None, "unit": "B/s"}]
    assert json.loads(json.dumps(told)) == told


@given(
    st.lists(st.none() | st.text() | st.integers() | st.just(10**400) | st.floats(), max_size=5),
    st.dictionaries(
        st.sampled_from(["timestamp", "period", "value", "counter_volume"]), st.none() | st.text() | st.floats()
    ),
)
def test_whatever_stands_in_a_value_a_result_is_json(array, record):
    for row in (
        _metric_rows.row_of_array(array),
        _metric_rows.row_of_object(record),
        _metric_rows.row_of_sample(record),
    ):
        told = metrics.normal(row, "cpu_util")
        assert isinstance(told["value"], (float, type(None)))
        assert isinstance(told["period"], (int, type(None)))
        assert isinstance(told["timestamp"], (str, type(None)))
        json.dumps(told, allow_nan=False)
        sorted([told, told], key=_metric_rows.order_of)


@pytest.mark.parametrize("told", ["NaN", "inf", "-Infinity", "", "a lot", None, float("nan")])
def test_what_is_no_number_is_none(told):
    assert metrics.normal(metrics.Row("2018-05-21T07:20:00+00:00", "300", told), "memory.usage")["value"] is None


def test_a_number_stays_a_number():
    row = _metric_rows.row_of_array(["2019-11-21T01:45:00+00:00", 300, 87302144])
    assert metrics.normal(row, "hardware.memory.used") == {
        "timestamp": "2019-11-21T01:45:00Z",
        "period": 300,
        "value": 87302144.0,
        "unit": None,
    }


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("2018-05-21T15:20:00+08:00", "2018-05-21T07:20:00Z"),
        ("2018-05-21T07:20:00", "2018-05-21T07:20:00Z"),
        (1526887200000, "2018-05-21T07:20:00Z"),
        ("1526887200000", "2018-05-21T07:20:00Z"),
        ("some day", "some day"),
        (None, None),
    ],
)
def test_a_time_is_in_utc(told, expected):
    assert metrics.normal(metrics.Row(told, 300, 1), "cpu_util")["timestamp"] == expected


def test_the_oldest_value_comes_first(platform):
    stamps = ["2018-05-21T07:30:00+00:00", "2018-05-21T07:20:00+00:00", "2018-05-21T15:25:00+08:00", None]
    rows = [{"timestamp": stamp, "period": "300", "value": "1"} for stamp in stamps]
    told = read(platform, Answer(body=rows), scope="server", server=ID, metrics=["cpu_util"])["metrics"]
    minutes = [measure["timestamp"] and measure["timestamp"][14:16] for measure in told[0]["measures"]]
    assert minutes == [None, "20", "25", "30"]


@pytest.mark.parametrize("answer", [{"message": "fine"}, ["x"], [[1, 2, 3]], "text", [None]])
def test_an_answer_of_another_form_is_an_error(platform, answer):
    with pytest.raises(CloudError, match="server-metric-measures: the answer has not the form"):
        read(platform, Answer(body=answer), scope="server", server=ID, metrics=["cpu_util"])


@pytest.mark.parametrize("answer", [[], b"null"])
def test_nothing_measured_is_no_error(platform, answer):
    told = read(platform, Answer(body=answer), scope="server", server=ID, metrics=["cpu_util"])
    assert told["metrics"][0]["measures"] == []


# --- times -------------------------------------------------------------------------------------------------------


def test_times_are_sent_in_utc(platform):
    window = {"start": "2026-01-31T20:00:00.9+08:00", "stop": "1769864400"}
    read(platform, NOTHING, scope="server", server=ID, metrics=["cpu_util"], **window)
    assert query(platform) == [("start", "2026-01-31T12:00:00"), ("stop", "2026-01-31T13:00:00")]


@given(st.datetimes(datetime(1980, 1, 1), datetime(2100, 1, 1)), st.integers(0, 10**6))
def test_the_triples_of_samples_are_in_order(moment, seconds):
    start = moment.replace(tzinfo=timezone.utc)
    window = metrics.Window(start, datetime.fromtimestamp(start.timestamp() + seconds, timezone.utc))
    pairs = _metric_scopes._conditions("resource_id")(metrics.Target(ID, ID), window)
    assert [name for name, _value in pairs] == ["q.field", "q.op", "q.value"] * 3
    assert [value for _name, value in pairs] == [
        *("resource_id", "eq", ID),
        *("timestamp", "ge", times.for_query(window.start)),
        *("timestamp", "le", times.for_query(window.stop)),
    ]


@pytest.mark.parametrize("option", ["start", "stop"])
def test_an_unreadable_time_is_refused_before_anything_is_sent(platform, option):
    message = refused(platform, NOTHING, scope="server", server="web", **{option: "yesterday"})
    assert message.startswith(f"{option}: 'yesterday' is not a valid time. Write it like 2026-01-31T12:00:00Z")
    assert platform.seen == []


def test_reversed_times_are_refused_before_anything_is_sent(platform):
    window = {"start": "2026-01-31T12:00:00Z", "stop": "2026-01-31T19:59:59+08:00"}
    message = refused(platform, NOTHING, scope="server", server="web", **window)
    assert message == "start: 2026-01-31T12:00:00Z is later than stop, which is 2026-01-31T11:59:59Z."
    assert platform.seen == []


# --- what is asked for -------------------------------------------------------------------------------------------


def test_a_network_card_is_named_by_its_address(platform):
    told = read(platform, NOTHING, scope="nic", server=ID, nic="FA-16-3E-8C-01-39", metrics=["m"])
    assert paths(platform)[-1].endswith(f"/resource/generic/{ID}-fa%3A16%3A3e%3A8c%3A01%3A39/metric/m/measures")
    assert told["metrics"][0]["part"] == MAC


@pytest.mark.parametrize(
    ("there", "sent"),
    [
        ({"disk.device.capacity": "1"}, "disk.device.capacity"),
        ({"disk.device.capcacity": "1"}, "disk.device.capcacity"),
        ({}, "disk.device.capcacity"),
        (None, "disk.device.capcacity"),
    ],
)
@pytest.mark.parametrize("asked", ["disk.device.capacity", "disk.device.capcacity"])
def test_the_capacity_of_a_disk_is_asked_for_as_the_platform_spells_it(platform, asked, there, sent):
    disk = {"id": "1", "original_resource_id": f"{ID}-vda", "name": "vda", "type": "instance_disk", "metrics": there}
    told = read(platform, Answer(body=[disk]), NOTHING, scope="disk", server=ID, metrics=[asked])
    assert paths(platform)[-1].endswith(f"/metric/{sent}/measures")
    assert [entry["metric"] for entry in told["metrics"]] == ["disk.device.capacity"]


def test_disks_of_others_are_left_out(platform):
    """The platform's search finds what begins alike."""
    names = [f"{ID}-vdb", f"{ID}-vda", f"{ID}0-vda", ID, "22d28b69"]
    disks = [{"id": name, "original_resource_id": name, "type": "instance_disk"} for name in names]
    nic = {"id": "nic", "original_resource_id": f"{ID}-{MAC}", "type": "instance_network_interface"}
    told = read(platform, Answer(body=[*disks, nic]), NOTHING, scope="disk", server=ID, metrics=["m"])
    assert [entry["part"] for entry in told["metrics"]] == ["vda", "vdb"]
    assert json.loads(platform.seen[0].body) == {
        "and": [{"like": {"original_resource_id": f"{ID}%"}}, {"=": {"type": "instance_disk"}}]
    }


def test_a_disk_that_is_not_there_is_an_error(platform):
    disk = {"id": "1", "original_resource_id": f"{ID}-vda", "type": "instance_disk"}
    options = {"scope": "disk", "server": ID, "disk": "/dev/vdz"}
    message = refused(platform, Answer(body=[disk]), **options)
    assert message == "disk: the server has no disk '/dev/vdz' that is measured. There are: vda."
    told = read(platform, Answer(body=[disk]), check_mode=True, **options)
    assert told["metrics"] == [] and "a real run needs it" in told["warnings"][0]


def sensor(name, kind="host", **more):
    return {"id": f"id of {name}", "original_resource_id": name, "type": kind, "metrics": {"m": f"m of {name}"}, **more}


@pytest.mark.parametrize(
    ("address", "mine", "of_others"),
    [
        ("10.0.0.1", ["10.0.0.1", "10.0.0.1-sda", "10.0.0.1./dev/sda"], ["10.0.0.12", "10.0.0.10-sda", "110.0.0.1"]),
        ("fe80::1", ["fe80::1", "fe80::1-sda"], ["fe80::1:2", "fe80::1a", "fe80::12-sda"]),
    ],
)
def test_an_address_is_not_the_beginning_of_another(platform, address, mine, of_others):
    server = {"id": ID, "name": "metal", "addresses": {"net": [{"addr": address}]}}
    sensors = [sensor(name) for name in [*of_others, *mine]]
    answers = [Answer(body={"servers": [server]}), Answer(body=sensors), NOTHING]
    told = read(platform, *answers, scope="baremetal", server="metal", sensors=["host"])
    assert [entry["resource_id"] for entry in told["metrics"]] == [f"id of {name}" for name in mine]
    assert told["metrics"][0]["part"] is None


@pytest.mark.parametrize(
    "addresses", [{"net": ["10.0.0.1"]}, {"net": "10.0.0.1"}, {"a": None, "net": {"addr": "10.0.0.1"}}]
)
def test_addresses_may_have_any_form(platform, addresses):
    """The reference does not say what they are like."""
    answers = [Answer(body={"servers": [{"id": ID, "name": "metal", "addresses": addresses}]})]
    told = read(
        platform,
        *answers,
        Answer(body=[sensor("10.0.0.1-sda")]),
        NOTHING,
        scope="baremetal",
        server=ID,
        sensors=["host"],
    )
    assert [entry["part"] for entry in told["metrics"]] == ["sda"]


def test_a_sensor_of_ipmi_tells_its_instance(platform):
    """In its node, or else at the beginning of its name; so an id needs no look-up."""
    other = "c44f0a17-a9b6-4a76-b2b2-3457798811e8"
    kind = "ipmi_fan_sensor"
    sensors = [sensor(f"{node}-fan1_speed_(0x70)", kind, node=node) for node in (other, ID)]
    sensors += [sensor(f"{ID}-fan2_speed_(0x71)", kind), sensor("fan3", kind, node=ID), sensor("fan4", kind)]
    told = read(platform, Answer(body=sensors), NOTHING, scope="baremetal", server=ID, sensors=[kind])
    assert [entry["part"] for entry in told["metrics"]] == ["fan1_speed_(0x70)", "fan2_speed_(0x71)", "fan3"]
    assert [entry["sensor"] for entry in told["metrics"]] == [kind] * 3
    assert paths(platform)[1].endswith(f"/metric/m%20of%20{ID}-fan1_speed_%280x70%29/measures")


def test_a_metric_that_nothing_has_is_an_error(platform):
    kind = "ipmi_fan_sensor"
    options = {"scope": "baremetal", "server": ID, "sensors": [kind], "metrics": ["hardware.ipmi.fun"]}
    message = refused(platform, Answer(body=[sensor(f"{ID}-fan", kind, node=ID)]), **options)
    assert message == "metrics: nothing measures 'hardware.ipmi.fun' there. There are: m."


def test_samples_of_network_cards_are_asked_for_once(platform):
    """By their server; each value goes to the card whose address it tells, however it is spelled."""
    ports = {"interfaceAttachments": [{"mac_addr": MAC}, {"mac_addr": "fa:16:3e:00:00:02"}]}
    cards = (MAC.upper(), "fa163e000002", "fa:16:3e:00:00:03")
    sample = {"timestamp": "2018-05-21T07:20:00+00:00", "counter_unit": "B"}
    samples = [
        {**sample, "resource_id": f"{ID}-{card}", "counter_volume": str(value)} for value, card in enumerate(cards, 1)
    ]
    answers = [Answer(body=ports), Answer(body=samples)]
    told = read(platform, *answers, scope="nic", server=ID, source="samples", metrics=["network.incoming.bytes.rate"])
    assert [[measure["value"] for measure in entry["measures"]] for entry in told["metrics"]] == [[1.0], [2.0]]
    assert told["metrics"][0]["measures"][0]["unit"] == "B"
    assert len(platform.seen) == 2
    assert query(platform) == [("q.field", "resource_metadata.instance_id"), ("q.op", "eq"), ("q.value", ID)]


def test_metrics_are_those_of_the_reference_unless_named(platform):
    told = read(platform, NOTHING, scope="gpu", gpu="card")
    assert [entry["metric"] for entry in told["metrics"]] == list(metrics.SCOPES["gpu"].metrics)
    assert {entry["part"] for entry in told["metrics"]} == {"card"}
    told = read(platform, NOTHING, scope="server", server=ID, metrics=["cpu.steal", "cpu_util", "cpu.steal"])
    assert [entry["metric"] for entry in told["metrics"]] == ["cpu.steal", "cpu_util"]


def test_what_is_not_there_or_not_measured_is_told(platform):
    with pytest.raises(CloudError, match="nothing has been measured yet") as caught:
        read(platform, Answer(404, {"message": "Metric x does not exist"}), scope="server", server=ID, metrics=["x"])
    assert (caught.value.status, caught.value.operation) == (404, "server-metric-measures")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"scope": "server", "nic": MAC}, "nic: goes with scope: nic only."),
        ({"scope": "nic", "disk": "vda"}, "disk: goes with scope: disk only."),
        ({"scope": "disk", "gpu": "1"}, "gpu: goes with scope: gpu only."),
        ({"scope": "server", "sensors": ["host"]}, "sensors: goes with scope: baremetal only."),
        ({"scope": "disk", "source": "samples"}, "source: samples goes with scope: server or nic only."),
        ({"scope": "nic", "nic": "fa:16:3e"}, "nic: 'fa:16:3e' is no MAC address."),
        (
            {"scope": "server", "metrics": ["disk.device.capcacity"]},
            "metrics: 'disk.device.capacity' is not a metric of scope: server. It goes with scope: disk.",
        ),
        ({"scope": "server", "metrics": [""]}, "metrics: '' is not a metric of scope: server."),
    ],
)
def test_what_does_not_go_together_is_refused_before_anything_is_sent(platform, options, message):
    assert refused(platform, NOTHING, **{"server": "web", **options}) == message
    assert platform.seen == []


def test_a_server_that_is_not_there_is_an_error_and_a_warning_in_check_mode(platform):
    nobody = Answer(body={"servers": []})
    assert "there is no server 'web'" in refused(platform, nobody, scope="server", server="web")
    for scope in ("server", "nic", "disk", "gpu"):
        told = read(platform, nobody, check_mode=True, scope=scope, server="web")
        assert told["metrics"] == [] and "there is no server 'web' yet" in told["warnings"][0]
    told = read(platform, nobody, check_mode=True, scope="baremetal", server="web", sensors=["host"])
    assert told["metrics"] == []


# --- VMware ------------------------------------------------------------------------------------------------------

POOL = Answer(body={"clusters": [{"name": "c", "morId": "domain-c7", "children": [{"name": "h", "morId": "host-1"}]}]})
VMWARE = {"scope": "vmware", "compute_node": "node"}


def counted(*values, instance="", timestamps=(1551332100000, 1551334100000)):
    data = [{"counterId": 2, "instance": instance, "value": [*values]}]
    return Answer(body={"morId": "host-1", "type": "host", "interval": 300, "timestamps": [*timestamps], "data": data})


def test_parallel_arrays_are_values_with_times(platform):
    (told,) = read(platform, POOL, counted(21, 22, instance="vmnic0"), **VMWARE, host="h")["metrics"]
    assert (told["metric"], told["part"], told["resource_id"]) == ("2", "vmnic0", "host-1")
    first = {"timestamp": "2019-02-28T05:35:00Z", "period": 300, "value": 21.0, "unit": None}
    assert told["measures"] == [first, {**first, "timestamp": "2019-02-28T06:08:20Z", "value": 22.0}]
    assert paths(platform)[1].endswith("/node/perf/host/host-1")


@pytest.mark.parametrize("form", [int, str])
def test_the_wanted_time_is_picked_from_what_vmware_tells(platform, form):
    answer = counted(21, 22, timestamps=[form(1551332100000), form(1551334100000)])
    (told,) = read(platform, POOL, answer, **VMWARE, cluster="c", start="2019-02-28T06:00:00Z")["metrics"]
    assert [measure["value"] for measure in told["measures"]] == [22.0]
    assert paths(platform)[1].endswith("/node/perf/cluster/domain-c7")


def test_values_without_times_are_an_error(platform):
    with pytest.raises(CloudError, match="vmware-perf-get: the answer has not as many values as times"):
        read(platform, POOL, counted(21), **VMWARE, host="h")


def test_vmware_needs_something_to_look_at(platform):
    assert "vmware needs cluster, host or datastore" in refused(platform, POOL, **VMWARE)
    assert platform.seen == []


def test_a_counter_that_is_not_there_is_an_error_that_lists_the_others(platform):
    assert "nothing measures '3' there. There are: 2" in refused(
        platform, POOL, counted(1, 2), **VMWARE, host="h", metrics=["3"]
    )
