# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Write all files of a new resource, or none."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from simulator import seeds, services

from .names import Names, RefusedError
from .plan import changed_files, check, new_files, new_links, values_of

REPOSITORY = Path(__file__).resolve().parents[3]


def main() -> None:
    parser = argparse.ArgumentParser(prog="make new", description=__doc__)
    parser.add_argument("resource", help="its name in snake_case, such as security_label")
    parser.add_argument("--section", default="compute", help="the section of the platform that it belongs to")
    options = parser.parse_args()
    names = Names(options.resource, options.section)
    try:
        files, links = _planned(names)
    except RefusedError as error:
        raise SystemExit(f"make new: {error}") from None
    _write(files, links)
    print("\n".join(["New and changed files:", *sorted([*files, *links])]))


def _planned(names: Names) -> tuple[dict[str, str], dict[str, str]]:
    """The texts of files, and the targets of links."""
    names.check()
    values = values_of(REPOSITORY, names, {*seeds.rows(), *services.FACTORIES})
    check(REPOSITORY, names, values, services.HANDLERS)
    files = {**new_files(values), **changed_files(REPOSITORY, values)}
    package = f"plugins/module_utils/resources/{names.section}/__init__.py"
    if not (REPOSITORY / package).exists():
        files[package] = ""
    return files, new_links(values)


def _write(files: dict[str, str], links: dict[str, str]) -> None:
    for path, text in files.items():
        (REPOSITORY / path).parent.mkdir(parents=True, exist_ok=True)
        (REPOSITORY / path).write_text(text, encoding="utf-8")
    for path, target in links.items():
        os.symlink(target, REPOSITORY / path)


if __name__ == "__main__":
    main()
