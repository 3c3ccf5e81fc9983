# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Write openapi.yaml from reference.json, corrections.yaml and the files in extensions/.

    python generate.py [--check]

reference.json, the machine-readable form of the published reference, gives paths, fields, examples and statuses.
corrections.yaml says which operations are wanted, what is wrong in the tables, and which operations of OpenStack are
used beyond the reference. To cover a further section, name it under `include` in corrections.yaml and correct what
its quirks demand. Each file in extensions/ has the `operations` of one more resource, in the form of `extensions` in
corrections.yaml; what it says under `expected` is for the tests, as expected.yaml is for the operations of the rest.

Requests become strict schemas (no unknown member, exact types); answers become tolerant ones (the types of the
table and of the example, null everywhere, unknown members allowed).
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
DOCUMENT = HERE / "openapi.yaml"
HEADER = """\
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by generate.py from the published reference and corrections.yaml. Do not edit by hand.
# yamllint disable rule:line-length
---
"""
JSON_MEDIA = "application/json"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # seconds faster, where it is installed
RULES = {
    "pattern": "pattern",
    "min_length": "minLength",
    "max_length": "maxLength",
    "minimum": "minimum",
    "maximum": "maximum",
    "enum": "enum",
}
ID_NAME = re.compile(r"(^id$|[_a-z]id$|Id$|ID$|uuid$|Uuid$|Ref$)")
BRACKETED = re.compile(r"\s*\[sic[^\]]*\]\s*")


@dataclass
class Node:
    """One field of a table, with the fields below it."""

    schema: dict[str, Any] = field(default_factory=dict)
    types: list[str] = field(default_factory=list)
    required: bool = False
    children: dict[str, Node] = field(default_factory=dict)
    items: Node | None = None

    def at(self, path: str) -> Node:
        """The node at a reference path such as `server.networks[].uuid`, made on the way if missing."""
        node = self
        for token in re.findall(r"\[\]|[^.\[\]]+", path):
            if token == "[]":
                node.items = node.items or Node()
                node = node.items
            else:
                node = node.children.setdefault(token, Node())
        return node


@dataclass
class Operation:
    """What one operation contributes to an OpenAPI operation; several may share method and path."""

    id: str
    title: str
    method: str
    path: str
    parameters: list[dict[str, Any]]
    body: list[tuple[str, dict[str, Any]]]
    media: str
    accept: list[str]
    responses: dict[str, Any]
    examples: list[Any]
    notes: list[str] = field(default_factory=list)
    constants: list[Any] = field(default_factory=list)
    origin: str = "reference"
    section: str = ""
    secured: bool = True


# --- fields -> schemas ------------------------------------------------------------------------------------------


def json_type(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer"
    if isinstance(value, float):
        return "number"
    return {str: "string", list: "array", dict: "object"}[type(value)]


def example_values(example: Any, path: str) -> list[Any]:
    """All values that an example shows at a reference path."""
    values = [example]
    for token in re.findall(r"\[\]|[^.\[\]]+", path):
        if token == "[]":
            values = [item for value in values if isinstance(value, list) for item in value]
        else:
            values = [value[token] for value in values if isinstance(value, dict) and token in value]
    return values


def describe(entry: dict[str, Any]) -> dict[str, Any]:
    text = BRACKETED.sub(" ", entry.get("description_en") or "").strip()
    described = {"description": text} if text else {}
    if entry.get("no_log"):
        described["x-secret"] = True
    return described


def rules_of(entry: dict[str, Any], json_types: Iterable[str]) -> dict[str, Any]:
    """The value rules of a table row that mean something; lengths of ids and numbers are database widths."""
    rules = {keyword: entry[name] for name, keyword in RULES.items() if name in entry}
    if ID_NAME.search(entry["name"]) or "string" not in json_types:
        for keyword in ("minLength", "maxLength", "pattern"):
            rules.pop(keyword, None)
    return rules


def request_tree(fields: list[dict[str, Any]], example: Any) -> Node:
    """Types follow the example where it differs from the table; required is what column, text or both demand."""
    root = Node()
    for entry in fields:
        node = root.at(entry["path"])
        shown = [json_type(value) for value in example_values(example, entry["path"])]
        node.types = sorted(set(shown)) or [entry.get("example_type") or entry["type"]]
        node.required = bool(entry.get("required") or entry.get("required_in_text"))
        node.schema = {**describe(entry), **rules_of(entry, node.types)}
    return root


def response_tree(fields: list[dict[str, Any]], example: Any) -> Node:
    root = Node()
    for entry in fields:
        node = root.at(entry["path"])
        node.types = list(dict.fromkeys([*node.types, entry["type"]]))
        node.schema = describe(entry)
    learn(root, example)
    if isinstance(example, dict) and len(example) == 1:
        root.children[next(iter(example))].required = True
    return root


def learn(node: Node, value: Any) -> None:
    """Add what an example shows: members that no table lists, and types other than the declared one."""
    kind = json_type(value)
    if kind not in node.types and kind != "null":
        node.types.append(kind)
    for name, member in value.items() if kind == "object" else ():
        learn(node.children.setdefault(name, Node()), member)
    for member in value if kind == "array" else ():
        node.items = node.items or Node()
        learn(node.items, member)


def correct(root: Node, corrections: dict[str, dict[str, Any]]) -> None:
    """Apply `path: {required, drop, or_array, <JSON Schema keyword>...}`; a keyword of value null is removed."""
    for path, change in corrections.items():
        if change.get("drop"):
            parent, _dot, name = path.rpartition(".")
            del root.at(parent).children[name]
            continue
        node = root.at(path)
        node.required = change.get("required", node.required)
        if change.get("or_array"):
            node.types, node.items = ["object", "array"], Node(types=["object"], children=node.children)
        if "type" in change:
            node.types = [change["type"]] if isinstance(change["type"], str) else list(change["type"])
        keywords = [name for name in change if name not in ("required", "type", "or_array")]
        node.schema.update({name: change[name] for name in keywords})


def emit(node: Node, strict: bool) -> dict[str, Any]:
    """The JSON Schema of a node; strict for requests, tolerant for answers."""
    types = list(node.types)
    if node.children and "object" not in types and not node.items:
        types = ["object"]
    if node.items and (strict or not types):
        types = ["array"]
    elif node.items and "array" not in types:
        types.append("array")
    if not strict and types and "null" not in types:
        types.append("null")
    schema: dict[str, Any] = {"type": types[0] if len(types) == 1 else types} if types else {}
    schema.update({keyword: value for keyword, value in node.schema.items() if value is not None})
    if node.children:
        schema["properties"] = {name: emit(child, strict) for name, child in node.children.items()}
        required = [name for name, child in node.children.items() if child.required]
        if required:
            schema["required"] = required
    if strict and "object" in types and node.children:
        schema.setdefault("additionalProperties", False)
    if node.items:
        schema["items"] = emit(node.items, strict)
    return schema


# --- reference -> operations ------------------------------------------------------------------------------------


def parameter(entry: dict[str, Any], place: str) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": entry["type"]}
    if place == "path":
        schema["minLength"] = 1
    if "enum" in entry:
        schema["enum"] = entry["enum"]
    described = {"description": entry["description_en"]} if entry.get("description_en") else {}
    return {
        "name": entry["name"],
        "in": place,
        "required": place == "path" or bool(entry.get("required")),
        **described,
        "schema": schema,
    }


def request_variants(operation: dict[str, Any], root: Node) -> list[tuple[str, dict[str, Any]]]:
    """The body schemas of an operation: one, or one more for each alternative top-level key (resize, liveresize)."""
    schema = emit(root, strict=True)
    if not schema:
        return []
    variants = [(operation["id"], schema)]
    example = operation.get("request_example")
    for other in operation.get("request_alternatives") or []:
        if not (isinstance(other, dict) and isinstance(example, dict) and len(other) == len(example) == 1):
            continue
        old, new = next(iter(example)), next(iter(other))
        renamed = {**schema, "properties": {new: schema["properties"][old]}, "required": [new]}
        variants.append((f"{operation['id']} ({new})", renamed))
    return variants


def answers(operation: dict[str, Any], change: dict[str, Any]) -> dict[str, Any]:
    """Response objects by status; the body of a success is that of the tables and the example."""
    found: dict[str, Any] = {}
    kind = operation["response_body"]
    for status in operation["success"] or [200]:
        answer: dict[str, Any] = {"description": operation["statuses"].get(str(status), "OK")}
        if kind == "json":
            root = response_tree(operation["response_fields"], operation["response_example"])
            correct(root, change.get("response", {}))
            media: dict[str, Any] = {"schema": emit(root, strict=False)}
            if operation["response_example"] is not None:
                media["examples"] = {"reference": {"value": operation["response_example"]}}
            answer["content"] = {JSON_MEDIA: media}
        if kind == "binary" and status != 204:
            answer["content"] = {"application/octet-stream": {}}
        found[str(status)] = answer
    for status, text in {**operation["statuses"], **change.get("statuses", {})}.items():
        if int(status) >= 400:
            found[str(status)] = {"$ref": "#/components/responses/Error", "description": text}
    return found


def with_path_names(operation: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    """The operation with other names for the parameters of its path: one endpoint has only one set of them."""
    path = re.sub(r"{(\w+)}", lambda match: f"{{{names.get(match[1], match[1])}}}", operation["path"])
    params = [{**entry, "name": names.get(entry["name"], entry["name"])} for entry in operation["path_params"]]
    return {**operation, "path": path, "path_params": params}


def from_reference(operation: dict[str, Any], change: dict[str, Any]) -> Operation:
    operation = with_path_names(operation, change.get("path_names", {}))
    headers = {header["name"].lower(): header for header in operation["headers"]}
    media = headers.pop("content-type", {}).get("value", JSON_MEDIA).partition(";")[0]
    accept = {"json": [JSON_MEDIA], "binary": ["", "application/octet-stream"]}.get(operation["response_body"], [""])
    if "accept" in headers:
        accept = [headers.pop("accept")["value"]]
    example = change.get("example", operation.get("request_example"))
    root = request_tree(operation["request_fields"], operation.get("request_example"))
    correct(root, change.get("request", {}))
    body = [(operation["id"], {})] if media == "application/octet-stream" else request_variants(operation, root)
    parameters = [parameter(entry, "path") for entry in operation["path_params"]]
    parameters += [parameter(entry, "query") for entry in operation["query_params"]]
    parameters += [
        {
            "name": header["name"],
            "in": "header",
            "required": True,
            "schema": {"type": "string", "enum": header.get("values") or [header["value"]]},
        }
        for header in headers.values()
    ]
    rules = change.get("parameters", {})
    parameters = [entry for entry in parameters if rules.get(entry["name"], {}) is not None]
    for entry in parameters:
        entry["schema"].update(rules.get(entry["name"], {}))
    parameters += change.get("extra_parameters", [])
    examples = [example, *(operation.get("request_alternatives") or [])]
    return Operation(
        id=operation["id"],
        title=operation["title_en"],
        method=operation["method"].lower(),
        path=operation["path"],
        parameters=parameters,
        body=body,
        media=media,
        accept=accept,
        responses=answers(operation, change),
        examples=[shown for shown in examples if shown is not None and media != "application/octet-stream"],
        notes=operation["notes"],
        constants=operation.get("constants", []),
        section=f"{operation['section']}.{operation['number']}",
    )


def from_extension(entry: dict[str, Any]) -> Operation:
    """An operation written out in corrections.yaml or in a file of extensions/."""
    path_names = re.findall(r"{(\w+)}", entry["path"])
    parameters = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
        for name in path_names
    ]
    responses = {
        str(status): {"description": "Success", **(answer or {})} for status, answer in entry["responses"].items()
    }
    has_body = any("content" in answer for answer in responses.values())
    return Operation(
        id=entry["id"],
        title=entry["title"],
        method=entry["method"].lower(),
        path=entry["path"],
        parameters=parameters + entry.get("parameters", []),
        body=[(entry["id"], entry["request"])] if "request" in entry else [],
        media=entry.get("content_type", JSON_MEDIA),
        accept=[JSON_MEDIA] if has_body else [""],
        responses=responses,
        examples=entry.get("examples", []),
        origin=entry.get("origin", "openstack"),
        secured=entry.get("secured", True),
    )


# --- operations -> document ------------------------------------------------------------------------------------


def tagged(operation: Operation, title: str, schema: dict[str, Any]) -> dict[str, Any]:
    """A branch of a shared endpoint, named so that a log can tell which operation a body is."""
    origin = {"x-origin": operation.origin} if operation.origin != "reference" else {}
    return {"title": title, "x-operation": operation.id, "x-accept": operation.accept, **origin, **schema}


def request_body(operations: list[Operation]) -> dict[str, Any] | None:
    branches = [(operation, title, schema) for operation in operations for title, schema in operation.body]
    if not branches:
        return None
    if len(branches) == 1 and len(operations) == 1:
        schema = branches[0][2]
    else:
        schema = {"oneOf": [tagged(*branch) for branch in branches]}
    media: dict[str, Any] = {"schema": schema} if schema else {}
    examples = {}
    for operation in operations:
        for number, value in enumerate(operation.examples, start=1):
            examples[operation.id if number == 1 else f"{operation.id}-{number}"] = {"value": value}
    if examples:
        media["examples"] = examples
    return {"required": True, "content": {operations[0].media: media}}


def united(one: Any, other: Any, name: str = "") -> Any:
    """An answer with what either of two says of it: all members, all types. Of the rest the first one counts."""
    if name == "type" and not isinstance(one, dict):
        types = list(dict.fromkeys([*as_list(one), *as_list(other)]))
        return types if len(types) > 1 else types[0]
    if name == "examples" or not isinstance(one, dict) or not isinstance(other, dict) or "$ref" in other:
        return one
    return {**other, **one, **{key: united(one[key], other[key], key) for key in one if key in other}}


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def openapi_operation(operations: list[Operation], shared_id: str | None) -> dict[str, Any]:
    first = operations[0]
    document: dict[str, Any] = {"operationId": shared_id or first.id, "summary": first.title}
    if len(operations) > 1:
        document["summary"] = "One of: " + ", ".join(operation.id for operation in operations)
    sections = {operation.id: operation.section for operation in operations if operation.section}
    if sections:
        document["x-reference"] = sections
    document["x-origin"] = first.origin
    if first.notes and len(operations) == 1:
        document["description"] = "\n".join(f"* {note}" for note in first.notes)
    if first.constants:
        document["x-constants"] = first.constants
    document["x-content-type"] = first.media
    document["x-accept"] = sorted({accept for operation in operations for accept in operation.accept})
    if first.parameters:
        document["parameters"] = first.parameters
    body = request_body(operations)
    if body:
        document["requestBody"] = body
    merged: dict[str, Any] = {}
    for operation in operations:
        for status, answer in operation.responses.items():
            merged[status] = united(merged[status], answer) if status in merged else answer
    document["responses"] = dict(sorted(merged.items()))
    document["responses"]["default"] = {"$ref": "#/components/responses/Error"}
    if not first.secured:
        document["security"] = []
    return document


def wanted(reference: list[dict[str, Any]], include: dict[str, Any]) -> list[dict[str, Any]]:
    """The operations of the named sections: `all`, or a list of numbers and ids."""
    chosen = []
    for operation in reference:
        choice = include.get(operation["section"])
        if choice == "all" or (choice and (operation["number"] in choice or operation["id"] in choice)):
            chosen.append(operation)
    return chosen


def build(reference: list[dict[str, Any]], corrections: dict[str, Any]) -> dict[str, Any]:
    changes = corrections["operations"]
    operations = [
        from_reference(entry, changes.get(entry["id"], {})) for entry in wanted(reference, corrections["include"])
    ]
    operations += [from_extension(entry) for entry in corrections["extensions"]]
    ids = [operation.id for operation in operations]
    if len(ids) > len({*ids}):
        raise SystemExit(f"operations that are described twice: {sorted({one for one in ids if ids.count(one) > 1})}")
    unknown = changes.keys() - {*ids}
    if unknown:
        raise SystemExit(f"corrections for operations that are not included: {sorted(unknown)}")
    groups: dict[tuple[str, str], list[Operation]] = {}
    for operation in operations:
        groups.setdefault((operation.path, operation.method), []).append(operation)
    paths: dict[str, Any] = {}
    for (path, method), group in groups.items():
        shared_id = corrections["shared"].get(f"{method.upper()} {path}")
        if len(group) > 1 and not shared_id:
            raise SystemExit(f"name the shared endpoint {method.upper()} {path} in corrections.yaml")
        paths.setdefault(path, {})[method] = openapi_operation(group, shared_id)
    return {**corrections["document"], "paths": paths, "components": corrections["components"]}


class _Dumper(yaml.SafeDumper):
    """Indents lists, and writes what occurs twice twice."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def extensions(folder: Path) -> list[dict[str, Any]]:
    """The operations of all files in a folder, by the names of the files."""
    files = [yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER) for path in sorted(folder.glob("*.yaml"))]
    return [entry for file in files for entry in file["operations"]]


def generate() -> str:
    """The text of openapi.yaml."""
    corrections = yaml.load((HERE / "corrections.yaml").read_text(encoding="utf-8"), Loader=_LOADER)
    corrections["extensions"] += extensions(HERE / "extensions")
    document = build(json.loads((HERE / "reference.json").read_text(encoding="utf-8")), corrections)
    return HEADER + yaml.dump(document, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing, and fail if openapi.yaml is out of date")
    options = parser.parse_args()
    text = generate()
    if not options.check:
        DOCUMENT.write_text(text, encoding="utf-8")
    elif DOCUMENT.read_text(encoding="utf-8") != text:
        raise SystemExit(f"{DOCUMENT.name} is out of date: run make contract")


if __name__ == "__main__":
    main()
