# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Who acts, and in which project: what connection and token say of it."""

from __future__ import annotations

import threading
import typing as t

from . import tokens
from .authenticator import Authenticator
from .connection import Connection
from .dispatcher import Dispatcher
from .errors import CloudError, OptionError
from .exchange import Exchange
from .json_types import Json
from .operation import Operation
from .pages import Listing

PROJECT_LIST = Operation("project-list", "GET", "/os/kinton/v1/v3/projects")

_SET_PROJECT = "Set api_project (or CLOUDOS_PROJECT)."


class Scope:
    """The user that acts, and the project to act in."""

    def __init__(
        self, connection: Connection, exchange: Exchange, authenticator: Authenticator, dispatcher: Dispatcher
    ) -> None:
        self._connection, self._exchange = connection, exchange
        self._authenticator, self._dispatcher = authenticator, dispatcher
        self._project_id: t.Optional[str] = None
        self._lock = threading.Lock()

    @property
    def project_id(self) -> str:
        """Id of the project to act in: the {tenant_id} of the paths."""
        with self._lock:
            if self._project_id is None:
                self._project_id = self._find_project_id()
            return self._project_id

    @property
    def project_name(self) -> str:
        """Name of the project to act in; its id where the token has no name of it."""
        token = self._authenticator.described_token
        return token.project_name if token.project_name and token.project_id == self.project_id else self.project_id

    @property
    def user_name(self) -> t.Optional[str]:
        """Name of the user that acts, None where neither the options nor the token have it."""
        return self._connection.username or self._authenticator.described_token.user_name

    @property
    def user_id(self) -> t.Optional[str]:
        """Id of the user that acts, None where the token does not have it."""
        return self._authenticator.described_token.user_id

    def _find_project_id(self) -> str:
        wanted = self._connection.project
        if not self._connection.token:
            project_id = self._authenticator.token.project_id
            if project_id:
                return project_id
            raise OptionError("The user has no default project.", hint=_SET_PROJECT)
        if wanted:
            return wanted if tokens.looks_like_id(wanted) else self._project_by_name(wanted)
        described = self._authenticator.described_token
        project_id = described.project_id or (None if described.user_id else self._only_project())
        if project_id:
            return project_id
        why = "belongs to no project" if described.user_id else "is of a project that the platform does not return"
        raise OptionError(f"api_token {why}.", hint=_SET_PROJECT)

    def _only_project(self) -> t.Optional[str]:
        """The project of a token that the platform does not describe, where it lets see one project only."""
        projects = self._projects() or []
        return projects[0].get("id") if len(projects) == 1 else None

    def _project_by_name(self, wanted: str) -> str:
        projects = self._projects()
        if projects is None:
            return wanted  # listing is not for everybody; the text may well be an id
        ids: list[str] = [p["id"] for p in projects if p.get("id") == wanted] or [
            p["id"] for p in projects if p.get("name") == wanted
        ]
        if len(ids) == 1:
            return ids[0]
        problem = (
            f"names several projects: {', '.join(sorted(ids))}. Specify the id" if ids else "names no project. Check it"
        )
        raise OptionError(f"api_project: {wanted!r} {problem}.")

    def _projects(self) -> t.Optional[list[Json]]:
        """The projects that the user may see; None where listing them is not allowed."""
        try:
            return [project for page in Listing(PROJECT_LIST, self._ask, "projects").pages() for project in page]
        except CloudError as error:
            if error.status not in (403, 404):
                raise
            return None

    def _ask(self, query: Json) -> t.Any:
        self._exchange.demand_asker(PROJECT_LIST)
        response, answer = self._dispatcher.send(PROJECT_LIST, query=query)
        self._authenticator.raise_for_status(PROJECT_LIST, response)
        return answer
