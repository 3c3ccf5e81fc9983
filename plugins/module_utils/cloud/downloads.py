# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Responses that are streamed into local files."""

from __future__ import annotations

import contextlib
import os
import tempfile
import typing as t

with contextlib.suppress(ImportError):  # reported at the edge, see session.REQUESTS_IMPORT_ERROR
    import requests
from . import session as http
from .errors import CloudError, OptionError
from .operation import Operation
from .response_reader import ResponseReader, lost


def save(
    reader: ResponseReader,
    operation: Operation,
    response: requests.Response,
    path: str,
    md5: t.Optional[str],
    meter: t.Optional[http.Meter] = None,
) -> None:
    """Write the data of a response into a file that is there when they are complete and have the MD5 sum."""
    if response.status_code == 204:
        raise CloudError(f"{operation.id}: there is no data to download.", status=204, operation=operation.id)
    if response.headers.get("Content-Type", "").startswith("text/html"):
        raise reader.unreadable(operation, response, "the answer is a page")
    draft = None
    try:
        descriptor, draft = tempfile.mkstemp(prefix=".download-", dir=os.path.dirname(os.path.abspath(path)))
        size, digest = _write(descriptor, response, meter, has_sum=md5 is not None)
        reader.check_complete(operation, response)
        if not size:
            raise reader.unreadable(operation, response, "the answer is empty")
        if md5 and digest != md5.lower():
            raise CloudError(
                f"{operation.id}: the data has the MD5 sum {digest}, the platform says {md5}.",
                operation=operation.id,
                hint="It was damaged on the way; nothing was kept. Run the task again.",
            )
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(draft, 0o666 & ~umask)
        os.replace(draft, path)
    except requests.exceptions.RequestException as error:
        raise lost(operation, f"{operation.id}: the download broke off: {http.reason_of(error)}.") from None
    except OSError as error:
        raise OptionError(
            f"{operation.id}: {path} cannot be written: {error.strerror}.", operation=operation.id
        ) from None
    finally:
        if draft is not None and os.path.exists(draft):
            os.unlink(draft)


def _write(
    descriptor: int, response: requests.Response, meter: t.Optional[http.Meter], has_sum: bool
) -> tuple[int, str]:
    """Write the data into an open file; its size and MD5 sum (hexadecimal), the latter only where that is of use."""
    digest = http.new_md5()
    length = response.headers.get("Content-Length", "")
    whole = int(length) if length.isdecimal() and "Content-Encoding" not in response.headers else None
    with os.fdopen(descriptor, "wb") as file:
        for chunk in response.iter_content(http.CHUNK):
            if has_sum:
                digest.update(chunk)
            file.write(chunk)
            if meter:
                meter(file.tell(), whole)
        return file.tell(), digest.hexdigest()
