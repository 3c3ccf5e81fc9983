# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Key pairs: the SSH keys that servers are created with (section 1.4 of the reference).

They belong to the user of the token and are known by their name. The reference has no update.
"""

from __future__ import annotations

import re
import typing as t

from ..client import Operation
from ..errors import OptionError
from ..fields import Kind, computed, option
from ..resource import Resource
from ..run import Run

_KEYPAIRS = "/os/compute/v1/v2/{tenant_id}/os-keypairs"
# Reading and deleting one stands at another path in the reference; OpenStack has only the one above.
_KEYPAIR = "/os/compute/v1/v2/{tenant_id}/keypairs/{keypair_name}"

LIST = Operation("keypair-list", "GET", _KEYPAIRS)
GET = Operation("keypair-get", "GET", _KEYPAIR, fallback=f"{_KEYPAIRS}/{{keypair_name}}")
CREATE = Operation("keypair-create", "POST", _KEYPAIRS)
DELETE = Operation("keypair-delete", "DELETE", _KEYPAIR, answers=False, fallback=f"{_KEYPAIRS}/{{keypair_name}}")

KIND = Kind("key pair", LIST, "keypairs", id="name")

_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")


def same_key(current: t.Optional[str], wanted: t.Optional[str]) -> bool:
    """Whether two public keys are one: type and key count, the comment behind them does not."""
    return (current or "").split()[:2] == (wanted or "").split()[:2]


class Keypair(Resource):
    name = "keypair"
    plural = "keypairs"
    id_param = "keypair_name"
    id_field = "name"
    identified_by = ("name",)
    shares_list = True
    list_operation = LIST
    get_operation = GET
    create_operation = CREATE
    delete_operation = DELETE

    fields = (
        option("name", spec={"required": True}),
        option("public_key", changes=False, required=True, same=same_key, spec={"no_log": False}),
        option("type", changes=False, readable=False, initial="ssh", spec={"choices": ["ssh", "x509"]}),
        computed("fingerprint"),
        computed("user_id"),
    )

    def check(self, run: Run) -> None:
        name = run.options["name"]
        if not _NAME.fullmatch(name):
            raise OptionError(f"name: {name!r} may have 1 to 64 letters, digits, hyphens and underscores.")
        key = run.options.get("public_key")
        if key is not None and len(key.split()) < 2:
            raise OptionError("public_key: this is no public key in OpenSSH's form (a type, then the key).")

    def desired(self, run: Run, current: t.Optional[dict]) -> dict:
        desired = super().desired(run, current)
        return {**desired, "public_key": desired["public_key"] and desired["public_key"].strip()}


KEYPAIR = Keypair()
