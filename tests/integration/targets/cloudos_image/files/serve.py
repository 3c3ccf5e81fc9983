# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A web server with the files of a folder, until the folder is gone. Its port is in the file `port` beside them."""

from __future__ import annotations

import functools
import sys
import threading
import time
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


def main(folder: Path) -> None:
    handler = functools.partial(SimpleHTTPRequestHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        draft = folder / "port.new"
        draft.write_text(str(server.server_port), encoding="utf-8")
        draft.rename(folder / "port")
        while folder.exists():
            time.sleep(0.2)
        server.shutdown()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
