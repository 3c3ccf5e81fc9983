# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulator as an object: a server in a background thread, and the handles that tests pull."""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from aiohttp import web

from . import services
from .app import make_app
from .call import Handler
from .contract import load_contract
from .log import RequestLog
from .settings import Settings
from .world import World

Extension = Callable[[web.Application, World], None]


class Simulator:
    """A platform on a port of this machine. Use it as a context manager, or call start and stop.

    host, port: where to listen; port 0 takes a free one. tls: paths of certificate and key. log_file: where every
    request is appended as a line of JSON. handlers: operations that are answered by somebody else. extension: adds
    routes that are no part of the platform. All other arguments are fields of Settings.
    """

    def __init__(
        self,
        host: str = "127.0.0.1",
        port: int = 0,
        tls: tuple[str, str] | None = None,
        log_file: Path | None = None,
        handlers: Mapping[str, Handler] | None = None,
        extension: Extension | None = None,
        **settings: Any,
    ) -> None:
        self._host, self._port, self._tls = host, port, tls
        self._handlers = {**services.HANDLERS, **(handlers or {})}
        self._extension = extension
        log = RequestLog(load_contract().secret_members, log_file)
        self._world = World(Settings(**settings), log, services.FACTORIES)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="simulator", daemon=True)
        self._runner: web.AppRunner | None = None
        self.url = ""

    def __enter__(self) -> Simulator:
        self.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.stop()

    def start(self) -> None:
        """Listen; `url` is known afterwards. OSError if the port is taken."""
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result()

    def stop(self) -> None:
        asyncio.run_coroutine_threadsafe(self._runner.cleanup(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        self._world.close()

    def log(self) -> list[dict[str, Any]]:
        """The requests so far, secrets redacted."""
        return self._do(self._world.log.entries)

    def clear_log(self) -> None:
        self._do(self._world.log.clear)

    def fault(self, kind: str, **spec: Any) -> None:
        """Inject a fault; the arguments are the fields of Fault."""
        self._do(lambda: self._world.faults.add(kind=kind, **spec))

    def clear_faults(self) -> None:
        self._do(self._world.faults.clear)

    def settings(self, **changes: Any) -> dict[str, Any]:
        """Change settings; all of them are returned."""
        self._do(lambda: self._world.settings.update(**changes))
        return asdict(self._world.settings)

    def reset(self) -> None:
        self._do(self._world.reset)

    def save(self) -> Any:
        """All objects as they are now, for `restore`; let the work that is due pass before."""
        return self._do(self._world.save)

    def restore(self, saved: Any) -> None:
        """Go back to saved objects, without faults and with an empty log."""
        self._do(lambda: self._world.restore(saved))

    def advance(self, seconds: float) -> None:
        """Let the platform's time pass without waiting."""
        self._do(lambda: self._world.clock.advance(seconds))

    def state(self, kind: str | None = None) -> Any:
        """The objects of a kind (servers, images, volumes ...), or all kinds by name."""
        return self._do(lambda: self._world.dump(kind))

    def seed(self, kind: str, **spec: Any) -> list[dict[str, Any]]:
        """Make objects past the API: fields of the record, `count`, and `{n}` in the name."""
        return self._do(lambda: self._world.seed_many(kind, spec))

    def change(self, kind: str, key: str, **fields: Any) -> None:
        """Change an object past the API and at once."""
        self._do(lambda: self._world.table(kind)[key].update(fields))

    def remove(self, kind: str, key: str | None = None) -> None:
        """Let there be no object of a kind, or of that id, past the API and at once."""
        table = self._world.table(kind)
        self._do(table.clear if key is None else lambda: table.pop(key))

    def _do(self, work: Callable[[], Any]) -> Any:
        async def run() -> Any:
            self._world.clock.run_due()
            return work()

        return asyncio.run_coroutine_threadsafe(run(), self._loop).result()

    async def _listen(self) -> None:
        app = make_app(self._world, self._handlers)
        if self._extension:
            self._extension(app, self._world)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        context = None
        if self._tls:
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            context.load_cert_chain(*self._tls)
        site = web.TCPSite(self._runner, self._host, self._port, ssl_context=context, backlog=512)
        await site.start()
        port = self._runner.addresses[0][1]
        self.url = f"{'https' if self._tls else 'http'}://{self._host}:{port}"
