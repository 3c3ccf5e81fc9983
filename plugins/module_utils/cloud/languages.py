# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Which language is asked for."""

from __future__ import annotations

import re


def is_chinese(language: str) -> bool:
    """Whether the first language of an Accept-Language header, or of a locale, is Chinese."""
    first = re.split("[,;]", language)[0].strip().lower()
    return re.split("[-_.]", first)[0] == "zh"
