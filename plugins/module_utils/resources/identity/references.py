# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""How other resources name users."""

from __future__ import annotations

from ...cloud.operation import Operation
from ...model.reference import Reference

SHORT_LIST = Operation("user-list", "GET", "/os/kinton/v1/v3/users-entities")

USER = Reference("user", SHORT_LIST, "users", known_members=())
