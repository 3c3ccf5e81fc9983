# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Whether the options of a connection say where the platform is and how to log in, whatever they come from.

An argument spec does not say so: a program that reads a playbook, such as ansible-lint, sees neither the environment
nor module_defaults, and would miss in each task what all of them have.
"""

from __future__ import annotations

import typing as t

from ..cloud.errors import OptionError

#: how the message begins where there is no address
NO_URL = "No api_url."

_PAIRS = (
    ("api_username", "api_password"),
    ("api_application_credential_id", "api_application_credential_secret"),
)
_WAYS = (("api_token",), *_PAIRS)


#: where the options of tasks can be
OF_TASKS = "in the task, in module_defaults (group/h3c.cloudos.cloudos)"


def check_address(params: t.Mapping[str, t.Any], variables: t.Mapping[str, str], places: str) -> None:
    """Refuse a connection without an address; see check_login()."""
    if not params["api_url"]:
        where = f"{places}, or as {variables['api_url']} or {variables['api_cloud']} where the task runs"
        raise OptionError(NO_URL, hint=f"Set it {where}.")


def check_login(params: t.Mapping[str, t.Any], variables: t.Mapping[str, str], places: str) -> None:
    """Refuse a connection without a login, or with half of one.

    Args:
        params: the options of the connection, those of the environment included.
        variables: the environment variable of each option.
        places: where the options can be, for people.

    Raises:
        OptionError: it says what is missing, and where it can be given.
    """
    for pair in _PAIRS:
        missing = [name for name in pair if params[name] is None]
        if len(missing) == 1:
            [given] = set(pair) - set(missing)
            raise OptionError(
                f"{given} is given without {missing[0]}.",
                hint=f"Set it {places}, or as {variables[missing[0]]} where the task runs.",
            )
    if all(params[way[0]] is None for way in _WAYS):
        ways = "; ".join(_in_words(way) for way in _WAYS)
        names = "; ".join(_in_words([variables[name] for name in way]) for way in _WAYS)
        raise OptionError(
            "Nothing to authenticate with.",
            hint=f"Set one of these {places}: {ways}. Or set one of these where the task runs: {names}.",
        )


def _in_words(names: t.Sequence[str]) -> str:
    return " and ".join(names)
