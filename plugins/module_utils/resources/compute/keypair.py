# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Key pairs: the SSH keys that servers are created with (section 1.4 of the reference).

They belong to the user of the token and are known by their name. The reference has no update.
"""

from __future__ import annotations

import base64
import binascii
import dataclasses
import re
import typing as t

from ...cloud.errors import OptionError
from ...cloud.json_types import Json
from ...cloud.operation import Operation
from ...model.context import Context
from ...model.field import computed, option
from ...model.observation import Observation
from ...model.plan import Step
from ...model.reference import Reference
from ...model.resource import Resource
from .._strict import refuses_members

_KEYPAIRS = "/os/compute/v1/v2/{tenant_id}/os-keypairs"
# Reading and deleting one stands at another path in the reference; OpenStack has only the one above.
_KEYPAIR = "/os/compute/v1/v2/{tenant_id}/keypairs/{keypair_name}"

LIST = Operation("keypair-list", "GET", _KEYPAIRS)
GET = Operation("keypair-get", "GET", _KEYPAIR, fallback=f"{_KEYPAIRS}/{{keypair_name}}")
CREATE = Operation("keypair-create", "POST", _KEYPAIRS)
DELETE = Operation("keypair-delete", "DELETE", _KEYPAIR, answers=False, fallback=f"{_KEYPAIRS}/{{keypair_name}}")

KIND = Reference("key pair", LIST, "keypairs", id="name", known_members=())

_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")


_CERTIFICATE = re.compile(r"-----BEGIN CERTIFICATE-----(.*?)-----END CERTIFICATE-----", re.DOTALL)
_FORMS = {
    "ssh": "a public key in OpenSSH's form (a type, then the key)",
    "x509": "a certificate in PEM form",
}


def same_key(current: t.Optional[str], wanted: t.Optional[str]) -> bool:
    """Whether two public keys are one, whatever the text around the key itself is."""
    return _key_in(current) == _key_in(wanted)


def _key_in(text: t.Optional[str]) -> t.Optional[tuple[t.Any, ...]]:
    """The key itself: the content of each certificate, or type and key of OpenSSH's form; None where there is none."""
    words = tuple((text or "").split()[:2])
    return certificates_in(text) or (words if len(words) == 2 and not words[0].startswith("-") else None)


def certificates_in(text: t.Optional[str]) -> tuple[bytes, ...]:
    """The content of the certificates in a text: line ends, wrapping and what stands around them mean nothing."""
    contents = ["".join(found.split()) for found in _CERTIFICATE.findall(text or "")]
    try:
        return tuple(base64.b64decode(content, validate=True) for content in contents if content)
    except binascii.Error:
        return ()


def _form_of(text: str) -> t.Optional[str]:
    """The type of key pair that a public key is for."""
    if certificates_in(text):
        return "x509"
    key = _key_in(text)
    return "ssh" if key and _is_encoded(key[1]) else None


def _is_encoded(text: str) -> bool:
    try:
        return bool(base64.b64decode(text, validate=True))
    except (binascii.Error, ValueError):
        return False


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
        option("public_key", updatable=False, required=True, equals=same_key, spec={"no_log": False}),
        option("type", updatable=False, returned=False, create_default="ssh", spec={"choices": list(_FORMS)}),
        computed("fingerprint"),
        computed("user_id"),
    )

    def check(self, run: Context) -> None:
        super().check(run)
        name = run.options["name"]
        if not _NAME.fullmatch(name):
            raise OptionError(f"name: {name!r} may have 1 to 64 letters, digits, hyphens and underscores.")
        key, wanted = run.options.get("public_key"), run.options.get("type")
        if key is not None:
            _check_form(key, [wanted] if wanted else list(_FORMS))

    def desired(self, run: Context, current: Observation) -> Json:
        desired = super().desired(run, current)
        return {**desired, "public_key": desired["public_key"] and desired["public_key"].strip()}

    def create_steps(self, run: Context, current: Observation, desired: Json) -> list[Step]:
        _check_form(desired["public_key"], [desired["type"]])
        (create,) = super().create_steps(run, current, desired)
        if desired["type"] != "ssh":
            return [create]
        untyped = {self.name: self.body({**desired, "type": None})}  # which is this type for strict Nova
        return [dataclasses.replace(create, fallback_body=untyped, fallback_on=refuses_members)]


def _check_form(key: str, types: list[str]) -> None:
    """Refuse a key of another type.

    Raises:
        OptionError: it is none of these types.
    """
    form = _form_of(key)
    if form not in types:
        hint = f"Use type: {form}." if form else None
        raise OptionError(f"public_key: it is not {' or '.join(_FORMS[name] for name in types)}.", hint=hint)


KEYPAIR = Keypair()
