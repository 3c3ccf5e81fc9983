# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The key goes into its file and nowhere else."""

from __future__ import annotations

import json
import os
import stat

import pytest

from ansible_collections.h3c.cloudos.plugins.module_utils.features.access_key import ACCESS_KEY
from ansible_collections.h3c.cloudos.plugins.module_utils.module.definition import execute

from .conftest import Answer

KEY = {"id": "12289f95", "userId": "ed45231c", "accessId": "canary-id", "accessKey": "canary-key"}
TELLS = Answer(body=KEY)
HALVES = {"access_id": "canary-id", "access_key": "canary-key"}


@pytest.fixture
def dest(tmp_path):
    return tmp_path / "key.json"


def run(platform, dest=None, answer=TELLS, check_mode=False):
    platform.answers(answer if isinstance(answer, Answer) else Answer(body=answer))
    options = {"dest": None if dest is None else str(dest)}
    result = execute(ACCESS_KEY, platform.client(retries=0), options, check_mode, True, 3)
    assert "canary" not in json.dumps(result)
    return result


def mode(path):
    return stat.S_IMODE(path.lstat().st_mode)


def test_without_a_file_it_is_told_whose_the_key_is(platform):
    result = run(platform)
    assert result["access_key"] == {"id": "12289f95", "user_id": "ed45231c"}
    assert result["changed"] is False and result["actions"] == []
    assert "dest" not in result and "diff" not in result


def test_the_file_is_private_and_written_once(platform, dest):
    first = run(platform, dest)
    assert first["changed"] is True and first["actions"] == ["write"] and first["dest"] == str(dest)
    assert json.loads(dest.read_text()) == HALVES
    assert mode(dest) == 0o600
    assert first["diff"] == {"before": {}, "after": {"mode": "0600", "content": "********"}}
    inode = dest.stat().st_ino
    second = run(platform, dest)
    assert second["changed"] is False and second["actions"] == []
    assert second["diff"]["before"] == second["diff"]["after"] == {"mode": "0600"}
    assert dest.stat().st_ino == inode
    assert [path.name for path in dest.parent.iterdir() if path != dest and path.is_file()] == []


def test_check_mode_tells_the_same_and_writes_nothing(platform, dest):
    predicted = run(platform, dest, check_mode=True)
    assert not dest.exists()
    assert run(platform, dest) == predicted
    assert run(platform, dest, check_mode=True)["changed"] is False


def test_another_content_or_mode_is_corrected(platform, dest):
    run(platform, dest)
    dest.chmod(0o644)
    loose = run(platform, dest)
    assert loose["changed"] is True and mode(dest) == 0o600
    assert loose["diff"] == {"before": {"mode": "0644"}, "after": {"mode": "0600"}}
    other = run(platform, dest, answer={**KEY, "accessKey": "canary-new"})
    assert other["changed"] is True and json.loads(dest.read_text())["access_key"] == "canary-new"
    assert other["diff"]["after"]["content"] == "********"


def test_a_link_is_left_alone_and_so_is_what_it_leads_to(platform, dest, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text("mine")
    dest.symlink_to(elsewhere)
    result = run(platform, dest)
    assert result["failed"] is True and "is a link" in result["msg"] and str(elsewhere) in result["msg"]
    assert dest.is_symlink() and elsewhere.read_text() == "mine"
    assert platform.seen == []


@pytest.mark.parametrize("answer", [None, {}, {**KEY, "accessKey": ""}, {**KEY, "accessId": None}, []])
def test_a_platform_without_a_key(platform, dest, answer):
    assert run(platform, answer=answer)["access_key"] is None
    result = run(platform, dest, answer=answer)
    assert result["failed"] is True and "has no access key" in result["msg"]
    assert not dest.exists()


def test_where_there_can_be_no_file_nothing_is_sent(platform, tmp_path):
    for dest, why in ((tmp_path / "none" / "key", "does not exist"), (tmp_path, "is a directory")):
        result = run(platform, dest)
        assert result["failed"] is True and result["msg"].startswith("dest: ") and why in result["msg"]
    assert platform.seen == []


def test_a_file_that_cannot_be_written_leaves_no_trace(platform, dest, monkeypatch):
    def refuse(*paths):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "replace", refuse)
    result = run(platform, dest)
    assert result["failed"] is True and result["changed"] is False
    assert result["msg"] == f"dest: {dest} cannot be written: Permission denied."
    assert list(dest.parent.glob(".access-key-*")) == []


def test_a_file_that_cannot_be_read_is_told(platform, dest, monkeypatch):
    dest.write_text("x")

    def refuse(*paths, **more):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "lstat", refuse)
    assert run(platform, dest)["msg"] == f"dest: {dest} cannot be read: Permission denied."


def test_an_error_that_repeats_the_key_of_an_earlier_answer_does_not_show_it(platform, dest):
    """The client knows what it has read."""
    platform.answers(Answer(body=KEY), Answer(500, {"message": "bad canary-key"}))
    client = platform.client(retries=0)
    for _turn in range(2):
        result = execute(ACCESS_KEY, client, {"dest": None}, False, True, 3)
    assert result["failed"] is True and "canary" not in json.dumps(result)
