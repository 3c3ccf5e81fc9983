# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Files that modules write: looked at before, and in place only when they are complete."""

from __future__ import annotations

import os
import stat
import tempfile
import typing as t

from .errors import OptionError


def look(option: str, path: str) -> t.Optional[tuple[t.Optional[str], int]]:
    """Content and mode of a file, None if there is none; what is no file is not followed and has no content.

    Raises:
        OptionError: there cannot be such a file; `option` is what named it.
    """
    if not os.path.isdir(os.path.dirname(os.path.abspath(path))):
        raise OptionError(f"{option}: the directory of {path} does not exist.")
    try:
        info = os.lstat(path)
        if stat.S_ISDIR(info.st_mode):
            raise OptionError(f"{option}: {path} is a directory.")
        content = None
        if stat.S_ISREG(info.st_mode):
            with open(path, encoding="utf-8", errors="replace", newline="") as file:
                content = file.read()
        return content, stat.S_IMODE(info.st_mode)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise OptionError(f"{option}: {path} cannot be read: {error.strerror}.") from None


def write(option: str, path: str, content: str, mode: t.Optional[int] = None) -> None:
    """Put a finished file in the place of the old one; without a mode it is private, from its first byte on."""
    draft = None
    try:
        descriptor, draft = tempfile.mkstemp(prefix=".h3c-cloudos-", dir=os.path.dirname(os.path.abspath(path)))
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            file.write(content)
        if mode is not None:
            os.chmod(draft, mode)
        os.replace(draft, path)
    except OSError as error:
        if draft is not None and os.path.exists(draft):
            os.unlink(draft)
        raise OptionError(f"{option}: {path} cannot be written: {error.strerror}.") from None
