# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Options of the connection that come of an entry of clouds.yaml, where nothing else says them."""

from __future__ import annotations

import typing as t

from ..cloud import clouds_file, environment
from ..cloud.errors import OptionError
from ..cloud.json_types import Json
from .connection_options import CONNECTION, VARIABLES

OPTION = "api_cloud"

#: the ways to log in; who gives a part of one has decided for it
_LOGINS = (
    {"api_token"},
    {"api_application_credential_id", "api_application_credential_secret"},
    {"api_username", "api_password"},
)


def with_cloud(params: t.Mapping[str, t.Any]) -> Json:
    """The options, with those of the entry that api_cloud or its variable names. Options and variables win over it.

    Raises:
        OptionError: the entry cannot be used, or the login of a credential is not for the platform that is named.
    """
    redirected = environment.redirected(params)
    if redirected:
        raise OptionError(
            f"{redirected} names another platform than the credential of this job.",
            hint="Select the credential of that platform, or leave the URL of the credential empty.",
        )
    name = params.get(OPTION) or environment.value(VARIABLES[OPTION])
    if not name:
        return dict(params)
    given = {option for option in CONNECTION if params.get(option) is not None or environment.value(VARIABLES[option])}
    entry = clouds_file.options_of(str(name), CONNECTION.keys() - {OPTION})
    for login in _LOGINS:
        if given & login:
            given.update(*(other for other in _LOGINS if other is not login))
            break
    return {**params, **{option: value for option, value in entry.items() if option not in given}}
