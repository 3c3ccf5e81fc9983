# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""What options are called in openstack.cloud, hetzner.hcloud and amazon.aws, where that can mean nothing else here."""

from __future__ import annotations

from ..model.field import alias

ADDRESS = alias("floating_ip_address")
BOOT_VOLUME = alias("root_volume")
DESCRIPTION = alias("display_description")
FLAVOR = alias("server_type", "instance_type")
FLAVOR_ID = alias("flavorid")
GROUP = alias("placement_group")
METADATA = alias("meta", "labels")
MTU = alias("mtu_size")
NETWORK = alias("network_name")
NO_GATEWAY = alias("no_gateway_ip")
SNAPSHOT = alias("snapshot_id")
SOURCE = alias("filename")
USER_DATA = alias("userdata")
