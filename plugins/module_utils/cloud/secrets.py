# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Keep secrets out of everything that leaves the client: by value for text, by key for data."""

from __future__ import annotations

import typing as t

try:
    from ansible.module_utils.secrets import register_secret as _register_secret  # ansible-core 2.22 and later
except ImportError:
    _register_secret = None

MASK = "********"

# Members of requests and answers that hold secrets, lower-case, in every spelling that is known.
SECRET_KEYS = frozenset(
    {
        *("password", "os_password", "adminpass", "admin_password", "vmware_password", "image_password"),
        *("ipmi_password", "allpass", "accesskey", "accessid", "private_key", "secret", "token", "user_data"),
        *("configdrive", "x-auth-token", "x-subject-token", "authorization", "transport_url", "transport_uri"),
        *("console_url", "agent_secret_token", "user_data_base64"),
    }
)

# Shorter values would blank out half of every message; a secret that short protects nothing.
_SHORTEST = 3


class Redactor:
    """Knows the secret values of one task and blanks them out of texts and data."""

    def __init__(self, values: t.Iterable[t.Any] = ()) -> None:
        self._values: set[str] = set()
        for value in values:
            self.add(value)

    def add(self, value: t.Any) -> None:
        """Remember a secret; strings inside lists and dictionaries too."""
        if isinstance(value, dict):
            value = list(value.values())
        if isinstance(value, (list, tuple, set)):
            for item in value:
                self.add(item)
            return
        if not isinstance(value, str) or len(value) < _SHORTEST:
            return
        self._values.add(value)
        if _register_secret is not None:
            _register_secret(value)

    def text(self, text: str) -> str:
        """The text without any known secret, the longest first so that no rest of one stays."""
        for value in sorted(self._values, key=len, reverse=True):
            text = text.replace(value, MASK)
        return text

    def data(self, data: t.Any) -> t.Any:
        """A copy of JSON data with secret members masked by key, and known secrets inside strings by value."""
        if isinstance(data, dict):
            return {
                self.data(key): MASK if is_secret_key(key) and item else self.data(item) for key, item in data.items()
            }
        if isinstance(data, (list, tuple)):
            return [self.data(item) for item in data]
        return self.text(data) if isinstance(data, str) else data


def secrets_in(data: t.Any) -> t.Iterator[str]:
    """The texts under secret keys anywhere in JSON data."""
    if isinstance(data, dict):
        for key, item in data.items():
            if isinstance(item, str) and is_secret_key(key):
                yield item
            yield from secrets_in(item)
    elif isinstance(data, (list, tuple)):
        for item in data:
            yield from secrets_in(item)


def without_secrets(data: t.Any) -> t.Any:
    """A copy of JSON data without the members whose keys say that they are secrets."""
    if isinstance(data, dict):
        return {key: without_secrets(item) for key, item in data.items() if not is_secret_key(key)}
    return [without_secrets(item) for item in data] if isinstance(data, list) else data


def is_secret_key(key: t.Any) -> bool:
    """Whether a member of this name holds a secret."""
    return isinstance(key, str) and (key.lower() in SECRET_KEYS or key.lower().endswith("password"))
