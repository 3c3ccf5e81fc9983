# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be switched while the simulator runs."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field, fields
from typing import Any

_NUMBERS = (
    "build_seconds",
    "address_seconds",
    "action_seconds",
    "token_seconds",
    "max_limit",
    "silent_limit",
    "transition_seconds",
    "lock_seconds",
    "snapshot_limit",
    "report_seconds",
    "free_seconds",
    "rate_limit",
    "newest_minor",
)
CHOICES: dict[str, tuple[str, ...]] = {
    "shape": ("reference", "openstack"),
    "flavor_delete": ("supported", "refused"),
    "flavor_id": ("auto", "assigned", "sent"),
    "quota_form": ("vm-snapshot-quota-update", "quota-update-extended", "quota-update"),
    "template_update": ("id", "name", "nothing"),
    "template_spelling": ("example", "table"),
    "host_removal": ("supported", "refused"),
    "beyond": ("served", "refused"),
    "transport_spelling": ("transport_URI", "transport_url"),
    "node_secrets": ("clear", "masked"),
    "volumes_and_ports": ("listed", "unlisted"),
    "server_flavor": ("id", "embedded"),
    "node_update": ("whole", "members"),
    "quota_document": ("written", "readable"),
    "vnic_name": ("vnic", "ips"),
    "leases": ("shortened", "listed"),
    "lease_list": ("named", "bare", "wrapped", "paged", "enveloped"),
    "role_group_id": ("uuid", "id"),
    "zone_assignments": ("of_one", "of_all", "none_of_all"),
    "doors": ("both", "gateway", "core"),
    "login": ("", "gateway", "core"),
    "path_project": ("any", "own"),
}


@dataclass
class Settings:
    """All times are seconds.

    shape: whether answers look as in the reference or as the OpenStack services send them.
    strict: whether members that OpenStack's own Nova does not know are refused; only for the openstack shape.
    newest_minor: the newest version 2.x of its API that such a Nova has.
    validate: hold every answer to the contract as well (requests always are).
    build_seconds, action_seconds: how long a server builds, and how long every other work takes.
    address_seconds: how long a server runs before it shows its addresses.
    verify_resize: stop a resize at VERIFY_RESIZE; None means: only in the openstack shape.
    flavor_delete: whether DELETE of a flavor works or is refused with 405.
    flavor_id: whether a created flavor gets a new id (assigned) or keeps the sent one; auto means: assigned in the
        reference shape (the sent one is a request id there), sent in the openstack shape.
    quota_form: which of the three descriptions of the quota document the platform goes by.
    quota_document: whether the quota document can be read at its address, or only be written.
    vnic_name: what the document calls the number of addresses, which the limits call vnic.
    leases: whether leases can be listed and extended, as in installed systems, or only be shortened.
    lease_list: in what the list of leases stands, which no client shows.
    role_group_id: what the list of groups of roles calls their ids, as in assignments or otherwise.
    zone_assignments: whether the list of the zones of projects is of the one that is named only, as in the reference,
        or of all where none is named, as clients of installed systems read it; none_of_all: it then has no entries.
    brief_limits: whether the limits of all projects tell only what is used.
    template_update: what the update of a quota template goes by; what is not found is added.
    template_spelling: whether quota templates are spelt as in the examples of the reference or as in its tables.
    host_removal: whether a host can be taken out of an aggregate, or that is refused with 400.
    beyond: whether what OpenStack's own services can do with flavors, images, server groups and aggregates beyond the
        reference is served, or refused.
    transport_spelling: what compute nodes call the address of the message queue; the other is refused with 400.
    node_secrets: whether compute nodes are told with their secrets in clear text or with asterisks.
    volumes_and_ports: whether the lists of cinder and neutron are offered beside the reference, or are 404.
    server_flavor: whether a server names its flavor by its id, or has its name and sizes embedded (nova 2.47).
    node_update: whether the update of a compute node replaces all of it, or keeps the members that are not sent.
    doors: which addresses are served: those of the gateway, those of the core API, or both.
    login: where tokens are served, if that is another door.
    path_project: whether administrators may act in any project that a path names, or only in that of their token, and
        all others are refused with 400 (nova, cinder).
    token_seconds: lifetime of a token.
    max_limit: the largest page of a list.
    silent_limit: the same for all lists, which then have no links to the rest; 0 for as many entries as there are.
    fail_build: regular expression; servers whose name or flavor name matches end in ERROR, images in `killed`.
    transition_seconds: how long a bare-metal node takes for a change of its provision or power state.
    node_names: whether bare-metal nodes are found by name, too; None means: only in the openstack shape.
    lock_seconds: how long a node stays locked after a change of its provision state.
    report_seconds: how long a bare-metal node is available before it is reported as a hypervisor.
    free_seconds: how long it is available before the scheduler knows that it is free; an instance that is created
        earlier ends in ERROR.
    rate_limit: how many requests are taken in a second, and all others refused with 429; 0 stands for any number.
    snapshot_limit: how many external whole-VM snapshots a server can have.
    fail_provision: which bare-metal nodes fail at which target of provision or power, by regular expression on name,
        id or IPMI address.
    """

    shape: str = "reference"
    strict: bool = False
    newest_minor: int = 93
    validate: bool = True
    build_seconds: float = 0.4
    action_seconds: float = 0.2
    address_seconds: float = 0
    verify_resize: bool | None = None
    flavor_delete: str = "supported"
    flavor_id: str = "auto"
    quota_form: str = "vm-snapshot-quota-update"
    quota_document: str = "written"
    vnic_name: str = "vnic"
    leases: str = "shortened"
    lease_list: str = "named"
    role_group_id: str = "uuid"
    zone_assignments: str = "of_one"
    brief_limits: bool = False
    template_update: str = "id"
    template_spelling: str = "example"
    host_removal: str = "supported"
    beyond: str = "served"
    transport_spelling: str = "transport_URI"
    node_secrets: str = "clear"
    volumes_and_ports: str = "listed"
    path_project: str = "any"
    server_flavor: str = "id"
    node_update: str = "whole"
    doors: str = "both"
    login: str = ""
    token_seconds: float = 3600
    max_limit: int = 1000
    silent_limit: int = 0
    fail_build: str = ""
    transition_seconds: float = 0.2
    node_names: bool | None = None
    lock_seconds: float = 0.1
    report_seconds: float = 0
    free_seconds: float = 0
    rate_limit: int = 0
    snapshot_limit: int = 10
    fail_provision: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.update()

    def update(self, **changes: Any) -> None:
        """Set some of them; ValueError for an unknown name or value, which then changes nothing."""
        wanted = {**asdict(self), **changes}
        unknown = wanted.keys() - {known.name for known in fields(self)}
        if unknown:
            raise ValueError(f"unknown setting: {', '.join(sorted(unknown))}")
        for name, choices in CHOICES.items():
            if wanted[name] not in choices:
                raise ValueError(f"{name} must be one of {', '.join(choices)}")
        for name in _NUMBERS:
            if isinstance(wanted[name], bool) or not isinstance(wanted[name], (int, float)) or wanted[name] < 0:
                raise ValueError(f"{name} must be a number, not negative")
        for name in ("brief_limits", "strict"):
            if not isinstance(wanted[name], bool):
                raise ValueError(f"{name} is true or false")
        if not isinstance(wanted["validate"], bool) or wanted["verify_resize"] not in (None, True, False):
            raise ValueError("validate is true or false, verify_resize also null")
        if not isinstance(wanted["fail_provision"], dict):
            raise ValueError("fail_provision has targets by regular expression")
        for name, patterns in (("fail_build", [wanted["fail_build"]]), ("fail_provision", wanted["fail_provision"])):
            try:
                for pattern in patterns:
                    re.compile(pattern)
            except re.error as error:
                raise ValueError(f"{name}: {error}") from error
        for name, value in changes.items():
            setattr(self, name, value)

    def has_door(self, door: str) -> bool:
        return self.doors in ("both", door)

    def logs_in_at(self, door: str) -> bool:
        return self.login == door if self.login else self.has_door(door)

    @property
    def openstack(self) -> bool:
        return self.shape == "openstack"

    @property
    def stops_at_verify(self) -> bool:
        return self.openstack if self.verify_resize is None else self.verify_resize

    @property
    def keeps_flavor_id(self) -> bool:
        return self.openstack if self.flavor_id == "auto" else self.flavor_id == "sent"

    def fails(self, *names: str) -> bool:
        return bool(self.fail_build) and any(re.search(self.fail_build, name) for name in names)

    def fails_provision(self, target: str, *names: str) -> bool:
        """Whether a node that has one of the names is to fail at a target."""
        return any(
            wanted == target and any(re.search(pattern, name) for name in names)
            for pattern, wanted in self.fail_provision.items()
        )


def descriptions() -> dict[str, str]:
    """What each setting means, as the docstring says it; some share a line."""
    told: dict[str, str] = {}
    for names, text in re.findall(r"^    ([a-z_, ]+): (.+(?:\n     +.+)*)", Settings.__doc__ or "", re.MULTILINE):
        told.update(dict.fromkeys(names.split(", "), " ".join(text.split())))
    return told
