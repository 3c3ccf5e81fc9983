# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Write an action plugin for each module, by which its tasks run inside the controller's process."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
MODULES = REPOSITORY / "plugins" / "modules"
ACTIONS = REPOSITORY / "plugins" / "action"

_TEXT = '''\
# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run {name} inside the controller's process. Written by make action-plugins."""

from __future__ import annotations

from ansible_collections.h3c.cloudos.plugins.module_utils.module.run import check_options
from ansible_collections.h3c.cloudos.plugins.modules.{name} import DEFINITION
from ansible_collections.h3c.cloudos.plugins.plugin_utils.in_process import InProcessAction


class ActionModule(InProcessAction):
    definition = DEFINITION


def main() -> None:
    """Check the options of a task: what ansible-lint runs in the place of a module."""
    check_options(DEFINITION)
'''


def main() -> None:
    parser = argparse.ArgumentParser(prog="make action-plugins", description=__doc__)
    parser.add_argument("--check", action="store_true", help="only say what is not as it should be")
    check = parser.parse_args().check
    wanted, present = files_of(path.stem for path in MODULES.glob("cloudos_*.py")), _present()
    wrong = sorted(path for path in {*wanted, *present} if wanted.get(path) != present.get(path))
    if check and wrong:
        raise SystemExit("\n".join([*wrong, "Run make action-plugins."]))
    for path in wrong:
        _bring(REPOSITORY / path, wanted.get(path))


def files_of(modules: Iterable[str]) -> dict[str, str]:
    """The action plugins of modules, by path."""
    return {f"plugins/action/{name}.py": _TEXT.format(name=name) for name in modules}


def _present() -> dict[str, str]:
    return {f"plugins/action/{path.name}": path.read_text(encoding="utf-8") for path in ACTIONS.glob("*.py")}


def _bring(path: Path, content: str | None) -> None:
    if content is None:
        path.unlink()
        return
    path.parent.mkdir(exist_ok=True)
    path.write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()
