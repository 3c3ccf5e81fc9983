# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options of the connection: where they come from."""

from __future__ import annotations

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.errors import OptionError
from ansible_collections.h3c.cloudos.plugins.module_utils.module.argument_spec import connection, login
from ansible_collections.h3c.cloudos.plugins.module_utils.module.connection_options import CONNECTION

VARIABLES = {name: spec["fallback"][1][0] for name, spec in CONNECTION.items()}
LOGIN = {"api_url": "http://cloud:11000", "api_username": "alice", "api_password": "s3cret"}


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for variable in VARIABLES.values():
        monkeypatch.delenv(variable, raising=False)
    return monkeypatch


def validated(**given: str) -> tuple[dict, list[str]]:
    result = ArgumentSpecValidator(CONNECTION).validate(given)
    return result.validated_parameters, result.error_messages


def test_an_option_comes_before_its_variable(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("CLOUDOS_PROJECT", "web")

    assert validated(**LOGIN)[0]["api_project"] == "web"
    assert validated(**LOGIN, api_project="db")[0]["api_project"] == "db"


def test_an_empty_variable_counts_as_not_set(environment: pytest.MonkeyPatch) -> None:
    for name, variable in VARIABLES.items():
        environment.setenv(variable, LOGIN.get(name, ""))

    params, errors = validated()
    assert errors == []
    assert params == {**{name: spec.get("default") for name, spec in CONNECTION.items()}, **LOGIN}


def test_an_empty_variable_does_not_stand_for_a_needed_option(environment: pytest.MonkeyPatch) -> None:
    for variable in VARIABLES.values():
        environment.setenv(variable, "")

    with pytest.raises(OptionError, match=r"^No api_url\. Set it in the task, in module_defaults .* CLOUDOS_URL"):
        login(validated()[0])
    with pytest.raises(OptionError, match=r"Nothing to authenticate with\. .*api_token.*CLOUDOS_USERNAME"):
        login(validated(api_url="http://cloud")[0])


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ("api_username", "api_password"),
        ("api_password", "api_username"),
        ("api_application_credential_id", "api_application_credential_secret"),
    ],
)
def test_half_a_login_is_refused_with_the_other_half_and_its_variable(
    environment: pytest.MonkeyPatch, given: str, missing: str
) -> None:
    params = validated(api_url="http://cloud", api_token="token", **{given: "x"})[0]
    with pytest.raises(OptionError, match=f"{given} is given without {missing}.*{VARIABLES[missing]}"):
        login(params)


def test_a_login_is_not_needed_where_all_is_known(environment: pytest.MonkeyPatch) -> None:
    """What has a warm cache sends nothing."""
    assert connection(validated(api_url="http://cloud")[0]).url == "http://cloud"


def test_line_ends_of_files_and_variables_are_no_part_of_an_option(environment: pytest.MonkeyPatch) -> None:
    environment.setenv(VARIABLES["api_url"], "http://cloud:11000\n")
    params, _errors = validated(api_token="token\r\n", api_auth_url=" http://cloud:5000/v3\n")
    made = connection(params)
    assert (made.url, made.token, made.auth_url) == ("http://cloud:11000", "token", "http://cloud:5000/v3")
