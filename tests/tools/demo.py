# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Show the collection at work on a simulated cloud: build, converge, preview a change, list, tear down.

Every step prints what the tool printed and then what was checked. The exit code is 0 only if every check held.
`--doors core` shows it on an installation that has no gateway.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
BIN = Path(sys.prefix) / "bin"
HOSTS = ("web-1", "web-2", "web-3")
START_TIMEOUT = 300.0  # seconds

ANSI = re.compile(r"\x1b\[[0-9;]*m")
RECAP = re.compile(r"^\S+\s+: (ok=\d+.*)$", re.MULTILINE)


class CheckFailed(Exception):
    """Something that the demonstration promises did not hold."""


@dataclass(frozen=True)
class Cloud:
    """A running simulator, and the environment in which Ansible's commands reach it."""

    url: str
    environment: dict[str, str]

    def log(self) -> list[dict]:
        """Return the requests that the simulator has answered so far."""
        with urllib.request.urlopen(f"{self.url}/_admin/log", timeout=60) as response:
            return json.load(response)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--doors", choices=("both", "gateway", "core"), default="both", help="what the cloud serves")
    doors = parser.parse_args().doors
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    started = time.monotonic()
    try:
        with (
            tempfile.TemporaryDirectory(prefix="cloudos-demo-") as directory,
            simulated_cloud(Path(directory), doors) as cloud,
        ):
            demonstrate(cloud)
    except CheckFailed as problem:
        print(f"\nmake demo: FAILED: {problem}")
        return 1
    except KeyboardInterrupt:
        print("\nmake demo: interrupted")
        return 130
    print(f"\nmake demo: every check held, in {time.monotonic() - started:.0f} s")
    return 0


def demonstrate(cloud: Cloud) -> None:
    heading("Build a small cloud: a flavor, an image, three servers (tests/demo/build.yml)")
    recap = totals(play(cloud, "build.yml"))
    check("something was created, nothing failed", recap["changed"] > 0 and recap["failed"] == 0)

    heading("Run the same playbook again: all is as it should be")
    recap = totals(play(cloud, "build.yml"))
    check("changed=0, failed=0", recap["changed"] == 0 and recap["failed"] == 0)

    heading("Preview another flavor for a server: --check --diff (tests/demo/resize.yml)")
    before = len(cloud.log())
    output = play(cloud, "resize.yml", "--check", "--diff")
    recap = totals(output)
    check("changed=1, failed=0", recap["changed"] == 1 and recap["failed"] == 0)
    check("the diff shows the flavor, before and after", shows_both(output, "flavor"))
    writes = [entry for entry in cloud.log()[before:] if is_write(entry)]
    check("the cloud was only read: no request but GET and the one for a token", not writes, writes)

    heading("List the servers as hosts (tests/demo/inventory/demo.cloudos.yml)")
    graph = run(cloud, "ansible-inventory", "-i", "tests/demo/inventory/demo.cloudos.yml", "--graph")
    check(f"{', '.join(HOSTS)} are there", all(re.search(rf"--{host}$", graph, re.MULTILINE) for host in HOSTS))

    heading("Remove all of it (tests/demo/teardown.yml)")
    recap = totals(play(cloud, "teardown.yml"))
    check("something was removed, nothing failed", recap["changed"] > 0 and recap["failed"] == 0)
    graph = run(cloud, "ansible-inventory", "-i", "tests/demo/inventory/demo.cloudos.yml", "--graph")
    check(f"{', '.join(HOSTS)} are gone", not any(host in graph for host in HOSTS))


@contextlib.contextmanager
def simulated_cloud(directory: Path, doors: str) -> Iterator[Cloud]:
    """Start the simulator on a free port of the loopback interface; stop it at the end, whatever happens."""
    heading("Start a simulated CloudOS")
    url_file = directory / "url"
    command = [
        sys.executable,
        "-m",
        "simulator",
        "--bare",
        "--port",
        "0",
        "--url-file",
        str(url_file),
        "--doors",
        doors,
    ]
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY / "tests")}
    with (directory / "simulator.log").open("w+", encoding="utf-8") as log:
        process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        try:
            url = wait_for_url(process, url_file)
            print(f"It answers at {url}")
            yield Cloud(url, ansible_environment(directory, url))
        except CheckFailed:
            print(f"\nThe simulator's last words:\n{tail(Path(log.name))}")
            raise
        finally:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def wait_for_url(process: subprocess.Popen, url_file: Path) -> str:
    deadline = time.monotonic() + START_TIMEOUT
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise CheckFailed(f"the simulator ended with code {process.returncode}")
        url = url_file.read_text(encoding="utf-8").strip() if url_file.exists() else ""
        if url:
            return url.rstrip("/")
        time.sleep(0.05)
    raise CheckFailed(f"the simulator did not start within {START_TIMEOUT:.0f} s")


def ansible_environment(directory: Path, url: str) -> dict[str, str]:
    """Return an environment that has nothing of the caller's Ansible or CloudOS settings, and leaves nothing behind."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("ANSIBLE_", "CLOUDOS_"))}
    return {
        **inherited,
        "ANSIBLE_COLLECTIONS_PATH": str(REPOSITORY / ".venv" / "collections"),
        "ANSIBLE_CONFIG": str(REPOSITORY / "tests" / "tools" / "ansible.cfg"),
        "ANSIBLE_FORCE_COLOR": str(sys.stdout.isatty()),
        "ANSIBLE_HOME": str(directory / "ansible"),
        "XDG_CACHE_HOME": str(directory / "cache"),  # the token is cached there
        "CLOUDOS_URL": url,
        "CLOUDOS_USERNAME": "admin",
        "CLOUDOS_PASSWORD": "cloudos-secret",
        "CLOUDOS_PROJECT": "admin",
    }


def play(cloud: Cloud, playbook: str, *options: str) -> str:
    return run(cloud, "ansible-playbook", f"tests/demo/{playbook}", *options)


def run(cloud: Cloud, program: str, *arguments: str) -> str:
    """Run one of Ansible's commands, show its output as it comes, and return it without colours."""
    print("$", program, *arguments, flush=True)
    process = subprocess.Popen(
        [str(BIN / program), *arguments],
        cwd=REPOSITORY,
        env=cloud.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    lines = []
    with process:
        try:
            for line in process.stdout or ():
                print(line, end="", flush=True)
                lines.append(ANSI.sub("", line))
        except KeyboardInterrupt:
            process.terminate()
            raise
    if process.returncode != 0:
        raise CheckFailed(f"{program} ended with code {process.returncode}")
    return "".join(lines)


def totals(output: str) -> dict[str, int]:
    """Add up the lines of a play's recap: ``{"ok": 4, "changed": 1, "failed": 0, ...}``."""
    recaps = RECAP.findall(output.partition("PLAY RECAP")[2])
    if not recaps:
        raise CheckFailed("the play printed no recap")
    counts: dict[str, int] = {}
    for recap in recaps:
        for name, count in re.findall(r"(\w+)=(\d+)", recap):
            counts[name] = counts.get(name, 0) + int(count)
    return counts


def shows_both(output: str, word: str) -> bool:
    """Tell whether a diff in the output removes and adds a line with this word."""
    return all(re.search(rf"^\{sign}(?!\{sign}).*{word}", output, re.MULTILINE) for sign in "-+")


def is_write(entry: dict) -> bool:
    is_login = entry["method"] == "POST" and entry["path"].rstrip("/").endswith("/auth/tokens")
    return entry["method"] != "GET" and not is_login


def heading(text: str) -> None:
    print(f"\n--- {text}", flush=True)


def check(promise: str, held: object, details: object = "") -> None:
    if not held:
        raise CheckFailed(f"{promise}{f' ({details})' if details else ''}")
    print(f"    held: {promise}", flush=True)


def tail(path: Path, lines: int = 20) -> str:
    return "\n".join(path.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])


if __name__ == "__main__":
    sys.exit(main())
