# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tokens are kept private, are used while they last, and are fetched once by many processes."""

from __future__ import annotations

import dataclasses
import errno
import json
import os
import stat
import time

import pytest

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud import private_files, tokens


def token(value="t0k3n", lifetime=3600.0):
    return tokens.Token(value, time.time() + lifetime, "p1", "admin")


@pytest.fixture
def cache(tmp_path):
    return tokens.TokenCache("http://cloud", "admin", directory=tmp_path / "private")


def test_a_token_is_kept_under_private_modes(cache, tmp_path):
    kept = token()
    with cache.locked():
        cache.write(kept)
    assert cache.read() == kept
    folder = tmp_path / "private"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}


def test_names_of_files_hold_no_secret(cache, tmp_path):
    cache.write(token("canary"))
    assert not any("canary" in file.name or "admin" in file.name for file in (tmp_path / "private").iterdir())


def test_a_token_that_is_about_to_end_is_not_used(cache):
    cache.write(token(lifetime=30))
    assert cache.read() is None


BROKEN = {
    "torn": "{",
    "a list": "[]",
    "a word": '"token"',
    "nothing": "",
    "a missing member": '{"value": "t", "expires": 9e9}',
    "too deep": "[" * 200_000,
    "no text": b"\xff\xfe\x00",
    "a surrogate": '{"value": "\\ud800"}',
}
WRONG = {
    "value": [None, [], {}, 7, "", "two words", "line\n", "\ud800"],
    "expires": [None, "later", True, [], float("inf"), float("nan")],
    "project_id": [[], {}, 7],
    "user_name": [[], 7],
    "user_id": [{}, False],
    "project_name": [[]],
    "mark": [None, [], 7],
    "more": ["x"],
}


def replaced(tmp_path, content):
    (file,) = (tmp_path / "private").glob("*.json")
    file.write_bytes(content if isinstance(content, bytes) else content.encode())


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_a_broken_file_counts_as_none(cache, tmp_path, content):
    cache.write(token())
    replaced(tmp_path, content)
    assert cache.read() is None


@pytest.mark.parametrize(("member", "value"), [(name, value) for name in WRONG for value in WRONG[name]])
def test_a_file_with_a_wrong_member_counts_as_none(cache, tmp_path, member, value):
    cache.write(token())
    assert cache.read()
    replaced(tmp_path, json.dumps({**dataclasses.asdict(token()), member: value}))
    assert cache.read() is None


def test_a_damaged_file_is_replaced_by_the_next_login(cache, tmp_path):
    cache.write(token())
    replaced(tmp_path, '{"value": null}')
    kept = token("another")
    cache.write(kept)
    assert cache.read() == kept


def test_what_is_no_file_is_not_waited_for(cache, tmp_path):
    cache.write(token())
    (file,) = (tmp_path / "private").glob("*.json")
    file.unlink()
    os.mkfifo(file)
    assert cache.read() is None


@pytest.mark.parametrize("missing", ["flock", "open"])
def test_a_folder_without_locks_serves_all_the_same(cache, monkeypatch, missing):
    def fail(*given):
        raise OSError(errno.ENOLCK, "No locks available")

    with monkeypatch.context() as without:
        without.setattr(private_files.fcntl if missing == "flock" else private_files.os, missing, fail)
        with cache.locked():
            pass
    cache.write(token())
    assert cache.read()


def test_what_fails_under_the_lock_is_told(cache):
    with pytest.raises(OSError, match="broken"), cache.locked():
        raise OSError("broken")


def test_a_user_without_a_home_keeps_no_tokens(monkeypatch, tmp_path):
    """A container that runs as any number has neither HOME nor an entry of that user."""
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr(private_files.os.path, "expanduser", lambda path: path)
    monkeypatch.chdir(tmp_path)
    cache = tokens.TokenCache("http://cloud")
    cache.write(token())
    assert not list(tmp_path.iterdir())
    assert cache.read() is None


def test_another_user_or_project_has_another_file(tmp_path):
    one = tokens.TokenCache("http://cloud", "admin", "p1", directory=tmp_path)
    other = tokens.TokenCache("http://cloud", "admin", "p2", directory=tmp_path)
    one.write(token())
    assert other.read() is None


@pytest.mark.skipif(os.getuid() != 0, reason="only root can give a folder away")
def test_a_folder_of_somebody_else_is_not_used(tmp_path):
    folder = tmp_path / "foreign"
    folder.mkdir()
    os.chown(folder, 12345, 12345)
    cache = tokens.TokenCache("http://cloud", directory=folder)
    with cache.locked():
        cache.write(token())
    assert not list(folder.iterdir())
    assert cache.read() is None


def test_open_modes_are_closed(tmp_path):
    tmp_path.chmod(0o755)
    tokens.TokenCache("http://cloud", directory=tmp_path)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700


def test_the_project_is_asked_for_by_what_it_looks_like():
    by_id, by_name = {"id": "p" * 3}, {"name": "ppp", "domain": {"id": "default"}}
    assert tokens.project_scopes("ppp", "default") == [by_name, by_id]
    assert tokens.project_scopes("9052ae85792143ff955c35c52e8e41bd", "default")[0] == {
        "id": "9052ae85792143ff955c35c52e8e41bd"
    }
    assert tokens.project_scopes(None, "default") == [None]


@pytest.mark.parametrize("end", ["12:00:00.000000Z", "12:00:00", "20:00:00+08:00", "07:00:00.5-05:00", "12:00:00Z"])
def test_the_end_of_a_token_is_a_moment_in_whatever_zone_it_is_told(end):
    told = tokens.token_from_answer("t0k3n", {"token": {"expires_at": f"2026-01-31T{end}"}})
    assert int(told.expires) == 1769860800


@pytest.mark.parametrize("end", [None, "", "soon", "2026-13-31T12:00:00Z", 7])
def test_a_token_whose_end_is_not_told_is_kept_for_a_while(end):
    told = tokens.token_from_answer("t0k3n", {"token": {"expires_at": end}})
    assert 500 < told.expires - time.time() < 700


def test_the_token_is_read_from_the_header_or_the_body():
    told = {"project": {"id": "p"}, "user": {"name": "u", "id": "i"}}
    body = {"token": {"expires_at": "2099-01-31T12:00:00.000000Z", **told}}
    read = tokens.token_from_answer("abc", body)
    assert (read.value, read.project_id, read.user_name, read.fresh()) == ("abc", "p", "u", True)
    assert (read.user_id, read.project_name) == ("i", None)
    assert tokens.token_from_answer(None, {"token": {"id": "abc"}}).value == "abc"
    assert tokens.token_from_answer(None, {}) is None


@pytest.mark.parametrize("part", [None, [], "x", 7, {"id": [], "name": {}}])
def test_an_answer_that_describes_nothing_is_no_failure(part):
    told = tokens.token_from_answer("abc", {"token": {"project": part, "user": part, "expires_at": []}})
    assert (told.value, told.project_id, told.user_name, told.user_id, told.project_name) == ("abc", *[None] * 4)
    assert tokens.token_from_answer(None, {"token": part}) is None


def test_a_token_is_not_shown():
    assert "t0k3n" not in repr(token())
