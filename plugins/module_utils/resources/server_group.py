# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Server groups: which servers share a host and which must not (section 1.9 of the reference)."""

from __future__ import annotations

from ..client import Operation
from ..fields import Kind

LIST = Operation("server-group-list", "GET", "/os/compute/v1/v2.1/os-server-groups")

KIND = Kind("server group", LIST, "server_groups")
