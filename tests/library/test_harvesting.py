"""The catalogue of the WebAPI, with its habits: page by page, and on after every stumble."""

from datetime import UTC, datetime

import pytest

from loket.library import searching
from loket.library.actions import harvesting
from loket.library.actions.harvesting import Field
from loket.library.harvesting.client import Client, Refused, Unreachable
from loket.library.harvesting.readers import MODELS, Shelf
from loket.library.markup import plain
from loket.library.models import Harvest, Item
from tests.cast import MORNING, an_office
from tests.library import webapi

pytestmark = pytest.mark.django_db


@pytest.fixture
def api():
    with webapi.served() as api:
        yield api


@pytest.fixture
def harvest(api):
    office = an_office()
    field = Field("3574", Shelf("office", office.pk, "Kota Probolinggo"), chain=office.code)
    waits = []
    client = Client(api.address, webapi.KEY, pause=0, sleep=waits.append)

    def run(name, *, key=webapi.KEY, **more):
        client.key = key
        return harvesting.harvest(
            field=field, model=MODELS[name], client=client, by="loket", now=lambda: MORNING, **more
        )

    run.office, run.waits = office, waits
    return run


def counts(outcome):
    return outcome.added, outcome.changed, outcome.unchanged, len(outcome.refused)


def test_all_pages_are_taken_over(harvest):
    outcome = harvest("publication")

    item = Item.objects.get(key="publication:p1")
    assert counts(outcome) == (5, 0, 0, 0)
    assert (item.scope, item.office, item.area) == ("office", harvest.office, "Kota Probolinggo")
    assert (item.year_from, item.address) == (2025, "https://contoh.example/p1.pdf")
    found = searching.search(office=harvest.office, words="dalam angka")
    assert found.hits[0].key == "publication:p0"


def test_escaped_html_is_read_and_thrown_away(harvest):
    harvest("publication")

    assert Item.objects.get(key="publication:p0").summary == "Ringkasan contoh"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("&lt;p&gt;a&lt;/p&gt;&lt;p&gt;b&lt;/p&gt;", "a\nb"),
        ("&amp;lt;i&amp;gt;a&amp;lt;/i&amp;gt;", "a"),
        ("a &amp; b", "a & b"),
        ("<style>p {}</style>a<br>b", "a\nb"),
        ("berat < 5 kg dan > 3 kg", "berat < 5 kg dan > 3 kg"),
        ('Halo <a class="x" href="https://contoh.exam', "Halo"),
        ('padi.<br style="color: .....', "padi. ....."),
        (None, ""),
        (7, ""),
    ],
)
def test_text_of_html(text, read):
    assert plain(text) == read


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("2026-02-28", datetime(2026, 2, 28, tzinfo=UTC)),
        ("2026-02-28T00:00:00+07:00", datetime(2026, 2, 27, 17, tzinfo=UTC)),
        ("0000-00-00", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("9999-12-31T23:59:59-14:00", None),
        ("1899-12-31", None),
    ],
)
def test_a_date_that_cannot_be_is_left_out(harvest, api, said, kept):
    api.lists["news"] = [{"news_id": 7, "title": "Sensus", "news": "Petugas mendata.", "rl_date": said}]

    assert counts(harvest("news")) == (1, 0, 0, 0)
    assert Item.objects.get().updated_at == kept


def test_a_second_run_stops_at_the_first_known_page(harvest, api):
    harvest("publication")
    api.asked.clear()

    outcome = harvest("publication")

    assert counts(outcome) == (0, 0, 2, 0)
    assert list(api.asked) == [("publication", "1")]
    assert counts(harvest("publication", everything=True)) == (0, 0, 5, 0)


def test_what_is_new_or_changed_is_taken_over(harvest, api):
    harvest("publication")
    newest = webapi.PUBLICATIONS[0] | {"pub_id": "p9", "title": "Kota Contoh Dalam Angka 2027"}
    api.lists["publication"] = [newest, webapi.PUBLICATIONS[0] | {"title": "Baru"}, *webapi.PUBLICATIONS[1:]]

    assert counts(harvest("publication")) == (1, 1, 2, 0)


def test_a_list_that_is_not_there_has_nothing(harvest):
    assert counts(harvest("glosarium")) == (0, 0, 0, 0)


def test_a_broken_row_stops_nothing(harvest):
    outcome = harvest("var")

    assert counts(outcome) == (1, 0, 0, 2)
    assert [each.row for each in outcome.refused] == ["var 193", "var"]


def test_a_cut_text_is_fetched_whole_and_once(harvest, api):
    harvest("news")
    harvest("news", everything=True)

    assert Item.objects.get().body == "Petugas mendata seluruh usaha di kota."
    assert api.asked["news", "7"] == 1


def test_it_tries_again_and_waits_longer_each_time(harvest, api):
    api.stumble = [500, "no json", 503]

    assert counts(harvest("publication")) == (5, 0, 0, 0)
    assert [wait for wait in harvest.waits if wait] == [1, 2, 4]


def test_an_interrupted_run_goes_on_where_it_stopped(harvest, api):
    api.silent_after = 2
    with pytest.raises(Unreachable):
        harvest("publication")
    assert Item.objects.count() == 4
    assert Harvest.objects.get().next_page == 3
    api.silent_after = 10**9
    api.asked.clear()

    outcome = harvest("publication")

    assert counts(outcome) == (1, 0, 0, 0)
    assert list(api.asked) == [("publication", "3")]
    assert Harvest.objects.get().next_page == 1


def test_a_wrong_key_is_told_and_never_written_down(harvest):
    with pytest.raises(Refused) as refused:
        harvest("publication", key="another-key")

    assert str(refused.value) == "Invalid key"
    assert refused.value.__suppress_context__ or refused.value.__context__ is None


def test_the_key_is_in_no_message(harvest, api):
    api.silent_after = 0
    with pytest.raises(Unreachable) as gone:
        harvest("publication")

    assert webapi.KEY not in repr(gone.value)
    assert "127.0.0.1" in str(gone.value)


def test_what_is_no_longer_listed_is_withdrawn_by_a_complete_run_only(harvest, api):
    harvest("publication")
    api.lists["publication"] = webapi.PUBLICATIONS[:2] + webapi.PUBLICATIONS[3:]

    assert harvest("publication").withdrawn == 0
    outcome = harvest("publication", everything=True)

    assert outcome.withdrawn == 1
    assert Item.objects.get(key="publication:p2").status == Item.Status.WITHDRAWN
    assert harvest("publication", everything=True).withdrawn == 0


def test_a_withdrawn_item_that_is_listed_again_comes_back(harvest, api):
    harvest("publication")
    api.lists["publication"] = webapi.PUBLICATIONS[:4]
    harvest("publication", everything=True)
    api.lists["publication"] = list(webapi.PUBLICATIONS)

    harvest("publication", everything=True)

    assert Item.objects.get(key="publication:p4").status == Item.Status.PUBLISHED


def test_a_list_that_is_empty_today_withdraws_nothing(harvest, api):
    harvest("publication")
    api.lists["publication"] = []

    assert harvest("publication", everything=True).withdrawn == 0


def test_a_row_that_is_refused_is_still_listed(harvest, api):
    harvest("var")
    api.lists["var"] = [{"var_id": 192, "title": ""}]

    assert harvest("var").withdrawn == 0


def test_a_run_that_went_on_where_another_stopped_withdraws_nothing(harvest, api):
    harvest("publication")
    api.silent_after = sum(api.asked.values()) + 1
    with pytest.raises(Unreachable):
        harvest("publication", everything=True)
    api.silent_after = 10**9

    assert harvest("publication", everything=True).withdrawn == 0
    assert not Item.objects.exclude(status=Item.Status.PUBLISHED).exists()


@pytest.mark.parametrize(
    "answer",
    [
        '{"status": "OK", "data-availability": "list-not-available", "data": ""}',
        '{"status": "OK", "data-availability": "not-available", "data": ""}',
        '{"status": "OK", "data-availability": "available", "data": [{"pages": 1}, {"a": 1}]}',
        '{"status": "OK", "data-availability": "available"}',
    ],
)
def test_answers_without_a_list_have_nothing(harvest, api, answer):
    api.stumble = [answer]

    assert counts(harvest("publication")) == (0, 0, 0, 0)
