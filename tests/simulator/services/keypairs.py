# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Section 1.4 of the reference: key pairs. They belong to the user, whatever project the path names."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import secrets

from ..call import Answer, Call
from ..clock import iso_micros
from ..errors import ApiError
from ..world import Record, World

_INVALID = "Keypair data is invalid: failed to generate fingerprint"
_ED25519 = 32  # bytes
_CERTIFICATE = re.compile(r"-----BEGIN CERTIFICATE-----(.*?)-----END CERTIFICATE-----", re.DOTALL)


def create(call: Call) -> Answer:
    wanted = call.body["keypair"]
    if _search(call, wanted["name"]):
        raise ApiError(409, f"Key pair '{wanted['name']}' already exists.")
    kind = wanted.get("type", "ssh")
    if kind not in ("ssh", "x509"):
        raise ApiError(400, f"keypair.type: {kind!r} is not one of ssh, x509")
    if "public_key" in wanted:
        _blob(wanted["public_key"], kind)
    keypair = call.world.seed("keypairs", {**wanted, "user_id": call.user_id})
    view = {name: keypair[name] for name in ("name", "user_id", "public_key", "fingerprint")}
    if call.openstack and "public_key" not in wanted:
        view["private_key"] = "-----BEGIN PRIVATE KEY-----\n" + secrets.token_hex(32) + "\n-----END PRIVATE KEY-----\n"
    return Answer(200, {"keypair": view})


def list_all(call: Call) -> Answer:
    """Every entry is wrapped once more."""
    mine = [keypair for keypair in call.world.table("keypairs").values() if keypair["user_id"] == call.user_id]
    return Answer(
        200,
        {
            "keypairs": [
                {"keypair": {name: keypair[name] for name in ("name", "public_key", "fingerprint")}} for keypair in mine
            ]
        },
    )


def show(call: Call) -> Answer:
    keypair = _find(call)
    return Answer(
        200,
        {
            "keypair": {
                **{name: keypair[name] for name in ("name", "public_key", "fingerprint", "user_id")},
                "id": keypair["number"],
                "created_at": iso_micros(keypair["created"]),
                "deleted": False,
                "deleted_at": None,
                "updated_at": None,
            }
        },
    )


def delete(call: Call) -> Answer:
    del call.world.table("keypairs")[_find(call)["id"]]
    return Answer(202)


def complete(world: World, fields: Record) -> Record:
    """A record of kind keypairs; a key is made up if none is given."""
    made_up = base64.b64encode(_fields(b"ssh-rsa", b"\1\0\1", b"\0\x80" + secrets.token_bytes(255))).decode()
    record = {
        "name": "key",
        "type": "ssh",
        "public_key": f"ssh-rsa {made_up} Generated-by-Nova",
        "user_id": next(iter(world.table("users"))),
        "number": world.next_number("keypair"),
        "created": world.clock.now(),
        **fields,
    }
    digest = hashlib.md5(_blob(record["public_key"], record["type"]), usedforsecurity=False).hexdigest()
    return {**record, "fingerprint": ":".join(digest[start : start + 2] for start in range(0, 32, 2))}


def _blob(public_key: str, type: str) -> bytes:
    """The content of a certificate, or the decoded middle part of an OpenSSH public key; 400 if there is none."""
    certificate = _CERTIFICATE.search(public_key)
    if (certificate is not None) != (type == "x509"):
        raise ApiError(400, f"Keypair data is invalid: it is not of type {type}")
    parts = ["x509", "".join(certificate[1].split())] if certificate else public_key.split()
    try:
        blob = base64.b64decode(parts[1], validate=True)
    except (IndexError, binascii.Error):
        raise ApiError(400, _INVALID) from None
    if type == "ssh" and not _is_key(parts[0].encode(), blob):
        raise ApiError(400, _INVALID)
    return blob


def _fields(*values: bytes) -> bytes:
    """Fields of an OpenSSH key: each after its length."""
    return b"".join(len(value).to_bytes(4, "big") + value for value in values)


def _is_key(algorithm: bytes, blob: bytes) -> bool:
    """Whether it consists of whole fields, the first of which is its algorithm."""
    fields: list[bytes] = []
    rest = blob
    while rest:
        length = int.from_bytes(rest[:4], "big")
        fields.append(rest[4 : 4 + length])
        rest = rest[4 + length :]
    if _fields(*fields) != blob or len(fields) < 2 or fields[0] != algorithm:
        return False
    return algorithm != b"ssh-ed25519" or [len(field) for field in fields[1:]] == [_ED25519]


def _search(call: Call, name: str) -> Record | None:
    return next(
        (
            keypair
            for keypair in call.world.table("keypairs").values()
            if keypair["name"] == name and keypair["user_id"] == call.user_id
        ),
        None,
    )


def _find(call: Call) -> Record:
    keypair = _search(call, call.path["keypair_name"])
    if keypair is None:
        raise ApiError(404, f"Keypair {call.path['keypair_name']} not found for user {call.user_id}")
    return keypair


HANDLERS = {
    "keypair-create": create,
    "keypair-list": list_all,
    "keypair-get": show,
    "keypair-delete": delete,
    "os-keypair-get": show,
    "os-keypair-delete": delete,
}
ONLY = {
    "keypair-get": "reference",
    "keypair-delete": "reference",
    "os-keypair-get": "openstack",
    "os-keypair-delete": "openstack",
}
FACTORIES = {"keypairs": complete}
