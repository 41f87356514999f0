"""An installation of an earlier Loket goes on with today's (docs/decisions/0039-merged-migrations.md)."""

import pytest

from tests.migrated import migrated
from tests.served import Served

pytestmark = pytest.mark.database


@pytest.fixture
def office(tmp_path):
    with migrated(tmp_path) as address:
        here = Served(tmp_path, address)
        here.stage("hall")
        here.stage("take_numbers", count=3)
        yield here


def test_who_applied_each_migration_by_itself_has_nothing_left_to_apply(office):
    tickets, merged = office.stage("tickets"), office.stage("as_before_merging")

    assert not set(merged) & set(office.stage("applied_migrations"))
    office.command("migrate")

    assert merged
    assert set(merged) <= set(office.stage("applied_migrations"))
    assert office.stage("tickets") == tickets


def test_what_a_newer_program_applied_is_noticed_and_what_was_merged_is_not(office):
    office.stage("as_before_merging")
    assert office.stage("unknown_migrations") == []

    office.stage("as_after_a_newer_program")

    assert office.stage("unknown_migrations") == ["base.0099_later"]
