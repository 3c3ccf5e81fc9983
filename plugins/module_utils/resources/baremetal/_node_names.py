# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Nodes by their names, which Ironic takes in the place of ids, and the reference does not speak of."""

from __future__ import annotations

import typing as t

from ...cloud.errors import CloudError
from ...cloud.json_types import Json
from ...model import canonical
from ...model.context import Context
from ._ironic import NODE_GET, controller_of
from ._node_members import controller_address

_BY_NAME = f"{NODE_GET.id} by name"


def node_of_name(run: Context) -> t.Optional[Json]:
    """The node of the name in the options, for an item of a loop; None where the platform does not find it by that.

    A platform that once does not is not asked again. A single task is as well off with the list.
    """
    name, client = run.options.get("name"), run.client
    if not name or not run.is_one_of_many or _BY_NAME in client.refusals:
        return None
    try:
        raw: Json = client.call(NODE_GET, {"baremetalId": name})
    except CloudError as error:
        client.refusals[_BY_NAME] = error
        return None
    address = controller_address(run.options)
    is_it = raw.get("name") == name and (not address or controller_of(raw) == canonical.host(address))
    return raw if is_it and raw.get("uuid") else None
