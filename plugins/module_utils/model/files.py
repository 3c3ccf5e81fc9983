# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Files that options name: looked at before anything is sent; what is written is in place only when it is complete."""

from __future__ import annotations

import os
import stat
import tempfile
import typing as t

from ..cloud.errors import OptionError

_NOUNS = (
    (stat.S_ISDIR, "directory"),
    (stat.S_ISFIFO, "named pipe"),
    (stat.S_ISCHR, "device"),
    (stat.S_ISBLK, "device"),
    (stat.S_ISSOCK, "socket"),
)


def check_name(option: str, path: str) -> None:
    """Refuse what is not the name of any file.

    Raises:
        OptionError: `option` is what named it.
    """
    if not path:
        raise OptionError(f"{option}: must not be empty.")
    if "\0" in path:
        raise OptionError(f"{option}: the name of a file cannot have a NUL character in it.")


def check_source(option: str, path: str) -> None:
    """Refuse what cannot be read to its end, and more than once: only regular files can. Links to them are followed."""
    info = _looked_at(option, path, os.stat)
    if info is None:
        raise OptionError(f"{option}: {path} does not exist.")
    _demand_regular(option, path, info)
    if not info.st_size:
        raise OptionError(f"{option}: {path} is empty.")
    _demand_readable(option, path)


def check_target(option: str, path: str) -> t.Optional[os.stat_result]:
    """Refuse what a file cannot be put in the place of; None if there is nothing.

    A link is not followed: a file that is private, or is sent by a platform, is not for the place of another.
    """
    if not os.path.isdir(os.path.dirname(os.path.abspath(path))):
        raise OptionError(f"{option}: the directory of {path} does not exist.")
    if path.endswith(os.sep):
        raise OptionError(f"{option}: {path} is the name of a directory; give that of a file.")
    info = _looked_at(option, path, os.lstat)
    if info is None:
        return None
    if stat.S_ISLNK(info.st_mode):
        raise OptionError(
            f"{option}: {path} is a link.", hint=f"Specify the file that it leads to: {os.readlink(path)}"
        )
    _demand_regular(option, path, info)
    _demand_readable(option, path)
    return info


def check_authorities(option: str, path: str) -> None:
    """Refuse what certificates cannot be read from: they stand in a regular file or in a directory."""
    info = _looked_at(option, path, os.stat)
    if info is None:
        raise OptionError(f"{option}: {path} does not exist.", hint="Give a file or directory that is there.")
    if not stat.S_ISDIR(info.st_mode):
        _demand_regular(option, path, info)
    _demand_readable(option, path)


def _looked_at(option: str, path: str, look_at: t.Callable[[str], os.stat_result]) -> t.Optional[os.stat_result]:
    try:
        return look_at(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise OptionError(f"{option}: {path} cannot be read: {error.strerror}.") from None


def _demand_regular(option: str, path: str, info: os.stat_result) -> None:
    if not stat.S_ISREG(info.st_mode):
        noun = next((noun for test, noun in _NOUNS if test(info.st_mode)), "special file")
        raise OptionError(f"{option}: {path} is a {noun}, not a regular file.")


def _demand_readable(option: str, path: str) -> None:
    if not os.access(path, os.R_OK):
        raise OptionError(f"{option}: {path} cannot be read: Permission denied.")


def look(option: str, path: str) -> t.Optional[tuple[str, int]]:
    """Content and mode of a file that is to be written, None if there is none.

    Raises:
        OptionError: there cannot be such a file; `option` is what named it.
    """
    info = check_target(option, path)
    if info is None:
        return None
    try:
        with open(path, encoding="utf-8", errors="replace", newline="") as file:
            return file.read(), stat.S_IMODE(info.st_mode)
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
