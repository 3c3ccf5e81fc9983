# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Compile what is imported from an archive once.

Ansible runs a module from a zip archive, which has no byte code, so that each task compiles all that it imports. Python
does it twice: zipimporter.get_filename() compiles a file to find out its name, and then it is compiled to be imported.
"""

from __future__ import annotations

import sys
import zipimport


class Importer(zipimport.zipimporter):
    """An importer that knows the names of files without their contents."""

    def get_filename(self, fullname: str) -> str:
        path = f"{self.archive}/{self.prefix}{fullname.rpartition('.')[2]}"
        return f"{path}/__init__.py" if self.is_package(fullname) else f"{path}.py"


if isinstance(__spec__.loader, zipimport.zipimporter):
    sys.path_hooks.insert(0, Importer)
    sys.path_importer_cache.clear()
