# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where operations stand, and whether a refusal is of the address or of the object."""

from __future__ import annotations

import json
import re

import pytest
import requests

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud import addresses
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.errors import OptionError
from simulator.contract import load_contract

NETWORKS = "/os/network/v1/v2.0/networks"
VOLUMES = "/os/storage/v1/v2/{tenant_id}/volumes/detail"


@pytest.mark.parametrize(
    ("path", "layout", "given", "there"),
    [
        (NETWORKS, "gateway", {}, NETWORKS),
        (NETWORKS, "core", {}, "/v2.0/networks"),
        (NETWORKS, "core", {"network": "/os/network/v1"}, NETWORKS),
        (NETWORKS, "gateway", {"network": "/os/neutron/v1/"}, "/os/neutron/v1/v2.0/networks"),
        (NETWORKS, "gateway", {"network": ""}, "/v2.0/networks"),
        (NETWORKS, "gateway", {"network": "/"}, "/v2.0/networks"),
        (NETWORKS, "gateway", {"image": "/glance"}, NETWORKS),
        (VOLUMES, "core", {"volume": "/os/storage/v1"}, VOLUMES),
        (VOLUMES, "core", {"storage": "/cinder"}, "/cinder/v2/{tenant_id}/volumes/detail"),
        ("/os/kinton/v1/v3", "core", {"identity": "/id"}, "/id/v3"),
        ("/os/compute/v1?x=1", "core", {}, "?x=1"),
        ("/os/new/v1/things", "core", {}, "/things"),
        ("/os/compute/v10/things", "core", {}, "/os/compute/v10/things"),
        ("/v2/images", "gateway", {}, "/v2/images"),
        ("/v2/images", "core", {"image": "/glance"}, "/v2/images"),
    ],
)
def test_an_operation_stands_where_layout_and_prefixes_say(path, layout, given, there):
    assert addresses.address(path, layout, addresses.prefixes(given)) == there


def test_the_services_are_those_of_the_contract():
    declared = {re.match("/os/([^/]+)/v1/", endpoint.path)[1] for endpoint in load_contract().endpoints}
    assert declared == set(addresses.SERVICES)


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"netwrok": "/os/network/v1"}, "no service 'netwrok'; the services are compute, identity,"),
        ({7: "/x"}, "no service 7"),
        ({"network": "os/network/v1"}, "network: 'os/network/v1' is not a prefix"),
        ({"network": "http://elsewhere/v1"}, "is not a prefix"),
        ({"network": "//elsewhere"}, "is not a prefix"),
        ({"network": "/os/../v1"}, "is not a prefix"),
        ({"network": "/os?x="}, "is not a prefix"),
        ({"network": "/two words"}, "is not a prefix"),
        ({"network": None}, "None is not a prefix"),
        ({"network": ["/os"]}, "is not a prefix"),
        ({"volume": "/a", "storage": "/b"}, "two prefixes"),
    ],
)
def test_what_is_no_prefix_is_refused_by_the_name_of_the_option(given, problem):
    with pytest.raises(OptionError, match=f"api_service_prefixes: .*{re.escape(problem)}"):
        addresses.prefixes(given)


def test_prefixes_make_equal_connections():
    one, other = {"image": "/i", "volume": "/s"}, {"storage": "/s/", "image": "/i"}
    assert addresses.prefixes(one) == addresses.prefixes(other)
    assert addresses.prefixes(None) == addresses.prefixes({}) == ()


def answered(body, status=404, url="http://cloud:9000/os/compute/v1/v2/p/servers/s%201"):
    response = requests.Response()
    response.status_code, response.url = status, url
    response._content = body.encode() if isinstance(body, str) else json.dumps(body).encode()
    return response


NGINX = (
    "<html><head><title>404 Not Found</title></head><body><center><h1>404 Not Found</h1></center>"
    "<hr><center>nginx/1.18.0</center></body></html>"
)
TOMCAT = (
    "<html><head><title>HTTP Status 404 \u2013 Not Found</title><style>body {font-family:Tahoma}</style>"
    "</head><body><h1>HTTP Status 404 \u2013 Not Found</h1><p><b>Type</b> Status Report</p>"
    "<p><b>Description</b> The origin server did not find a current representation for the target "
    "resource or is not willing to disclose that one exists.</p><h3>Apache Tomcat/9.0.31</h3></body></html>"
)
OF_THE_ADDRESS = {
    "nothing": "",
    "nginx": NGINX,
    "tomcat": TOMCAT,
    "a path with its escape": "Cannot GET /os/compute/v1/v2/p/servers/s%201",
    "a path without": "HTTP Status 404 - /os/compute/v1/v2/p/servers/s 1",
    "go": "404 page not found\n",
    "kubernetes": "default backend - 404",
    "kong": {"message": "no Route matched with those values"},
    "spring": {"status": 404, "error": "Not Found", "path": "/os/compute/v1/v2/p/servers/s 1"},
    "paste": {
        "message": "The resource could not be found.<br /><br />\n",
        "code": "404 Not Found",
        "title": "Not Found",
    },
    "an envelope with the path": {"code": "404", "msg": "GET /os/compute/v1/v2/p/servers/s%201 is not offered"},
}
OF_THE_OBJECT = {
    "nova": {"itemNotFound": {"code": 404, "message": "Instance s could not be found."}},
    "nova without words": {"itemNotFound": {"code": 404, "message": "The resource could not be found."}},
    "a method": {"badMethod": {"code": 405, "message": "The method is not allowed."}},
    "neutron": {"NeutronError": {"type": "NetworkNotFound", "message": "Network n could not be found.", "detail": ""}},
    "keystone": {"error": {"code": 404, "message": "Could not find project: p.", "title": "Not Found"}},
    "ironic": {"error_message": {"faultcode": "Client", "faultstring": "Node n could not be found."}},
    "ironic in a text": {"error_message": '{"faultstring": "Node n could not be found."}'},
    "the platform": {"code": "404", "msg": "server s could not be found", "data": None, "total": 0},
}
OF_EITHER = {
    "glance": "<html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1>No image x</body></html>",
    "keystone without an object": {"error": {"code": 404, "message": "The requested URL was not found on the server."}},
    "the platform without an object": {"code": "404", "msg": "Not Found", "data": None},
    "json of somebody": {"detail": "Element s is missing"},
    "a list": ["s"],
    "a number": "7 things",
}


@pytest.mark.parametrize("status", [404, 405])
@pytest.mark.parametrize("body", OF_THE_ADDRESS.values(), ids=OF_THE_ADDRESS)
def test_a_refusal_of_an_address_is_certain(body, status):
    assert addresses.is_unknown(answered(body, status), certainly=True)
    assert addresses.is_unknown(answered(body, status), certainly=False)


@pytest.mark.parametrize("status", [404, 405])
@pytest.mark.parametrize("body", OF_THE_OBJECT.values(), ids=OF_THE_OBJECT)
def test_a_refusal_of_an_object_is_none_of_its_address(body, status):
    assert not addresses.is_unknown(answered(body, status), certainly=True)
    assert not addresses.is_unknown(answered(body, status), certainly=False)


@pytest.mark.parametrize("body", OF_EITHER.values(), ids=OF_EITHER)
def test_a_refusal_that_can_be_either_is_not_certain(body):
    assert not addresses.is_unknown(answered(body), certainly=True)
    assert addresses.is_unknown(answered(body), certainly=False)


@pytest.mark.parametrize("status", [200, 302, 400, 401, 403, 409, 410, 500, 501, 503])
def test_no_other_status_refuses_an_address(status):
    assert not addresses.is_unknown(answered(NGINX, status), certainly=False)
