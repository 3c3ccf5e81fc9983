# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an item of a converged loop costs, beside an item of an action plugin that does nothing in the same play.

    python tests/benchmark/loop.py [--items 50] [--runs 5]

One play a run: the two loops in turn, in the controller's process, with a cached token. The answer time of the
simulator is that of the same GET over http.client; it is not the collection's, so it is taken off.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY / "tests"))

from integration.harness import BIN, Ansible, uses  # noqa: E402

from simulator import Simulator, seeds  # noqa: E402

FLAVOR = {"vcpus": 1, "ram": 1024, "disk": 20}
LIST = f"/os/compute/v1/v2/{seeds.ADMIN_PROJECT}/flavors/detail"


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--items", type=int, default=50)
    arguments.add_argument("--runs", type=int, default=5)
    chosen = arguments.parse_args()
    with Simulator() as cloud, tempfile.TemporaryDirectory() as folder:
        cloud.seed("flavors", name="loop-{n}", count=chosen.items, **FLAVOR)
        ansible = Ansible(cloud, Path(folder))
        play(ansible, chosen.items)  # logs in, and writes byte code
        rows = []
        for _run in range(chosen.runs):
            seconds, requests = play(ansible, chosen.items)
            answer = answer_time(cloud, chosen.items)
            own = seconds["flavor"] / chosen.items - answer * requests / chosen.items
            noop = seconds["noop"] / chosen.items
            rows.append((noop, seconds["flavor"] / chosen.items, answer, requests / chosen.items, own / noop))
    print(f"A converged loop of {chosen.items} flavors, milliseconds an item, {chosen.runs} runs\n")
    print("| | no-op action | cloudos_flavor | one GET alone | GETs an item | (flavor - GET) / no-op |")
    print("|---|---:|---:|---:|---:|---:|")
    for name, pick in (("min", min), ("median", statistics.median), ("max", max)):
        noop, flavor, answer, gets, ratio = (pick(column) for column in zip(*rows, strict=True))
        figures = f"{noop * 1000:.2f} | {flavor * 1000:.2f} | {answer * 1000:.2f} | {gets:.2f} | {ratio:.2f}"
        print(f"| {name} | {figures} |")
    return 0


def play(ansible: Ansible, items: int) -> tuple[dict[str, float], int]:
    """Seconds of each loop, and how many requests the second took."""
    numbers = list(range(1, items + 1))
    tasks = [
        {"name": "noop", "bench_noop": {}, "loop": numbers},
        {"name": "flavor", **uses("cloudos_flavor", name="loop-{{ item }}", **FLAVOR), "loop": numbers},
    ]
    results = ansible.folder / "bench.jsonl"
    results.write_text("")
    (ansible.folder / "bench.yml").write_text(
        yaml.safe_dump([{"hosts": "localhost", "gather_facts": False, "tasks": tasks}])
    )
    environment = ansible.environment(
        CLOUDOS_TEST_RESULTS=str(results), ANSIBLE_ACTION_PLUGINS=str(Path(__file__).parent / "action_plugins")
    )
    before = len(ansible.cloud.log())
    command = [str(BIN / "ansible-playbook"), str(ansible.folder / "bench.yml")]
    subprocess.run(command, env={**os.environ, **environment}, check=True, stdout=subprocess.DEVNULL)
    lines = [json.loads(line) for line in results.read_text().splitlines()]
    started = {line["task"]: line["time"] for line in lines if line["event"] == "start"}
    ended = {line["task"]: line["time"] for line in lines if line["event"] == "ok"}
    requests = [entry for entry in ansible.cloud.log()[before:] if entry["method"] == "GET"]
    return {name: ended[name] - started[name] for name in started}, len(requests)


def answer_time(cloud: Simulator, count: int) -> float:
    """Seconds that the simulator takes for the list of flavors, over one connection from another process."""
    command = [sys.executable, str(Path(__file__).with_name("answer_time.py")), cloud.url, LIST, str(count)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


if __name__ == "__main__":
    sys.exit(main())
