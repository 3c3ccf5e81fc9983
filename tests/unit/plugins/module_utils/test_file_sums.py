# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How often the file of an image is read: once a run, and not at all while it looks as it did."""

from __future__ import annotations

import hashlib
import os

import pytest

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud import file_sums
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.client import Client
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.connection import Connection
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.errors import OptionError
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.session import FileStream
from ansible_collections.h3c.cloudos.plugins.module_utils.engine import execution
from ansible_collections.h3c.cloudos.plugins.module_utils.model.context import Context
from ansible_collections.h3c.cloudos.plugins.module_utils.module import argument_spec
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.images.image import IMAGE
from simulator import Simulator, seeds

DATA, OTHER = b"data of an image", b"data of another."
MD5 = hashlib.md5(DATA).hexdigest()


@pytest.fixture(scope="module")
def running():
    with Simulator(build_seconds=0.1) as simulator:
        yield simulator


@pytest.fixture
def cloud(running, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    running.reset()
    return running


@pytest.fixture
def summed(monkeypatch):
    """What was read of files to be summed up, one entry for each time."""
    read, computed, stream = [], file_sums._computed, FileStream.__iter__

    def of_stream(self):
        if self._md5 is None:
            read.append("while it was sent")
        return stream(self)

    monkeypatch.setattr(file_sums, "_computed", lambda path: read.append("before") or computed(path))
    monkeypatch.setattr(FileStream, "__iter__", of_stream)
    return read


@pytest.fixture
def source(tmp_path):
    """A file that was changed some time ago."""
    path = tmp_path / "image.raw"
    write(path, DATA, age=100)
    return path


def write(path, data, age):
    path.write_bytes(data)
    then = os.stat(path).st_mtime - age
    os.utime(path, (then, then))


def converge(cloud, **given):
    """One task in a process of its own."""
    client = Client(Connection(url=cloud.url, username="admin", password=seeds.ADMIN_PASSWORD, project="admin"))
    options = {name: rules.get("default") for name, rules in argument_spec.state_spec(IMAGE).items()}
    image = {"name": "an-image", "disk_format": "raw", "virt_type": "KVM", "cas_ostype": "linux"}
    try:
        return execution.converge(IMAGE, Context(client, {**options, **image, **given}))
    finally:
        client.close()


def test_a_file_is_summed_up_once_a_run_with_a_checksum(cloud, source, summed):
    assert converge(cloud, src=str(source), checksum=MD5.upper())["actions"] == ["create", "upload"]
    assert summed == ["before"]


def test_a_file_is_summed_up_while_it_is_sent_without_one_and_then_no_more(cloud, source, summed):
    assert converge(cloud, src=str(source))["image"]["checksum"] == MD5
    assert converge(cloud, src=str(source))["changed"] is False
    assert summed == ["while it was sent"]


def test_a_wrong_checksum_is_found_before_anything_is_sent(cloud, source, summed):
    with pytest.raises(OptionError, match="another MD5 sum"):
        converge(cloud, src=str(source), checksum="0" * 32)
    assert summed == ["before"] and not cloud.state("images")


def test_what_replaces_an_image_is_summed_up_once(cloud, source, summed):
    converge(cloud, src=str(source))
    write(source, OTHER, age=50)
    summed.clear()
    assert converge(cloud, src=str(source), replace=True)["image"]["checksum"] == hashlib.md5(OTHER).hexdigest()
    assert summed == ["before"]


@pytest.mark.parametrize("change", ["time", "size", "inode"])
def test_a_file_that_looks_different_is_read_again(cloud, source, summed, change):
    converge(cloud, src=str(source))
    summed.clear()
    if change == "time":
        write(source, DATA, age=99)
    elif change == "size":
        before = os.stat(source)
        source.write_bytes(DATA + b"!")
        os.utime(source, ns=(before.st_atime_ns, before.st_mtime_ns))
    else:
        copy = source.with_suffix(".new")
        copy.write_bytes(DATA)
        os.utime(copy, ns=(os.stat(source).st_atime_ns, os.stat(source).st_mtime_ns))
        os.replace(copy, source)
    if change == "size":
        with pytest.raises(OptionError, match="checksum"):
            converge(cloud, src=str(source))
    else:
        assert converge(cloud, src=str(source))["changed"] is False
    assert summed == ["before"]


def test_nothing_is_remembered_where_that_is_switched_off(cloud, source, summed, tmp_path):
    converge(cloud, src=str(source), remember_checksum=False)
    converge(cloud, src=str(source), remember_checksum=False)
    assert summed == ["while it was sent", "before"]
    assert MD5 not in kept(tmp_path)


def test_a_file_that_was_changed_just_now_is_not_remembered(cloud, source, summed, tmp_path):
    """The clock of a file system is coarse: another change in the same moment would not be seen."""
    write(source, DATA, age=0)
    converge(cloud, src=str(source))
    assert MD5 not in kept(tmp_path)


def kept(tmp_path):
    return "".join(file.read_text() for file in (tmp_path / "cache" / "h3c.cloudos").glob("*.json"))


def test_the_sum_of_a_downloaded_file_is_remembered_too(cloud, source, summed, tmp_path):
    converge(cloud, src=str(source))
    dest = tmp_path / "copy.raw"
    converge(cloud, dest=str(dest))
    os.utime(dest, (1, 1))
    summed.clear()
    assert converge(cloud, dest=str(dest))["changed"] is False
    assert converge(cloud, dest=str(dest))["changed"] is False
    assert summed == ["before"]


def test_sums_are_private_and_bounded(cloud, tmp_path, monkeypatch):
    monkeypatch.setattr(file_sums, "_MOST", 3)
    paths = [tmp_path / f"{number}.raw" for number in range(5)]
    for path in paths:
        write(path, path.name.encode(), age=100)
        file_sums.FileSums().of(str(path), remembers=True)
    (file,) = (tmp_path / "cache" / "h3c.cloudos").glob("*.json")
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in paths if str(path) in file.read_text()] == ["2.raw", "3.raw", "4.raw"]


@pytest.mark.parametrize("text", ["", "no JSON", "[1]", '{"PATH": 1}', '{"PATH": [1, 2, 3, null]}'])
def test_a_file_of_sums_that_is_damaged_counts_as_empty(cloud, source, tmp_path, text):
    sums = file_sums.FileSums()
    assert sums.of(str(source), remembers=True) == MD5
    (file,) = (tmp_path / "cache" / "h3c.cloudos").glob("*.json")
    file.write_text(text.replace("PATH", str(source)))
    assert file_sums.FileSums().of(str(source), remembers=True) == MD5


def test_a_sum_is_not_kept_of_a_file_that_changed_while_it_was_read(cloud, source, monkeypatch):
    def meanwhile(path):
        write(source, OTHER, age=50)
        return MD5

    monkeypatch.setattr(file_sums, "_computed", meanwhile)
    sums = file_sums.FileSums()
    sums.of(str(source), remembers=True)
    monkeypatch.undo()
    assert sums.known(str(source)) is None
