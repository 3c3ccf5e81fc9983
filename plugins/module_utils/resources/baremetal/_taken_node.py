# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""What an instance changes of its node: the little of a node that the module of instances has to know."""

from __future__ import annotations

from ...cloud.json_types import Json
from ...model.field import computed, write_object
from ._ironic import NODE_KIND, NODE_LIST


class TakenNode:
    """Nodes in the notes of a checked play, under the names that BaremetalNode has for them."""

    plural = "baremetal_nodes"
    noun = NODE_KIND.noun
    list_operation = NODE_LIST
    id_field = "id"
    keyed_by: tuple[str, ...] = ()
    noted_apart: frozenset[str] = frozenset()
    fields = (computed("id", api="uuid"), computed("instance_id", api="instance_uuid"), computed("provision_state"))

    def id_of(self, raw: Json) -> str:
        return str(raw[NODE_KIND.id])

    def as_returned(self, found: Json) -> Json:
        return write_object(self.fields, found)


TAKEN_NODE = TakenNode()
