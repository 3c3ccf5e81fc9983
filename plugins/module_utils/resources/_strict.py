# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Members that CloudOS demands, and that OpenStack's own Nova refuses, as it does all that it does not know."""

from __future__ import annotations

from ..cloud.errors import CloudError
from ..cloud.json_types import Json


def refuses_members(error: CloudError) -> bool:
    return "Additional properties are not allowed" in error.message


def without_gateways(body: Json) -> Json:
    """The body that creates a server, without what its networks say of gateways."""
    server = body["server"]
    networks = [{name: network[name] for name in network if name != "enable_gateway"} for network in server["networks"]]
    return {**body, "server": {**server, "networks": networks}}
