# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Environment variables that stand for options of the connection.

AWX sets a variable for each field of a credential, an empty one for a field that is left out, and so replaces variables
of the same names that were set otherwise. Those of a credential therefore have names of their own.
"""

from __future__ import annotations

import os
import typing as t

#: where a login is sent to
_DESTINATIONS = {"api_url": "CLOUDOS_URL", "api_auth_url": "CLOUDOS_AUTH_URL"}


def of_credential(name: str) -> str:
    """The variable that a credential of AWX sets instead."""
    return f"CLOUDOS_CREDENTIAL_{name.removeprefix('CLOUDOS_')}"


def value(name: str) -> t.Optional[str]:
    """The value of a variable, or that of the credential. An empty one counts as not set."""
    return os.environ.get(name) or os.environ.get(of_credential(name)) or None


def redirected(params: t.Mapping[str, t.Any]) -> t.Optional[str]:
    """The variable, if any, that would send the login of a credential to another address than the credential has."""
    for option, name in _DESTINATIONS.items():
        other, own = os.environ.get(name), os.environ.get(of_credential(name))
        if other and own and other != own and params.get(option) in (None, other):
            return name
    return None
