# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The playbook that sets up AWX, against an API that refuses what AWX refuses.

AWX_COLLECTIONS names a folder with the real collection awx.awx, to run the same tests with it.
"""

from __future__ import annotations

import copy
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from integration.awx import CREDENTIAL_TYPE, playbooks_of_project
from integration.awx_api import ENCRYPTED, TOKEN, Awx
from integration.awx_collection import install
from integration.harness import COLLECTIONS, REPOSITORY, Ansible, Played

PLAYBOOK = REPOSITORY / "playbooks" / "awx.yml"
PASSWORD = "s3cret-of-alice"
#: AWX as the first run has left it, for all tests that begin with that
COMPLETE: list[Any] = []


class SetUp:
    """Runs of the playbook against one AWX."""

    def __init__(self, awx: Awx, ansible: Ansible, folder: Path) -> None:
        self.awx, self._ansible = awx, ansible
        real = os.environ.get("AWX_COLLECTIONS")
        self._environment = {
            "ANSIBLE_COLLECTIONS_PATH": f"{COLLECTIONS}:{real or install(folder)}",
            "CONTROLLER_HOST": awx.url,
            "CONTROLLER_OAUTH_TOKEN": TOKEN,
        }

    def run(self, *arguments: str, password: str | None = PASSWORD, rc: int = 0, **values: Any) -> Played:
        """Run it with these values beside those of the example, and without a warning."""
        return self._ansible.play(
            [],
            playbook=PLAYBOOK,
            arguments=arguments,
            variables_file=yaml.safe_dump(values),
            environment={**self._environment, "CLOUDOS_PASSWORD": password},
            rc=rc,
        )

    def requests(self, *arguments: str, **values: Any) -> list[tuple[str, str, Any]]:
        """What a run sends that is not only read."""
        before = len(self.awx.writes())
        played = self.run(*arguments, **values)
        sent = self.awx.writes()[before:]
        assert bool(sent) == ("changed=0" not in played.output) or "--check" in arguments, played.output
        return sent

    def secret(self, field: str = "password", **credential: Any) -> str:
        return self.awx.secrets[self.awx.one("credentials", **(credential or {"name": "CloudOS"}))["id"]][field]


@pytest.fixture
def awx() -> Iterator[Awx]:
    with Awx(organizations=("Default", "Shop")) as awx:
        yield awx


@pytest.fixture
def set_up(awx: Awx, ansible: Ansible, tmp_path: Path) -> SetUp:
    return SetUp(awx, ansible, tmp_path / "awx")


@pytest.fixture
def complete(set_up: SetUp) -> SetUp:
    """An AWX that has been set up."""
    if COMPLETE:
        set_up.awx.restore(COMPLETE[0])
    else:
        set_up.run()
        COMPLETE.append(set_up.awx.save())
    return set_up


def credential(**inputs: str) -> dict[str, Any]:
    login = {"url": "http://cloud.example.com:11000", "username": "alice", "password": PASSWORD, "project": "web"}
    return {"name": "CloudOS", "inputs": {**login, **inputs}}


def test_a_second_run_sends_nothing_with_or_without_the_password(complete: SetUp) -> None:
    assert complete.secret() == PASSWORD
    made = {kind: len(objects) for kind, objects in complete.awx.objects.items() if objects}
    assert made == {
        "organizations": 2,
        "credential_types": 1,
        "credentials": 1,
        "execution_environments": 1,
        "projects": 1,
        "inventories": 3,
        "hosts": 1,
        "inventory_sources": 2,
        "job_templates": 4,
        "workflow_job_templates": 1,
        "workflow_job_template_nodes": 4,
        "workflow_approval_templates": 1,
        "schedules": 1,
    }
    for password in (PASSWORD, None):
        for arguments in ((), ("--check",)):
            played = complete.run(*arguments, password=password)
            assert "changed=0" in played.output and "failed=0" in played.output, played.output
    assert complete.requests() == []


@pytest.mark.parametrize("password", [None, "", "of-somebody-else"])
def test_a_changed_value_never_touches_the_stored_password(complete: SetUp, password: str | None) -> None:
    (sent,) = complete.requests(password=password, awx_credential=credential(project="db", password=password or ""))

    assert sent[2]["inputs"] == {
        "url": "http://cloud.example.com:11000",
        "username": "alice",
        "project": "db",
        "password": ENCRYPTED,
    }
    assert complete.awx.one("credentials", name="CloudOS")["inputs"]["project"] == "db"
    assert complete.secret() == PASSWORD


def test_a_secret_that_nobody_has_stored_waits_for_its_word(complete: SetUp) -> None:
    with_token = credential(token="t0ken")
    assert complete.requests(awx_credential=with_token) == []
    complete.run(awx_credential=with_token, awx_update_secrets=True)
    assert (complete.secret("token"), complete.secret()) == ("t0ken", PASSWORD)


def test_a_new_password_is_sent_when_it_is_asked_for(complete: SetUp) -> None:
    complete.run(password="n3w", awx_update_secrets=True)
    assert complete.secret() == "n3w"


@pytest.mark.parametrize("values", [{}, {"awx_update_secrets": True}], ids=["created", "updated"])
def test_an_empty_password_is_not_sent(set_up: SetUp, values: dict[str, Any]) -> None:
    if values:
        set_up.run()
    played = set_up.run(password=None, rc=2, **values)
    assert "awx_credential.inputs: password is empty" in " ".join(played.output.split())
    assert "CLOUDOS_PASSWORD" in played.output
    assert [set_up.secret()] == [PASSWORD] if values else set_up.awx.objects["credentials"] == {}


def test_the_preview_of_an_empty_awx_names_all_and_sends_nothing(set_up: SetUp) -> None:
    assert set_up.requests("--check") == []
    played = set_up.run("--check")
    assert "failed=0" in played.output
    for name in ("credential CloudOS", "inventory source Servers of CloudOS", "Fleet in CloudOS", "each night"):
        assert name in played.output, name


def test_the_preview_of_one_change_is_one_change(complete: SetUp) -> None:
    played = complete.run("--check", awx_credential=credential(project="db"))
    assert "changed=1 " in played.output, played.output
    assert complete.requests("--check", awx_credential=credential(project="db")) == []


def test_a_second_organization_gets_objects_of_its_own(complete: SetUp) -> None:
    first = copy.deepcopy(complete.awx.objects)
    complete.run(awx_organization="Shop", awx_credential=credential(username="bob", password="of-bob"))

    for kind, objects in first.items():
        assert {number: complete.awx.objects[kind][number] for number in objects} == objects, kind
    shop = complete.awx.one("organizations", name="Shop")["id"]
    for kind in ("credentials", "projects", "inventories", "inventory_sources", "job_templates"):
        assert len(complete.awx.all(kind, organization=shop)) == len(first[kind]), kind
    assert complete.secret(organization=shop) == "of-bob" and complete.secret(organization=1) == PASSWORD
    belongs_to(complete.awx, shop)
    assert complete.requests(awx_organization="Shop", password=None, awx_credential=credential(username="bob")) == []
    assert complete.requests() == []


def belongs_to(awx: Awx, organization: int) -> None:
    """All that the templates and the workflow of an organization use is of this organization."""
    of = {kind: {each["id"] for each in awx.all(kind, organization=organization)} for kind in awx.objects}
    for template in awx.all("job_templates", organization=organization):
        assert template["inventory"] in of["inventories"] and template["project"] in of["projects"]
        assert set(awx.lists["job_templates", template["id"], "credentials"]) <= of["credentials"]
    (workflow,) = of["workflow_job_templates"]
    nodes = awx.all("workflow_job_template_nodes", workflow_job_template=workflow)
    started = {node["unified_job_template"] for node in nodes} - set(awx.objects["workflow_approval_templates"])
    assert len(nodes) == 4 and len(started) == 3
    assert started <= of["job_templates"] | of["inventory_sources"]
    assert len(awx.all("schedules", unified_job_template=workflow)) == 1


def test_a_second_cloud_in_the_same_organization_gets_names_of_its_own(complete: SetUp) -> None:
    values = {"awx_cloud": "Lab"}
    complete.run(password="of-lab", **values)

    assert (complete.secret(name="Lab"), complete.secret(name="CloudOS")) == ("of-lab", PASSWORD)
    assert complete.awx.one("job_templates", name="Audit of Lab")
    assert complete.requests(**values) == [] and complete.requests() == []


def test_an_execution_environment_of_another_organization_is_not_taken(complete: SetUp) -> None:
    mine = {"awx_execution_environment": {"name": "CloudOS in Default", "image": "registry.example.com/ee:1"}}
    played = complete.run(rc=2, awx_organization="Shop", **mine)
    assert "names of execution environments are unique in AWX" in " ".join(played.output.split())

    shared = {"awx_execution_environment": {"name": "Shared", "image": "registry.example.com/ee:1", "pull": "always"}}
    complete.awx.create("execution_environments", shared["awx_execution_environment"])
    complete.run(awx_organization="Shop", **shared)
    assert complete.awx.one("execution_environments", name="Shared")["organization"] is None


def test_a_misspelt_organization_is_named(set_up: SetUp) -> None:
    played = set_up.run(rc=2, awx_organization="Defualt")
    assert "there is no organization Defualt" in played.output
    assert set_up.awx.writes() == []


def test_jobs_on_localhost_have_an_inventory_with_nothing_else(complete: SetUp) -> None:
    awx = complete.awx
    small = awx.one("inventories", name="CloudOS localhost")["id"]
    assert [host["name"] for host in awx.all("hosts", inventory=small)] == ["localhost"]
    assert yaml.safe_load(awx.one("hosts")["variables"]) == {
        "ansible_connection": "local",
        "ansible_python_interpreter": "{{ ansible_playbook_python }}",
    }
    assert awx.all("inventory_sources", inventory=small) == []
    used = {template["name"]: template["inventory"] for template in awx.all("job_templates")}
    fleet = awx.one("inventories", name="CloudOS fleet")["id"]
    assert used.pop("Fleet in CloudOS") == fleet and set(used.values()) == {small}


def test_the_inventory_of_the_fleet_is_updated_before_its_first_job_is_sliced(set_up: SetUp) -> None:
    source = "/api/v2/inventory_sources/{}/update/"
    sent = [path for method, path, _body in set_up.requests() if path.endswith("/update/")]
    assert sent == [source.format(set_up.awx.one("inventory_sources", name="Fleet of CloudOS")["id"])]


def test_fields_of_a_new_version_need_a_credential_type_of_another_name(complete: SetUp) -> None:
    awx = complete.awx
    old = awx.one("credential_types")
    missing = old["inputs"]["fields"].pop()
    played = complete.run(rc=2)
    assert "awx_credential_type_name: the credential type H3C CloudOS in AWX has" in " ".join(played.output.split())
    assert complete.requests("--check", awx_credential_type_name="Second") == []

    complete.run(awx_credential_type_name="Second")
    new = awx.one("credential_types", name="Second")
    assert missing in new["inputs"]["fields"] and missing not in old["inputs"]["fields"]
    used = awx.one("credentials", credential_type=new["id"])["id"]
    for template in awx.all("job_templates"):
        assert awx.lists["job_templates", template["id"], "credentials"] == [used]
    assert complete.requests(awx_credential_type_name="Second", password=None) == []


def test_a_credential_type_that_nothing_uses_gets_the_fields_of_a_new_version(set_up: SetUp) -> None:
    set_up.awx.create("credential_types", {"name": "H3C CloudOS", "kind": "cloud", "inputs": {"fields": []}})
    set_up.run()
    assert set_up.awx.one("credential_types")["inputs"]["fields"] == CREDENTIAL_TYPE["inputs"]["fields"]


def test_a_run_after_a_failed_update_of_the_project_completes_it(set_up: SetUp) -> None:
    set_up.awx.repository = None
    assert "Project update failed" in set_up.run(rc=2).output
    set_up.awx.repository = playbooks_of_project()
    set_up.run()
    assert len(set_up.awx.objects["job_templates"]) == 4
    assert set_up.requests() == []


def test_a_template_with_a_playbook_that_is_new_in_the_repository_is_created(complete: SetUp) -> None:
    complete.awx.repository = [*playbooks_of_project(), "new.yml"]
    new = {"awx_job_templates": [{"name": "New", "playbook": "new.yml"}]}
    complete.run("--check", **new)
    complete.run(**new)
    assert complete.awx.one("job_templates", name="New")
    assert complete.requests(**new) == []


def test_an_inventory_of_the_fleet_whose_update_failed_is_updated_again(complete: SetUp) -> None:
    complete.awx.one("inventory_sources", name="Fleet of CloudOS")["status"] = "failed"
    assert "changed=0" in complete.run("--check").output
    assert [path.split("/")[-2] for _method, path, _body in complete.requests()] == ["update"]
    assert complete.requests() == []


def test_source_variables_can_be_set_and_emptied(complete: SetUp) -> None:
    inventory = yaml.safe_load((PLAYBOOK.parent / "vars" / "awx.yml").read_text(encoding="utf-8"))["awx_inventory"]
    for source_vars in ({"CLOUDOS_PROJECT": "db"}, {}):
        values = {"awx_inventory": {**inventory, "source_vars": source_vars}}
        assert len(complete.requests(**values)) == 1
        assert complete.requests(**values) == []
        stored = complete.awx.one("inventory_sources", source_path="inventory/servers.cloudos.yml")["source_vars"]
        assert (yaml.safe_load(stored) or {}) == source_vars


def test_options_of_templates_reach_awx(set_up: SetUp) -> None:
    awx = set_up.awx
    organization = awx.one("organizations", name="Default")["id"]
    mail = awx.create("notification_templates", {"name": "Mail", "organization": organization})["id"]
    team = awx.create("teams", {"name": "Operators", "organization": organization})["id"]
    template = {"name": "Small", "playbook": "audit.yml", "limit": "localhost", "job_tags": "a", "skip_tags": "b"}
    values = {
        "awx_job_templates": [{**template, "forks": 7, "notifications": {"error": ["Mail"]}}],
        "awx_workflow": {
            "name": "All",
            "notifications": {"approvals": ["Mail"]},
            "nodes": [{"identifier": "only", "template": "Small"}],
        },
        "awx_schedules": [],
        "awx_roles": [
            {"role": "execute", "teams": ["Operators"], "job_templates": ["Small"]},
            {"role": "approval", "teams": ["Operators"], "workflows": ["All"]},
        ],
    }
    set_up.run(**values)

    made = awx.one("job_templates", name="Small")
    assert {name: made[name] for name in ("limit", "job_tags", "skip_tags", "forks")} == {
        "limit": "localhost",
        "job_tags": "a",
        "skip_tags": "b",
        "forks": 7,
    }
    assert awx.lists["job_templates", made["id"], "notification_templates_error"] == [mail]
    workflow = awx.one("workflow_job_templates")["id"]
    assert awx.lists["workflow_job_templates", workflow, "notification_templates_approvals"] == [mail]
    assert [numbers for (kind, *_where), numbers in awx.lists.items() if kind == "roles"] == [[team], [team]]
    assert set_up.requests(**values) == []


def test_no_secret_is_shown(set_up: SetUp) -> None:
    shown = set_up.run("-vvv", "--diff").output + set_up.run("-vvv", awx_update_secrets=True).output
    assert PASSWORD not in shown
