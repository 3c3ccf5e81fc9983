# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Messages in the language that a request asks for: `Accept-Language: zh`, as clients of installed systems send it.

As on a real platform, not every message has a translation.
"""

from __future__ import annotations

import re

_CHINESE = (
    (re.compile(r"^The request you have made requires authentication\.$"), "您的请求需要身份认证。"),
    (re.compile(r"^(?P<what>.+) could not be found\.?$"), r"找不到 \g<what>。"),
    (re.compile(r"^(?P<what>.+) does not exist\.?$"), r"\g<what> 不存在。"),
)


def in_language(message: str, accepted: str) -> str:
    """The message in the first language of an Accept-Language header, in English if it has no other words."""
    first = re.split(r"[,;]", accepted)[0].strip().lower()
    if re.split(r"[-_]", first)[0] != "zh":
        return message
    for pattern, words in _CHINESE:
        if pattern.match(message):
            return pattern.sub(words, message)
    return message
