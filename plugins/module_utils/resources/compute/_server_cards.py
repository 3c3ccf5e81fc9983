# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""The networks that an existing server is in, compared with those that its options name, and how it enters others.

The addresses of a server, by the names of their networks, often show all that is wanted. Its interfaces show the rest.
An entry of the options that is met stands in what is there as it was given; a network card that none of them means
stands there with its network and its address.
"""

from __future__ import annotations

import functools
import typing as t

from ...cloud.errors import CloudError, OptionError
from ...cloud.hints import OF_OPENSTACK
from ...cloud.json_types import Json
from ...cloud.operation import Operation
from ...cloud.placeholders import TO_BE_CREATED, is_to_be_created
from ...cloud.responses import as_list
from ...cloud.tokens import looks_like_id
from ...model.canonical import same_host
from ...model.context import Context
from ...model.plan import PENDING, READY, Failed, Outcome, Step, Wait
from ...model.reference import Reference
from .. import _instances, _networks
from ..network.references import NETWORK, PORT
from . import _attachments
from ._server_networks import SPEC

CREATE_INTERFACE = Operation("server-interface-create", "POST", f"{_instances.SERVER}/os-interface")

# States in which the interfaces of a server are not what they will be, or of no use.
_UNSETTLED = (_instances.NEW, "ERROR")
_NOT_OFFERED = (403, 404, 405)


class _Card(t.NamedTuple):
    """A network card: its network by name or ID, and its port where that is known."""

    network: t.Optional[str]
    addresses: tuple[str, ...]
    port: t.Optional[str] = None


#: what shows the cards of a server: what each wanted entry is called there, and the cards
_Source = tuple[list[t.Optional[str]], list[_Card]]
Interfaces = t.Callable[[], list[Json]]


def given(options: t.Mapping[str, t.Any]) -> t.Optional[list[Json]]:
    """The wanted networks as the options name them."""
    networks = options.get("networks")
    if networks is None:
        return None
    return [{name: entry[name] for name in SPEC["options"] if entry.get(name) is not None} for entry in networks]


def kinds_named(options: t.Mapping[str, t.Any], found: Json) -> list[Reference]:
    """The kinds whose lists it takes: IDs are sent as they are, and compared by the names that addresses are under."""
    if found.get("status") in _UNSETTLED:
        return []
    wanted = [entry for entry in options.get("networks") or [] if entry.get("network")]
    return [NETWORK] if any(looks_like_id(entry["network"]) == bool(found) for entry in wanted) else []


def managed(options: t.Mapping[str, t.Any]) -> t.Optional[list[Json]]:
    """The same for an existing server; where its ports are to be the given ones alone, they say all."""
    return None if options.get("purge_ports") and options.get("ports") is not None else given(options)


def present(run: Context, found: Json, interfaces: Interfaces) -> Json:
    """The networks that a server is in, as far as the options speak of them; None where nothing shows them."""
    wanted = managed(run.options)
    if wanted is None:
        return {"networks": None}
    if is_to_be_created(found["id"]):
        return {}
    if found["status"] in _UNSETTLED:
        return {"networks": wanted}
    networks = None
    for source in (_by_addresses, _by_list_of_ports, _by_interfaces):
        shown = source(run, found, wanted, interfaces)
        if shown is None:
            continue
        networks = _in_words(run, wanted, *shown)
        if _suffices(run, wanted, networks):
            break
    if networks is None:
        run.journal.remarks.append("networks: the platform does not return those of a server; they were not compared.")
    return {"networks": networks}


def _suffices(run: Context, wanted: list[Json], networks: list[Json]) -> bool:
    """Whether all that is wanted was found, and what is to be removed is known by its port."""
    missing, surplus = difference(networks, wanted)
    return not missing and not (run.options["purge_networks"] and any(card.get("port") is None for card in surplus))


def difference(current: t.Sequence[Json], wanted: t.Sequence[Json]) -> tuple[list[Json], list[Json]]:
    """What is wanted and not there, and what is there and not wanted; equal entries count."""
    surplus, missing = list(current), []
    for entry in wanted:
        if entry in surplus:
            surplus.remove(entry)
        else:
            missing.append(entry)
    return missing, surplus


def same(current: t.Optional[t.Sequence[Json]], wanted: t.Sequence[Json]) -> bool:
    """Whether a server is in all of the wanted networks."""
    return not difference(current or (), wanted)[0]


def uncompared(current: Json) -> set[str]:
    """The option, where nothing shows the networks of a server."""
    return {"networks"} if current["networks"] is None else set()


def can_enter(current: Json, desired: Json) -> bool:
    """Whether the missing networks can be added: a card that is there keeps its address."""
    missing, surplus = difference(current["networks"], desired["networks"])
    taken = {card["network"] for card in surplus if "network" in card}
    return not any(entry.get("fixed_ip") and entry["network"] in taken for entry in missing)


def awaited(run: Context, current: Json) -> list[Json]:
    """The networks whose addresses a running server is still to show: it has a card in all that are wanted."""
    wanted = managed(run.options) or []
    is_in_all = current.get("networks") is not None and same(current["networks"], wanted)
    return wanted if is_in_all and current["status"] in (_instances.NEW, "ACTIVE") else []


# --- what shows them ---------------------------------------------------------------------------------------------


def _by_addresses(run: Context, found: Json, wanted: list[Json], interfaces: Interfaces) -> t.Optional[_Source]:
    """The addresses of the server, where the names of all wanted networks are known and ports do not matter."""
    if run.options.get("ports") is not None or any("port" in entry for entry in wanted):
        return None
    names = [_name(run, entry["network"]) for entry in wanted]
    if None in names:
        return None
    cards: dict[tuple[str, t.Any], list[str]] = {}
    for network, addresses in found["addresses"].items():
        for entry in addresses:
            if entry["type"] != "floating":
                cards.setdefault((network, entry["mac_address"]), []).append(entry["addr"])
    return names, [_Card(network, tuple(addresses)) for (network, _mac), addresses in cards.items()]


def _name(run: Context, network: str) -> t.Optional[str]:
    """The name of a network, None where it is not certain."""
    if not looks_like_id(network):
        return network
    entries = run.recalled(NETWORK, network) or run.entries_if_listed(NETWORK, _NOT_OFFERED) or []
    name = next((entry.get("name") for entry in entries if entry.get("id") == network), None)
    return name if name and [entry.get("name") for entry in entries].count(name) == 1 else None


def _by_list_of_ports(run: Context, found: Json, wanted: list[Json], interfaces: Interfaces) -> t.Optional[_Source]:
    """The list of all ports, which serves all servers of a fleet, or is read for the names of ports anyway."""
    ports = [entry["port"] for entry in wanted if "port" in entry]
    is_cheap = run.full_listing or not all(map(looks_like_id, ports))
    if not ports or not is_cheap or run.options.get("ports") is not None:
        return None
    listed = run.entries_if_listed(PORT, _NOT_OFFERED)
    if listed is None:
        return None
    entries = [entry for entry in listed if entry.get("device_id") == found["id"]]
    return _ids(run, wanted), [_card(entry, entry.get("network_id"), entry.get("id")) for entry in entries]


def _by_interfaces(run: Context, found: Json, wanted: list[Json], interfaces: Interfaces) -> t.Optional[_Source]:
    """The interfaces of the server itself, but for those of `ports`."""
    try:
        entries = interfaces()
    except CloudError as error:
        if error.status not in _NOT_OFFERED:
            raise
        return None
    apart = {_networks.named(run, PORT, port, "ports") for port in run.options.get("ports") or []}
    own = [entry for entry in entries if entry.get("port_id") not in apart]
    return _ids(run, wanted), [_card(entry, entry.get("net_id"), entry.get("port_id")) for entry in own]


def _card(entry: Json, network: t.Optional[str], port: t.Optional[str]) -> _Card:
    return _Card(network, tuple(str(ip.get("ip_address")) for ip in as_list(entry, "fixed_ips")), port)


def _ids(run: Context, wanted: list[Json]) -> list[t.Optional[str]]:
    return [entry_id(run, entry, f"networks[{index}]") for index, entry in enumerate(wanted)]


def entry_id(run: Context, entry: Json, place: str) -> str:
    """The ID of the port or network that an entry names."""
    if "port" in entry:
        return _networks.named(run, PORT, entry["port"], place)
    return _networks.network_id(run, entry["network"], place)


def _in_words(run: Context, wanted: list[Json], keys: list[t.Optional[str]], cards: list[_Card]) -> list[Json]:
    """The cards as the options speak of them; ports, and then those with an address of choice, are found first."""
    left, met = list(cards), []
    for number in sorted(range(len(wanted)), key=lambda number: _leeway(wanted[number])):
        card = next((card for card in left if _is(card, keys[number], wanted[number].get("fixed_ip"))), None)
        if card is not None:
            left.remove(card)
            met.append(number)
    words = {key: entry["network"] for key, entry in zip(keys, wanted) if "network" in entry}
    others = [
        {
            "network": words.get(card.network) or _label(run, card.network),
            "fixed_ip": next(iter(card.addresses), None),
            **({"port": card.port} if card.port and run.options["purge_networks"] else {}),
        }
        for card in left
    ]
    return [*(wanted[number] for number in sorted(met)), *others]


def _leeway(entry: Json) -> int:
    """How many cards an entry may mean, in comparison with others."""
    return 0 if "port" in entry else 1 if "fixed_ip" in entry else 2


def _is(card: _Card, key: t.Optional[str], address: t.Optional[str]) -> bool:
    if key is None or key not in (card.network, card.port):
        return False
    return address is None or any(same_host(address, known) for known in card.addresses)


def reworded(run: Context, current: t.Sequence[Json], wanted: t.Sequence[Json]) -> list[Json]:
    """What an earlier task of a checked play would have left, in the words of this one."""
    words = {_plain(run, entry): entry for entry in wanted}
    return [words.get(_plain(run, entry)) or _unworded(run, entry) for entry in current]


def _unworded(run: Context, entry: Json) -> Json:
    """An entry of an earlier task as one that this task does not name."""
    kind, own_id, address = _plain(run, entry)
    return entry if kind == "port" else {"network": _label(run, own_id), "fixed_ip": address}


def _label(run: Context, network: t.Optional[str]) -> t.Optional[str]:
    """What to call a network: its name, where the list of them was read."""
    entries = run.client.lookups.get(NETWORK.noun, [])
    return next((entry.get("name") for entry in entries if entry.get("id") == network), network)


def _plain(run: Context, entry: Json) -> tuple[t.Any, ...]:
    kind = "port" if "port" in entry and "fixed_ip" not in entry else "network"
    reference = PORT if kind == "port" else NETWORK
    word = entry.get(kind)
    found = reference.meant(run.entries_if_listed(reference, _NOT_OFFERED) or [], str(word))
    return kind, found[0]["id"] if len(found) == 1 else word, entry.get("fixed_ip")


# --- what changes them -------------------------------------------------------------------------------------------


def steps(run: Context, current: Json, desired: Json, changes: set[str]) -> list[Step]:
    """What brings a server into the wanted networks, and out of the others where these are to be all."""
    if "networks" not in changes:
        return []
    missing, surplus = difference(current["networks"], desired["networks"])
    planned = [_entrance(run, current, missing, number, desired["networks"]) for number in range(len(missing))]
    if run.options["purge_networks"]:
        planned += [_attachments.detach_port(_port_of(run, card)) for card in surplus]
    return planned


def _port_of(run: Context, card: Json) -> str:
    """The port of a card that goes; of one that an earlier task would have added, there is none yet."""
    port: t.Optional[str] = card.get("port")
    if port is None and not run.check_mode:
        raise OptionError("purge_networks: the platform does not report the ports of the networks that are to be left.")
    return port or TO_BE_CREATED


def _entrance(run: Context, current: Json, missing: list[Json], number: int, wanted: list[Json]) -> Step:
    entry = missing[number]
    own_id = entry_id(run, entry, f"networks[{wanted.index(entry)}]")
    if "port" in entry:
        return _attachments.attach_port(run, own_id)
    before = [*current["networks"], *missing[:number]]
    cards = sum(other.get("network") == entry["network"] for other in before) + 1
    address = entry.get("fixed_ip")
    body = {"net_id": own_id, **({"fixed_ips": [{"ip_address": address}]} if address else {})}
    wait = Wait(functools.partial(_entered, own_id, cards, address), read=_read, first=0.0)
    return Step("attach_network", CREATE_INTERFACE, body={"interfaceAttachment": body}, wait=wait, hint=OF_OPENSTACK)


def _read(run: Context, found: t.Optional[Json]) -> Json:
    entries = _attachments.ports_of(run, found or {})
    return {"cards": [_card(entry, entry.get("net_id"), entry.get("port_id")) for entry in entries]}


def _entered(network_id: str, cards: int, address: t.Optional[str], seen: t.Optional[Json]) -> Outcome:
    if seen is None:
        return Failed("the server no longer exists")
    there = [card for card in seen["cards"] if card.network == network_id and card.addresses]
    is_there = len(there) >= cards and (address is None or any(_is(card, network_id, address) for card in there))
    return READY if is_there else PENDING
