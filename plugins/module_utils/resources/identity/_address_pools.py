# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""The addresses that a project may use: networks, and pools of addresses in them.

They are compared as networks and ranges. Host bits and the way in which a range is cut into pools mean nothing.
"""

from __future__ import annotations

import contextlib
import ipaddress
import typing as t

from ...cloud.errors import OptionError
from ...cloud.json_types import Json
from ...cloud.responses import as_list

_Range = tuple[int, int]


def read(raw: t.Any) -> list[Json]:
    """Networks as the API returns them, in the declared form."""
    return [
        {"cidr": entry.get("cidr"), "ip_version": entry.get("ip_version"), "ip_pools": as_list(entry, "ip_pools")}
        for entry in as_list(raw, None)
        if isinstance(entry, dict)
    ]


def check(option: str, wanted: t.Iterable[Json]) -> None:
    """Refuse what is no network, no address, or not in its network."""
    for entry in wanted:
        try:
            network = _network(entry["cidr"])
        except ValueError:
            raise OptionError(f"{option}: {entry['cidr']!r} is no network; write one like 10.0.0.0/16.") from None
        for pool in entry.get("ip_pools") or []:
            start, end = (_address(option, pool[side]) for side in ("start_ip", "end_ip"))
            if start not in network or end not in network:
                raise OptionError(f"{option}: {start} to {end} is not in {network}.")
            if start > end:
                raise OptionError(f"{option}: {start} stands behind {end}.")


def differ(current: list[Json], wanted: list[Json], purge: bool) -> bool:
    """Whether wanted networks or pools are missing, or, if the rest is to be purged, there are others."""
    have, want = _by_network(current), _by_network(wanted)
    if purge and set(have) - set(want):
        return True
    return any(place not in have or not _same(have[place], entries, purge) for place, entries in want.items())


def joined(current: list[Json], wanted: list[Json], purge: bool) -> list[Json]:
    """The networks that are to be there; what need not change stays as the platform returned it."""
    have, want = _by_network(current), _by_network(wanted)
    result = []
    for place in [*have, *(place for place in want if place not in have)]:
        if place not in want:
            result += [] if purge else have[place]
        elif place in have and _same(have[place], want[place], purge):
            result += have[place]
        else:
            result.append(_one(have.get(place, []), want[place], purge))
    return result


def as_told(entries: list[Json], current: list[Json]) -> list[Json]:
    """How the platform will return networks: the version of one that there is already stays as it was returned."""
    returned = {place: found[0]["ip_version"] for place, found in _by_network(current).items()}
    return [{**entry, "ip_version": returned.get(_place(entry), entry["ip_version"])} for entry in entries]


def to_wire(entry: Json) -> Json:
    """A network for the API: nothing that neither the user nor the platform said."""
    pools = entry["ip_pools"]
    return {
        "cidr": entry["cidr"],
        **({} if entry["ip_version"] is None else {"ip_version": entry["ip_version"]}),
        **(
            {}
            if pools is None
            else {"ip_pools": [{key: pool[key] for key in ("start_ip", "end_ip")} for pool in pools]}
        ),
    }


# --- one network -------------------------------------------------------------------------------------------------


def _network(cidr: str) -> t.Any:
    """The network of an address with its prefix; host bits may be set."""
    if "/" not in cidr:
        raise ValueError(cidr)
    return ipaddress.ip_interface(cidr).network


def _address(option: str, text: str) -> t.Any:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        raise OptionError(f"{option}: {text!r} is not a valid IP address.") from None


def _place(entry: Json) -> str:
    """What distinguishes two networks: the network, or the text where the platform returns something else."""
    try:
        return str(_network(entry["cidr"]))
    except (TypeError, ValueError):
        return str(entry["cidr"])


def _by_network(entries: list[Json]) -> dict[str, list[Json]]:
    found: dict[str, list[Json]] = {}
    for entry in entries:
        found.setdefault(_place(entry), []).append(entry)
    return found


def _same(have: list[Json], want: list[Json], purge: bool) -> bool:
    """Whether the pools of a network are as wanted; wanted without pools, they are not managed."""
    if all(entry.get("ip_pools") is None for entry in want):
        return True
    present, wanted = _ranges(_pools(have)), _ranges(_pools(want))
    return _united(present) == _united(wanted if purge else present + wanted)


def _one(have: list[Json], want: list[Json], purge: bool) -> Json:
    """One entry for a network that is new or changes."""
    versions = [entry.get("ip_version") for entry in [*want, *have]]
    managed = [entry for entry in want if entry.get("ip_pools") is not None]
    pools = _pools(want) if purge else _with(_pools(have), _pools(want))
    return {
        "cidr": (have or want)[0]["cidr"],
        "ip_version": next((version for version in versions if version is not None), None),
        "ip_pools": pools if managed else None,
    }


def _pools(entries: list[Json]) -> list[Json]:
    pools = [pool for entry in entries for pool in entry.get("ip_pools") or []]
    return [pool for number, pool in enumerate(pools) if pool not in pools[:number]]


def _with(present: list[Json], wanted: list[Json]) -> list[Json]:
    """Pools with those added that they do not cover; if some overlap, all are cut anew."""
    covered = _united(_ranges(present))
    news = [pool for pool in wanted if _united(covered + _ranges([pool])) != covered]
    ranges = sorted(_ranges([*present, *news]))
    if all(end < start for (_first, end), (start, _last) in zip(ranges, ranges[1:])):
        return [*present, *news]
    family = type(ipaddress.ip_address(news[0]["start_ip"]))
    return [{"start_ip": str(family(start)), "end_ip": str(family(end))} for start, end in _united(ranges)]


def _ranges(pools: list[Json]) -> list[_Range]:
    ranges = []
    for pool in pools:
        with contextlib.suppress(KeyError, ValueError):  # the platform may report what is none
            start, end = (int(ipaddress.ip_address(pool[side])) for side in ("start_ip", "end_ip"))
            ranges.append((start, end))
    return ranges


def _united(ranges: list[_Range]) -> list[_Range]:
    """Ranges in order, those that overlap or touch made one."""
    united: list[_Range] = []
    for start, end in sorted(ranges):
        if united and start <= united[-1][1] + 1:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((start, end))
    return united
