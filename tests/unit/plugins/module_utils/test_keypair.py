# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Key pairs are compared by the key itself, whatever the text around it is."""

from __future__ import annotations

import base64
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.client import Client
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.connection import Connection
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.errors import OptionError
from ansible_collections.h3c.cloudos.plugins.module_utils.engine.execution import converge
from ansible_collections.h3c.cloudos.plugins.module_utils.model.context import Context
from ansible_collections.h3c.cloudos.plugins.module_utils.module.argument_spec import state_spec
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.compute.keypair import KEYPAIR, same_key
from simulator import Simulator, seeds


def certificate(content, width=64, end="\n", before=""):
    code = base64.b64encode(content).decode()
    lines = [before, "-----BEGIN CERTIFICATE-----", *textwrap.wrap(code, width), "-----END CERTIFICATE-----", ""]
    return end.join(lines)


SSH = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE" + "A" * 42
CONTENTS = st.binary(min_size=1, max_size=200)


@pytest.fixture(scope="module")
def cloud():
    with Simulator() as running:
        yield running


def task(cloud, **options):
    client = Client(Connection(cloud.url, username="admin", password=seeds.ADMIN_PASSWORD, project="admin"))
    spec = {name: rules.get("default") for name, rules in state_spec(KEYPAIR).items() if "fallback" not in rules}
    try:
        return converge(KEYPAIR, Context(client, {**spec, "name": "mykey", **options}))
    finally:
        client.close()


@given(CONTENTS, CONTENTS)
def test_certificates_are_one_where_their_content_is(left, right):
    assert same_key(certificate(left), certificate(right)) == (left == right)


@given(CONTENTS, st.integers(20, 80), st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", "Subject: CN=web"]))
def test_the_text_around_a_certificate_means_nothing(content, width, end, before):
    assert same_key(certificate(content), certificate(content, width, end, before))


def test_a_certificate_is_no_key_of_openssh():
    assert not same_key(certificate(b"one"), SSH)
    assert same_key(SSH, f" {SSH} somebody@host\n")


def test_another_certificate_of_the_same_name_is_refused_or_replaces(cloud):
    cloud.reset()
    assert task(cloud, public_key=certificate(b"one"), type="x509")["actions"] == ["create"]
    assert task(cloud, public_key=certificate(b"one", 76, "\r\n"), type="x509")["changed"] is False
    with pytest.raises(OptionError, match="public_key"):
        task(cloud, public_key=certificate(b"two"), type="x509")
    assert task(cloud, public_key=certificate(b"two"), type="x509", replace=True)["actions"] == ["delete", "create"]


@pytest.mark.parametrize(
    ("type", "key"),
    [
        (None, certificate(b"one")),
        ("ssh", certificate(b"one")),
        ("x509", SSH),
        ("x509", "-----BEGIN CERTIFICATE-----\nno base64!\n-----END CERTIFICATE-----"),
        (None, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"),
        ("ssh", "ssh-rsa"),
        (None, ""),
        (None, "a b"),
    ],
)
def test_a_key_of_another_type_is_refused_before_anything_is_written(cloud, type, key):
    cloud.reset()
    cloud.clear_log()
    with pytest.raises(OptionError, match="public_key"):
        task(cloud, public_key=key, type=type)
    assert not [entry for entry in cloud.log() if entry["operation"] == "keypair-create"]
