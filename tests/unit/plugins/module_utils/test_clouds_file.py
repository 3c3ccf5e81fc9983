# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Entries of clouds.yaml: where the file is found, what its entries stand for, and what wins over them."""

from __future__ import annotations

import builtins

import pytest

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.errors import OptionError
from ansible_collections.h3c.cloudos.plugins.module_utils.module import connection_options
from ansible_collections.h3c.cloudos.plugins.module_utils.module.cloud_entry import with_cloud

CLOUDS = """
clouds:
  lab:
    region_name: ignored
    auth:
      auth_url: http://lab.example.com:9000
      username: alice
      password: canary-1
      project_name: web
      user_domain_name: Staff
    verify: false
    cacert: /ca.pem
    cloudos: {api_layout: core, api_service_prefixes: {network: /net}, api_retries: 7}
  office:
    auth:
      auth_url: https://office/os/kinton/v1/v3/
      application_credential_id: 12
      application_credential_secret: canary-2
    cloudos: {api_url: "https://office:11000"}
  tokens:
    auth: {token: canary-3}
"""


@pytest.fixture(autouse=True)
def places(monkeypatch, tmp_path):
    """Where files are looked for: the current directory and that of the user."""
    for rules in connection_options.CONNECTION.values():
        monkeypatch.delenv(rules["fallback"][1][0], raising=False)
    for name in ("OS_CLIENT_CONFIG_FILE", "OS_CLIENT_SECURE_FILE"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "here").mkdir()
    (tmp_path / "config" / "openstack").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path


@pytest.fixture
def file(places):
    path = places / "here" / "clouds.yaml"
    path.write_text(CLOUDS)
    return path


def refusal(**options):
    with pytest.raises(OptionError) as caught:
        with_cloud(options)
    return str(caught.value)


def test_an_entry_stands_for_options(file):
    assert with_cloud({"api_cloud": "lab"}) == {
        "api_cloud": "lab",
        "api_url": "http://lab.example.com:9000",
        "api_auth_url": "http://lab.example.com:9000/v3",
        "api_username": "alice",
        "api_password": "canary-1",
        "api_project": "web",
        "api_domain": "Staff",
        "validate_certs": False,
        "ca_path": "/ca.pem",
        "api_layout": "core",
        "api_service_prefixes": {"network": "/net"},
        "api_retries": 7,
    }
    assert with_cloud({"api_cloud": "office"}) == {
        "api_cloud": "office",
        "api_url": "https://office:11000",
        "api_auth_url": "https://office/os/kinton/v1/v3",
        "api_application_credential_id": "12",
        "api_application_credential_secret": "canary-2",
    }


def test_without_a_cloud_no_file_is_read(file):
    file.write_text("{")
    assert with_cloud({"api_url": "http://x"}) == {"api_url": "http://x"}


def test_the_variable_names_a_cloud_as_well(file, monkeypatch):
    monkeypatch.setenv("CLOUDOS_CLOUD", "lab")
    assert with_cloud({})["api_username"] == "alice"
    assert with_cloud({"api_cloud": "tokens"})["api_token"] == "canary-3"


def test_options_and_variables_win(file, monkeypatch):
    monkeypatch.setenv("CLOUDOS_PROJECT", "db")
    options = with_cloud({"api_cloud": "lab", "validate_certs": True, "api_password": "mine"})
    assert "api_project" not in options  # the argument spec takes it from the variable
    assert (options["validate_certs"], options["api_password"], options["api_username"]) == (True, "mine", "alice")


@pytest.mark.parametrize(
    "given",
    [
        {"api_token": "t"},
        {"api_application_credential_id": "i", "api_application_credential_secret": "s"},
    ],
)
def test_who_logs_in_otherwise_gets_nothing_of_the_login_in_the_file(file, given):
    options = with_cloud({"api_cloud": "lab", **given})
    assert {"api_username", "api_password"}.isdisjoint(options)
    assert options["api_url"] == "http://lab.example.com:9000"
    assert "api_application_credential_id" not in with_cloud({"api_cloud": "office", "api_username": "u"})


def test_the_places_are_those_of_openstack_in_their_order(places, monkeypatch):
    def put(path, user):
        path.write_text(f"clouds: {{c: {{auth: {{username: {user}}}}}}}")

    def user():
        return with_cloud({"api_cloud": "c"})["api_username"]

    put(places / "config" / "openstack" / "clouds.yml", "of-home")
    assert user() == "of-home"
    put(places / "here" / "clouds.yaml", "of-here")
    assert user() == "of-here"
    put(places / "named", "of-variable")
    monkeypatch.setenv("OS_CLIENT_CONFIG_FILE", str(places / "named"))
    assert user() == "of-variable"
    monkeypatch.setenv("OS_CLIENT_CONFIG_FILE", str(places / "missing"))
    assert user() == "of-here"


def test_secrets_are_merged_from_a_file_of_their_own(file, places, monkeypatch):
    secure = "clouds: {lab: {auth: {password: %s}}, new: {auth: {token: t}}}"
    (places / "here" / "secure.yaml").write_text(secure % "beside")
    options = with_cloud({"api_cloud": "lab"})
    assert (options["api_password"], options["api_username"]) == ("beside", "alice")
    (places / "named").write_text(secure % "named")
    monkeypatch.setenv("OS_CLIENT_SECURE_FILE", str(places / "named"))
    assert with_cloud({"api_cloud": "lab"})["api_password"] == "named"
    assert with_cloud({"api_cloud": "new"})["api_token"] == "t"


def test_an_unknown_cloud_is_refused_with_those_that_there_are(file):
    assert f"{file} has no cloud 'prod'; it has lab, office, tokens." in refusal(api_cloud="prod")


def test_no_file_is_told_with_the_places(places):
    message = refusal(api_cloud="lab")
    assert "there is no clouds.yaml in" in message and str(places / "config" / "openstack") in message


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("clouds: {lab: {auth: {password: canary}", "is not valid YAML (line 1)"),
        ("canary", "has no dictionary `clouds`"),
        ("clouds: [canary]", "has no dictionary `clouds`"),
        ("clouds: {lab: canary}", "lab: must be a dictionary"),
        ("clouds: {lab: {auth: [canary]}}", "lab.auth: must be a dictionary"),
        ("clouds: {lab: {cloudos: canary}}", "lab.cloudos: must be a dictionary"),
        ("clouds: {lab: {auth: {password: [canary]}}}", "lab.auth.password: must be a text"),
        ("clouds: {lab: {cloudos: {layout: canary}}}", "lab.cloudos: there is no option layout"),
        ("clouds: {lab: {cloudos: {api_cloud: canary}}}", "lab.cloudos: there is no option api_cloud"),
        ("clouds: {lab: !!python/object/apply:os.system [canary]}", "is not valid YAML"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_without_its_content(file, text, problem):
    file.write_text(text)
    message = refusal(api_cloud="lab")
    assert message.startswith("api_cloud: ") and problem in message and "canary" not in message


def test_a_file_that_cannot_be_read_is_told(file):
    file.unlink()
    file.mkdir()
    assert "cannot be read: Is a directory" in refusal(api_cloud="lab")


def test_pyyaml_is_asked_for_where_a_cloud_is_named(file, monkeypatch):
    original = builtins.__import__

    def without_yaml(name, *more):
        if name == "yaml":
            raise ImportError(name)
        return original(name, *more)

    monkeypatch.setattr(builtins, "__import__", without_yaml)
    assert "PyYAML" in refusal(api_cloud="lab")
    assert with_cloud({"api_url": "http://x"})
