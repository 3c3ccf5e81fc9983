# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Projects, which the platform also calls organizations and tenants (section 1.18 of the reference)."""

from __future__ import annotations

from ..client import PROJECT_LIST
from ..fields import Kind

LIST = PROJECT_LIST

KIND = Kind("project", LIST, "projects")
