# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A network between Ansible and the simulator: everything takes a time to arrive, in both directions."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

_CHUNK = 65536


@dataclass
class Distance:
    """A proxy of connections on a port of this machine. A round trip takes `seconds`, a new connection one more."""

    target: str
    seconds: float = 0.0
    url: str = ""
    # Nothing else keeps the work on a connection whose ends are closed.
    _work: set[asyncio.Task[None] | None] = field(default_factory=set, repr=False)

    async def run(self, is_ready: threading.Event, is_over: threading.Event) -> None:
        """Listen until it is over."""
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0, backlog=512)
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        is_ready.set()
        await asyncio.get_running_loop().run_in_executor(None, is_over.wait)
        server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        work = asyncio.current_task()
        self._work.add(work)
        try:
            await self._connect(reader, writer)
        finally:
            self._work.discard(work)

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there = urlsplit(self.target)
        await asyncio.sleep(self.seconds)  # the handshake
        far_reader, far_writer = await asyncio.open_connection(there.hostname, there.port)
        with contextlib.suppress(ConnectionError, asyncio.CancelledError):
            await asyncio.gather(self._carry(reader, far_writer), self._carry(far_reader, writer))
        for end in (writer, far_writer):
            end.close()
            with contextlib.suppress(ConnectionError):
                await end.wait_closed()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """What comes leaves later, in its order, however much is on its way."""
        under_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        await asyncio.gather(self._take(reader, under_way), self._deliver(under_way, writer))

    async def _take(self, reader: asyncio.StreamReader, under_way: asyncio.Queue[tuple[float, bytes]]) -> None:
        data = b"more"
        while data:
            data = await reader.read(_CHUNK)
            under_way.put_nowait((asyncio.get_running_loop().time() + self.seconds / 2, data))

    async def _deliver(self, under_way: asyncio.Queue[tuple[float, bytes]], writer: asyncio.StreamWriter) -> None:
        while True:
            due, data = await under_way.get()
            await asyncio.sleep(due - asyncio.get_running_loop().time())
            if not data:
                return writer.write_eof()
            writer.write(data)
            await writer.drain()


@contextlib.contextmanager
def distance(target: str) -> Iterator[Distance]:
    """A proxy to the address of a simulator; `seconds` of it can be set at any time."""
    proxy, is_ready, is_over = Distance(target), threading.Event(), threading.Event()
    thread = threading.Thread(target=lambda: asyncio.run(proxy.run(is_ready, is_over)), name="distance")
    thread.start()
    is_ready.wait()
    try:
        yield proxy
    finally:
        is_over.set()
        thread.join()
