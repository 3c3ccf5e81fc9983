# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""OpenStack's clouds.yaml: the options of the connection that an entry of it stands for."""

from __future__ import annotations

import os
import re
import typing as t
from pathlib import Path
from urllib.parse import urlsplit

from . import environment
from .errors import OptionError
from .json_types import Json

_ENDINGS = (".yaml", ".yml", ".json")

#: members of `auth`, and those beside it, by the option that they stand for; the first one that is there counts
_OF_AUTH = {
    "api_auth_url": ("auth_url",),
    "api_token": ("token",),
    "api_username": ("username",),
    "api_password": ("password",),
    "api_domain": ("user_domain_id", "user_domain_name"),
    "api_project": ("project_id", "project_name"),
    "api_application_credential_id": ("application_credential_id",),
    "api_application_credential_secret": ("application_credential_secret",),
}
_BESIDE = {"validate_certs": "verify", "ca_path": "cacert"}
#: what stands behind the address of the platform in that of its identity service
_IDENTITY = re.compile(r"(/os/[^/]+/v1)?/v3/?$")


def options_of(cloud: str, known: t.Collection[str]) -> Json:
    """The options that an entry stands for.

    Args:
        known: the options that its member `cloudos` may have.

    Raises:
        OptionError: there is no such entry or no file, or it cannot be used. What stands in a file is never shown.
    """
    path = _first(_candidates("OS_CLIENT_CONFIG_FILE", "clouds", _directories()))
    if path is None:
        places = ", ".join(map(str, _directories()))
        raise OptionError(
            f"api_cloud: there is no clouds.yaml in {places}.", hint="OS_CLIENT_CONFIG_FILE names another."
        )
    clouds = _clouds_in(path)
    secrets = _first(_candidates("OS_CLIENT_SECURE_FILE", "secure", [path.parent, *_directories()]))
    if secrets is not None:
        clouds = _merged(clouds, _clouds_in(secrets))
    if cloud not in clouds:
        names = ", ".join(sorted(map(str, clouds))) or "none"
        raise OptionError(f"api_cloud: {path} has no cloud {cloud!r}; it has {names}.")
    return _options(_Entry(path, cloud, clouds[cloud]), known)


def _directories() -> list[Path]:
    """Where OpenStack's own programs look, in their order."""
    user = os.environ.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config")
    return [Path.cwd(), Path(user) / "openstack", Path("/etc/openstack")]


def _candidates(variable: str, name: str, directories: t.Iterable[Path]) -> t.Iterator[Path]:
    named = environment.value(variable)
    if named:
        yield Path(named).expanduser()
    for directory in directories:
        yield from (directory / f"{name}{ending}" for ending in _ENDINGS)


def _first(paths: t.Iterable[Path]) -> t.Optional[Path]:
    return next((path for path in paths if os.path.exists(path)), None)


def _clouds_in(path: Path) -> Json:
    """The entries of a file by their names."""
    try:
        import yaml
    except ImportError:
        raise OptionError(
            "api_cloud: the Python library PyYAML is needed to read clouds.yaml.",
            hint="Install PyYAML for the Python that runs the task, or set the options of the connection instead.",
        ) from None
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise OptionError(f"api_cloud: {path} cannot be read: {error.strerror}.") from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" (line {mark.line + 1})" if mark else ""
        raise OptionError(f"api_cloud: {path} is not valid YAML{where}.") from None
    clouds = data.get("clouds") if isinstance(data, dict) else None
    if not isinstance(clouds, dict):
        raise OptionError(f"api_cloud: {path} has no dictionary `clouds`.")
    return clouds


def _merged(data: t.Any, more: t.Any) -> t.Any:
    if not (isinstance(data, dict) and isinstance(more, dict)):
        return more
    return {**data, **{key: _merged(data[key], value) if key in data else value for key, value in more.items()}}


class _Entry:
    """An entry, of which nothing but names is ever shown."""

    def __init__(self, path: Path, cloud: str, data: t.Any) -> None:
        self._where = f"api_cloud: {path}: {cloud}"
        self.data = self._dictionary(data, "")
        self.auth = self._dictionary(self.data.get("auth"), ".auth")
        self.cloudos = self._dictionary(self.data.get("cloudos"), ".cloudos")

    def _dictionary(self, data: t.Any, name: str) -> Json:
        if data is None:
            return {}
        if not isinstance(data, dict):
            raise self.problem(f"{name}: must be a dictionary")
        return data

    def problem(self, what: str) -> OptionError:
        return OptionError(f"{self._where}{what}.")

    def text(self, name: str) -> t.Optional[str]:
        """A text of `auth`. YAML makes numbers of texts that look like one."""
        value = self.auth.get(name)
        if value is None or value == "":
            return None
        if isinstance(value, (dict, list, bool)):
            raise self.problem(f".auth.{name}: must be a text")
        return str(value)


def _options(entry: _Entry, known: t.Collection[str]) -> Json:
    found: Json = {}
    for option, names in _OF_AUTH.items():
        found[option] = next(filter(None, map(entry.text, names)), None)
    if found["api_auth_url"]:
        found["api_auth_url"] = _versioned(found["api_auth_url"])
        found["api_url"] = _IDENTITY.sub("", found["api_auth_url"])
    found.update({option: entry.data.get(name) for option, name in _BESIDE.items()})
    unknown = sorted(str(name) for name in entry.cloudos if name not in known)
    if unknown:
        raise entry.problem(f".cloudos: there is no option {', '.join(unknown)}")
    found.update(entry.cloudos)
    return {option: value for option, value in found.items() if value is not None}


def _versioned(url: str) -> str:
    """The address of version 3 of an identity service. Many files have the address without a version."""
    url = url.rstrip("/")
    return url if re.search(r"/v[0-9.]+$", urlsplit(url).path) else f"{url}/v3"
