# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The contract as a judge: what a request and an answer must look like."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema.exceptions import ValidationError
from openapi_core import Config, OpenAPI
from openapi_core.datatypes import RequestParameters
from openapi_core.exceptions import OpenAPIError
from openapi_core.validation.schemas.exceptions import InvalidSchemaValue
from openapi_schema_validator import OAS31Validator
from werkzeug.datastructures import Headers, ImmutableMultiDict

from .errors import ApiError

DOCUMENT = Path(__file__).parent.parent / "contract" / "openapi.yaml"
METHODS = ("get", "put", "post", "delete", "patch")
JSON_PATCH = "application/openstack-images-v2.1-json-patch"
OCTETS = "application/octet-stream"
UNREADABLE = object()
TOKEN = "X-Auth-Token"
_REMEMBERED = 100_000  # of what has passed


@dataclass(frozen=True)
class Branch:
    """One of the bodies that a shared endpoint takes."""

    operation: str
    accept: tuple[str, ...]
    validator: OAS31Validator


@dataclass(frozen=True)
class Endpoint:
    """A method and path of the contract.

    Attributes:
        headers: those that select a back end, with their only values.
        parameter_headers: all that are declared.
    """

    method: str
    path: str
    operation: str
    secured: bool
    content_type: str
    accept: tuple[str, ...]
    query: frozenset[str]
    has_body: bool
    headers: dict[str, str]
    parameter_headers: frozenset[str]
    statuses: frozenset[str]
    branches: tuple[Branch, ...] = ()

    @property
    def streams(self) -> bool:
        return self.content_type == OCTETS

    def branch(self, body: Any) -> Branch | None:
        """The branch that a body belongs to: the one it violates least."""
        if body is UNREADABLE or not self.branches:
            return None
        return min(self.branches, key=lambda branch: len(list(branch.validator.iter_errors(body))))


@dataclass
class WireRequest:
    """A request in the form that openapi-core reads."""

    method: str
    path: str
    path_pattern: str
    parameters: RequestParameters
    content_type: str
    body: bytes | None
    host_url: str = "http://localhost"


@dataclass
class WireAnswer:
    status_code: int
    data: bytes | None
    headers: dict[str, str] = field(default_factory=dict)
    content_type: str = "application/json"


class _Passed:
    """What was in order, so that nothing is judged twice: that takes longer than all else that the simulator does."""

    def __init__(self) -> None:
        self._digests: set[bytes] = set()

    def errors(self, judged: object, judge: Callable[[], Iterable[OpenAPIError]]) -> list[OpenAPIError]:
        """The errors that a judge finds; `judged` has all that these depend on, and says so as text."""
        digest = hashlib.sha256(repr(judged).encode("utf-8", "surrogatepass")).digest()
        if digest in self._digests:
            return []
        errors = list(judge())
        if len(self._digests) == _REMEMBERED:
            self._digests.clear()
        if not errors:
            self._digests.add(digest)
        return errors


class Contract:
    """The contract in one of the shapes: without the platform, nothing is demanded that only the platform knows."""

    def __init__(self, document: dict[str, Any], shape: str = "reference") -> None:
        self.document = document if shape == "reference" else _without_platform(document)
        config = Config(
            spec_validator_cls=None, extra_media_type_deserializers={JSON_PATCH: lambda data, **_rest: json.loads(data)}
        )
        self._openapi = OpenAPI.from_dict(self.document, config=config)
        self.endpoints = [
            _endpoint(path, method, item[method])
            for path, item in self.document["paths"].items()
            for method in METHODS
            if method in item
        ]
        self.secret_members = set(_secret_names(self.document))
        self._by_place = {(endpoint.method, endpoint.path): endpoint for endpoint in self.endpoints}
        self._selecting = {name for endpoint in self.endpoints for name in endpoint.headers}
        self._passed = _Passed()

    def endpoint(self, method: str, path: str) -> Endpoint:
        """The endpoint of a method and a path with its parameters in braces."""
        return self._by_place[method, path]

    def check_request(self, endpoint: Endpoint, request: WireRequest, headers: dict[str, str]) -> None:
        """ApiError with status 400 or 415 that says everything that is wrong.

        `headers` have lower-case names."""
        self._check_media_type(endpoint, headers)
        problems = [*_generic_problems(endpoint, request, headers)]
        misplaced = sorted(name for name in self._selecting - endpoint.headers.keys() if name.lower() in headers)
        problems += [f"header {name} must be absent: it selects another service" for name in misplaced]
        judged = _judged(endpoint, request)
        for error in self._passed.errors(judged, lambda: self._openapi.iter_request_errors(request)):
            problems += _explain(error, endpoint, self.secret_members)
        if problems:
            raise ApiError(400, f"{endpoint.operation}: " + "; ".join(problems))

    def check_answer(self, request: WireRequest, answer: WireAnswer) -> list[str]:
        """Everything in an answer that the contract does not describe."""
        judged = (request.method, request.path_pattern, answer)
        errors = self._passed.errors(judged, lambda: self._openapi.iter_response_errors(request, answer))
        return [problem for error in errors for problem in _explain(error, None, self.secret_members)]

    @staticmethod
    def _check_media_type(endpoint: Endpoint, headers: dict[str, str]) -> None:
        sent = headers.get("content-type", "").partition(";")[0].strip().lower()
        if sent == endpoint.content_type:
            return
        status = 415 if sent and "415" in endpoint.statuses else 400
        said = f"it is {sent!r}" if sent else "it is missing"
        raise ApiError(status, f"{endpoint.operation}: header Content-Type must be {endpoint.content_type!r}, {said}")


@cache
def load_contract(shape: str = "reference") -> Contract:
    """The contract of the repository in one of the shapes, compiled once for all."""
    return Contract(_document(), shape)


@cache
def _document() -> dict[str, Any]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(DOCUMENT.read_text(encoding="utf-8"), Loader=loader)


def _without_platform(value: Any) -> Any:
    """A copy of the document in which members that only the platform demands are optional."""
    if isinstance(value, list):
        return [_without_platform(item) for item in value]
    if not isinstance(value, dict):
        return value
    copied = {name: _without_platform(member) for name, member in value.items()}
    if isinstance(value.get("x-platform-required"), list):
        copied["required"] = [name for name in value.get("required", []) if name not in value["x-platform-required"]]
    return copied


def wire_parameters(
    path: dict[str, str], query: Iterable[tuple[str, str]], headers: Iterable[tuple[str, str]]
) -> RequestParameters:
    return RequestParameters(path=dict(path), query=ImmutableMultiDict(list(query)), header=Headers(list(headers)))


def _judged(endpoint: Endpoint, request: WireRequest) -> object:
    """What the verdict about a request depends on; of the token, only whether there is one."""
    sent = request.parameters
    headers = [(name, sent.header.getlist(name)) for name in sorted(endpoint.parameter_headers)]
    place = (request.method, request.path_pattern, sorted(sent.path.items()), sent.query.to_dict(flat=False))
    return (*place, headers, TOKEN in sent.header, request.content_type, request.body)


def _endpoint(path: str, method: str, operation: dict[str, Any]) -> Endpoint:
    content = operation.get("requestBody", {}).get("content", {})
    branches = [schema for media in content.values() for schema in media.get("schema", {}).get("oneOf", [])]
    parameters = operation.get("parameters", [])
    return Endpoint(
        method=method.upper(),
        path=path,
        operation=operation["operationId"],
        secured=operation.get("security") != [],
        content_type=operation["x-content-type"],
        accept=tuple(operation["x-accept"]),
        has_body="requestBody" in operation,
        query=frozenset(entry["name"] for entry in parameters if entry["in"] == "query"),
        headers={
            entry["name"]: entry["schema"]["enum"][0]
            for entry in parameters
            if entry["in"] == "header" and "enum" in entry["schema"]
        },
        parameter_headers=frozenset(entry["name"] for entry in parameters if entry["in"] == "header"),
        statuses=frozenset(operation["responses"]),
        branches=tuple(
            Branch(schema["x-operation"], tuple(schema["x-accept"]), OAS31Validator(schema))
            for schema in branches
            if "x-operation" in schema
        ),
    )


def _generic_problems(endpoint: Endpoint, request: WireRequest, headers: dict[str, str]) -> Iterator[str]:
    """What OpenAPI cannot express: undeclared query keys, headers that must be absent, bodies where none belongs."""
    unknown = sorted(set(request.parameters.query) - endpoint.query)
    if unknown:
        yield f"query parameter not allowed: {', '.join(unknown)}"
    if request.body and not endpoint.has_body:
        yield f"a body is not allowed with {endpoint.method}"
    branch = endpoint.branch(_loads(request.body)) if endpoint.branches else None
    allowed = branch.accept if branch else endpoint.accept
    accept = headers.get("accept", "").partition(";")[0].strip()
    if accept not in allowed:
        wanted = " or ".join(value or "absent" for value in allowed)
        yield f"header Accept must be {wanted}, it is {accept or 'missing'!r}"


def _loads(body: bytes | None) -> Any:
    try:
        return json.loads(body or b"")
    except ValueError:
        return UNREADABLE


def _explain(error: OpenAPIError, endpoint: Endpoint | None, secrets: set[str]) -> list[str]:
    """The innermost reasons of an openapi-core error."""
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, InvalidSchemaValue):
        cause = cause.__cause__
    if cause is None:
        deepest: BaseException = error
        while deepest.__cause__ is not None:
            deepest = deepest.__cause__
        return [str(error) if deepest is error else f"{error}: {deepest}"]
    place = f"{error.location} parameter {error.name}" if hasattr(error, "location") else ""
    return [message for problem in cause.schema_errors for message in _messages(problem, place, secrets)]


def _messages(problem: ValidationError, place: str, secrets: set[str]) -> Iterator[str]:
    if problem.validator == "oneOf" and problem.context:
        branches: dict[Any, list[ValidationError]] = {}
        for inner in problem.context:
            branches.setdefault(inner.schema_path[0], []).append(inner)
        fewest = min(len(inner) for inner in branches.values())
        closest = [number for number, inner in branches.items() if len(inner) == fewest]
        if len(closest) > 1:
            titles = ", ".join(
                str(schema.get("title", number)) for number, schema in enumerate(problem.validator_value)
            )
            yield _at(problem, place) + f"fits none of: {titles}"
            return
        for inner in branches[closest[0]]:
            yield from _messages(inner, place, secrets)
        return
    if problem.validator == "anyOf" and problem.context:
        yield _at(problem, place) + " or ".join(inner.message for inner in problem.context)
        return
    if any(name in secrets for name in problem.absolute_path):
        yield _at(problem, place) + f"violates {problem.validator} {problem.validator_value!r}"
        return
    yield _at(problem, place) + problem.message


def _at(problem: ValidationError, place: str) -> str:
    path = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in problem.absolute_path)
    where = (place + path).lstrip(".")
    return f"{where}: " if where else ""


def _secret_names(value: Any, name: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        if value.get("x-secret") is True and name:
            yield name
        for key, member in value.items():
            yield from _secret_names(member, key)
    if isinstance(value, list):
        for item in value:
            yield from _secret_names(item)
