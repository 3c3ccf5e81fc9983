# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""What the options of a server may be: what is wrong is said before anything is sent."""

from __future__ import annotations

from ...cloud.errors import OptionError
from ...model.context import Context
from .. import _instances
from . import _server_networks

# Members of a server's metadata that follow from its options and its login.
_REFUSED_METADATA = _instances.PLATFORM_METADATA | {"cvk", "storageTypeId", "location"}
#: members that belong to the platform; all others are the user's
PLATFORM_METADATA = _REFUSED_METADATA | {"h3c_extend_api"}


def check(run: Context) -> None:
    """Refuse options that the platform would refuse, or take for something else."""
    options = run.options
    _instances.check_names(run, description=128)
    _server_networks.check(options.get("networks") or [])
    _instances.check_base64("user_data_base64", options.get("user_data_base64"))
    _instances.check_metadata(run, _REFUSED_METADATA)
    foreign = sorted(_instances.BARE_METAL_METADATA.intersection(options.get("metadata") or {}))
    if foreign:
        raise OptionError(
            f"metadata: {', '.join(foreign)} would make it a bare-metal instance.",
            hint="cloudos_baremetal_instance makes those.",
        )
    if options.get("host") and ":" not in (options.get("availability_zone") or ""):
        raise OptionError("host: a host belongs to a compute node; give availability_zone as zone:compute node.")
