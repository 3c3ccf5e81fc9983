# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Play the role of a target for ansible-test: play.py TARGET [options of ansible-playbook].

Against a simulated cloud of its own, or the cloud that integration_config.yml names.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import yaml

COLLECTION = Path(os.environ["ANSIBLE_COLLECTIONS_PATH"].split(os.pathsep)[0]) / "ansible_collections/h3c/cloudos"
CONFIG = COLLECTION / "tests" / "integration" / "integration_config.yml"
sys.path.insert(0, str(COLLECTION / "tests"))


def main() -> int:
    target, *options = sys.argv[1:]
    with cloud() as connection, tempfile.TemporaryDirectory() as cache:
        play = [{"hosts": "localhost", "gather_facts": False, "roles": [target]}]
        playbook = Path(cache) / "play.yml"
        playbook.write_text(json.dumps(play), encoding="utf-8")
        environment = {
            **os.environ,
            "ANSIBLE_ROLES_PATH": str(Path.cwd().parent),
            "XDG_CACHE_HOME": cache,
            **connection,
        }
        return subprocess.run(["ansible-playbook", str(playbook), *options], env=environment, check=False).returncode


@contextlib.contextmanager
def cloud() -> Iterator[dict[str, str]]:
    """Environment variables that name a cloud, which is there for as long as the context."""
    if CONFIG.exists():
        yield {name: str(value) for name, value in yaml.safe_load(CONFIG.read_text(encoding="utf-8")).items()}
        return

    from simulator import Simulator, seeds  # a real cloud needs none of it

    with Simulator(build_seconds=0.1, action_seconds=0.1) as simulator:
        yield {
            "CLOUDOS_URL": simulator.url,
            "CLOUDOS_USERNAME": "admin",
            "CLOUDOS_PASSWORD": seeds.ADMIN_PASSWORD,
            "CLOUDOS_PROJECT": "admin",
        }


if __name__ == "__main__":
    sys.exit(main())
