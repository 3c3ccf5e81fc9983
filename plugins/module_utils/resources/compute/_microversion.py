# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Versions of OpenStack's Compute API within v2.1, where an operation needs one."""

from __future__ import annotations

import typing as t

_HEADER = "X-OpenStack-Nova-API-Version"  # what Nova older than 2.27 knows, too


def since(version: str) -> t.Mapping[str, t.Optional[str]]:
    """The headers of an operation that Nova has in this form since a version."""
    return {_HEADER: version}
