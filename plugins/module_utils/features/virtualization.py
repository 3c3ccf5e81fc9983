# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""What clusters, hosts, machines and storage of CAS and VMware are like, for people."""

from __future__ import annotations

import typing as t

from ..cloud.json_types import Json
from ..model.context import Context
from ..module.connection_options import CONNECTION
from ..module.definition import ModuleDefinition
from ..resources.virtualization._pool import WHERE, Pool, chosen

_SPEC = {
    **CONNECTION,
    **WHERE,
    "cluster": {"type": "str"},
    "host": {"type": "str"},
    "gather": {
        "type": "list",
        "elements": "str",
        "choices": ["clusters", "hosts", "vms", "storage"],
        "default": ["clusters"],
    },
}


def read_pool(run: Context) -> Json:
    """What the options ask for, as a task result.

    Raises:
        CloudError: the platform refused, failed or could not be reached.
        OptionError: an option names what does not exist.
    """
    pool, wanted = Pool(run), run.options["gather"]
    clusters = chosen(run, pool.clusters())
    result: dict[str, t.Any] = {"changed": False}
    if "clusters" in wanted:
        result["clusters"] = clusters
    whole = not run.options["host"]
    if "hosts" in wanted:
        result["hosts"] = [host for cluster in clusters for host in pool.hosts(cluster, whole)]
    if "vms" in wanted:
        result["vms"] = [vm for cluster in clusters for vm in pool.vms(cluster, whole)]
    if "storage" in wanted:
        hosts = [host["id"] for cluster in clusters for host in cluster["hosts"]]
        result["storage"] = [entry for host_id in hosts for entry in pool.storage(host_id)]
    return result


VIRTUALIZATION = ModuleDefinition(_SPEC, read_pool)
