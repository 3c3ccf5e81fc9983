# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Users (section 1.18 of the reference)."""

from __future__ import annotations

from ..client import Operation
from ..fields import Kind

LIST = Operation("user-list", "GET", "/os/kinton/v1/v3/users-entities")

KIND = Kind("user", LIST, "users")
