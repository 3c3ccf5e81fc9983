# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Real OpenStack Ironic on the loopback interface: started and stopped.

One process is both API and conductor, its database is SQLite in a temporary folder, and nothing else of OpenStack is
there.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ironic.install import HERE, VENV

HARDWARE = HERE / "hardware"
START_TIMEOUT = 300  # seconds
STOP_TIMEOUT = 60
LINES_SHOWN = 40  # of the log, where it does not start

CONFIGURATION = """\
[DEFAULT]
auth_strategy = noauth
host = ironic-conductor-0
my_ip = 127.0.0.1
rpc_transport = none
state_path = {folder}
tempdir = {folder}
log_file = {folder}/ironic.log
enabled_hardware_types = fake-hardware,pxe_ipmitool
enabled_bios_interfaces = no-bios
enabled_boot_interfaces = fake
enabled_console_interfaces = no-console
enabled_deploy_interfaces = fake,disks
enabled_firmware_interfaces = no-firmware
enabled_inspect_interfaces = fake
enabled_management_interfaces = fake
enabled_network_interfaces = noop
enabled_power_interfaces = fake,ipmitool
enabled_raid_interfaces = no-raid
enabled_rescue_interfaces = no-rescue
enabled_storage_interfaces = noop
enabled_vendor_interfaces = no-vendor
minimum_required_memory = 0

[api]
host_ip = 127.0.0.1
port = {port}

[conductor]
automated_clean = true

[database]
connection = sqlite:///{folder}/ironic.sqlite

# Real controllers want five seconds between two commands.
[ipmi]
command_retry_timeout = 1
min_command_interval = 1
use_ipmitool_retries = true
"""

ENTRY_POINTS = """\
[ironic.hardware.types]
pxe_ipmitool = cloudos_hardware:PxeIpmitool

[ironic.hardware.interfaces.deploy]
disks = cloudos_hardware:Disks
"""


@dataclass
class Ironic:
    """A running one."""

    url: str
    folder: Path

    def log(self) -> str:
        """What it wrote so far."""
        file = self.folder / "ironic.log"
        return file.read_text(encoding="utf-8", errors="replace") if file.exists() else ""


@contextlib.contextmanager
def running(folder: Path) -> Iterator[Ironic]:
    """A fresh Ironic in a folder of its own; it and all that it started are stopped at the end."""
    programs = VENV / "bin"
    port = _free_port()
    configuration = folder / "ironic.conf"
    configuration.write_text(CONFIGURATION.format(folder=folder, port=port))
    _announce_hardware(folder)
    environment = _environment(folder)
    arguments = ["--config-file", str(configuration)]
    with (folder / "output.log").open("w") as output:
        streams = {"stdin": subprocess.DEVNULL, "stdout": output, "stderr": output, "env": environment, "cwd": folder}
        subprocess.run([str(programs / "ironic-dbsync"), *arguments, "create_schema"], check=True, **streams)
        process = subprocess.Popen([str(programs / "ironic"), *arguments], start_new_session=True, **streams)
    ironic = Ironic(f"http://127.0.0.1:{port}", folder)
    try:
        _wait_until_ready(ironic, process)
        yield ironic
    finally:
        _stop(process)


def _announce_hardware(folder: Path) -> None:
    """Python finds entry points in any folder `*.dist-info` of its path."""
    info = folder / "cloudos_hardware-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: cloudos-hardware\nVersion: 1\n")
    (info / "entry_points.txt").write_text(ENTRY_POINTS)
    (folder / "controllers").mkdir()


def _environment(folder: Path) -> dict[str, str]:
    return {
        **os.environ,
        "PATH": os.pathsep.join((str(HARDWARE), os.environ["PATH"])),
        "PYTHONPATH": os.pathsep.join((str(HARDWARE), str(folder))),
        "PYTHONDONTWRITEBYTECODE": "1",
        "XDG_CACHE_HOME": str(folder / "cache"),
        "CLOUDOS_BMC_STATE": str(folder / "controllers"),
    }


def _wait_until_ready(ironic: Ironic, process: subprocess.Popen) -> None:
    """The API answers before the conductor has announced its drivers."""
    deadline = time.monotonic() + START_TIMEOUT
    while time.monotonic() < deadline and not _broken(ironic, process):
        with (
            contextlib.suppress(OSError),
            urllib.request.urlopen(f"{ironic.url}/v1/drivers", timeout=60) as answer,
        ):
            if b"pxe_ipmitool" in answer.read():
                return
        time.sleep(0.1)
    output = (ironic.folder / "output.log").read_text(encoding="utf-8", errors="replace").splitlines()
    raise RuntimeError("\n".join(["Ironic did not start. Its last words:", *output[-LINES_SHOWN:]]))


def _broken(ironic: Ironic, process: subprocess.Popen) -> bool:
    """Whether it has ended, or its worker has: that is started again for ever."""
    return process.poll() is not None or "exited with status" in ironic.log()


def _stop(process: subprocess.Popen) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.send_signal(signal.SIGTERM)
    try:
        process.wait(STOP_TIMEOUT)
    except subprocess.TimeoutExpired:
        print("Ironic did not stop when asked to", file=sys.stderr)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]
