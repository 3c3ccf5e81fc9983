# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What earlier tasks have read may confirm an object, and never make a task wait for it."""

from __future__ import annotations

import types

import pytest

from ansible_collections.h3c.cloudos.plugins.module_utils.engine import planning
from ansible_collections.h3c.cloudos.plugins.module_utils.model.context import Context
from ansible_collections.h3c.cloudos.plugins.module_utils.model.observation import Observation
from ansible_collections.h3c.cloudos.plugins.module_utils.model.plan import Plan

RECALLED = Observation({"id": "s", "status": "BUILD"})
NOW = Observation({"id": "s", "status": "ACTIVE"})


@pytest.fixture(autouse=True)
def _two_looks(monkeypatch):
    def find(_resource, run):
        if run.recalls:
            run.lookups.recalled["servers"] = []
        return run, RECALLED if run.recalls else NOW

    monkeypatch.setattr(planning, "find", find)
    monkeypatch.setattr(planning, "make_plan", lambda _resource, _run, current: Plan(before=current))


def planned(busy, **options):
    resource = types.SimpleNamespace(pending_wait=lambda run, current: object() if current["status"] in busy else None)
    _run, plan = planning.plan(resource, Context(types.SimpleNamespace(), {"state": "present", **options}))
    return plan.before


def test_an_object_that_was_busy_is_read_anew_before_a_task_waits_for_it():
    assert planned({"BUILD"}, wait=True) == NOW


def test_an_object_that_was_busy_is_confirmed_where_the_task_does_not_wait():
    assert planned({"BUILD"}, wait=False) == RECALLED


def test_an_object_that_was_ready_is_confirmed():
    assert planned(set(), wait=True) == RECALLED
