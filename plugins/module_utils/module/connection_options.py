# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""The options that say where the platform is and who logs in, and the environment variable of each.

All plugins have them, and filters need no more than these: what is imported here costs each task that uses one.
"""

from __future__ import annotations

import typing as t

from ansible.module_utils.errors import AnsibleFallbackNotFound

from ..cloud import environment
from ..cloud.addresses import AUTO, LAYOUTS
from ..cloud.json_types import Json


def _from_environment(name: str, **spec: t.Any) -> Json:
    return {**spec, "fallback": (_filled_in, [name])}


def _filled_in(name: str) -> str:
    value = environment.value(name)
    if value is None:
        raise AnsibleFallbackNotFound
    return value


CONNECTION = {
    "api_cloud": _from_environment("CLOUDOS_CLOUD", type="str"),
    "api_url": _from_environment("CLOUDOS_URL", type="str"),
    "api_token": _from_environment("CLOUDOS_TOKEN", type="str", no_log=True),
    "api_auth_url": _from_environment("CLOUDOS_AUTH_URL", type="str"),
    "api_username": _from_environment("CLOUDOS_USERNAME", type="str"),
    "api_password": _from_environment("CLOUDOS_PASSWORD", type="str", no_log=True),
    "api_application_credential_id": _from_environment("CLOUDOS_APPLICATION_CREDENTIAL_ID", type="str"),
    "api_application_credential_secret": _from_environment(
        "CLOUDOS_APPLICATION_CREDENTIAL_SECRET", type="str", no_log=True
    ),
    "api_domain": _from_environment("CLOUDOS_DOMAIN", type="str", default="default"),
    "api_project": _from_environment("CLOUDOS_PROJECT", type="str"),
    "api_layout": _from_environment("CLOUDOS_LAYOUT", type="str", choices=list(LAYOUTS), default=AUTO),
    "api_service_prefixes": _from_environment("CLOUDOS_SERVICE_PREFIXES", type="dict"),
    "api_language": _from_environment("CLOUDOS_LANGUAGE", type="str"),
    "validate_certs": _from_environment("CLOUDOS_VALIDATE_CERTS", type="bool", default=True),
    "ca_path": _from_environment("CLOUDOS_CA_PATH", type="path"),
    "api_timeout": _from_environment("CLOUDOS_TIMEOUT", type="float", default=30.0),
    "api_retries": _from_environment("CLOUDOS_RETRIES", type="int", default=4),
}

#: the environment variable of each option of the connection
VARIABLES: t.Mapping[str, str] = {name: spec["fallback"][1][0] for name, spec in CONNECTION.items()}
