"""The demo has one answered question that everybody finds and reads."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from loket.base import events
from loket.demo import accounts, sharing, talking
from loket.library import searching
from loket.library.articles.models import Article
from loket.offices import loading, officefile
from tests.cast import WIB

pytestmark = pytest.mark.django_db
TUESDAY = datetime(2026, 1, 20, 10, 30, tzinfo=WIB)


@pytest.fixture
def office(settings, tmp_path):
    settings.LIBRARY_INDEX = tmp_path / "index"
    office = loading.load(file=officefile.read(loading.example("3574")), by="loket", at=TUESDAY).office
    talking.talk(office=office, officers=accounts.make(office=office, at=TUESDAY), at=TUESDAY)
    return office


def share(office, at=TUESDAY):
    officers = accounts.make(office=office, at=at)
    return sharing.share(office=office, officer=officers[0], supervisor=accounts.supervisor(), at=at)


def test_an_answered_question_is_published_with_consent_by_a_second_person(office):
    assert share(office) == 1

    article = Article.objects.get()
    assert (article.state, article.consent) == (Article.State.PUBLISHED, Article.Consent.GIVEN)
    [version] = article.versions.all()
    assert (version.author.name, version.published_by.name) == ("Sari Wulandari", "Rina Handayani")
    assert version.published_at < TUESDAY
    assert list(events.verify()) == []


def test_a_visitor_finds_it_and_reads_it_without_names(office):
    share(office)

    found = searching.search(office=office, words="inflasi bulanan")
    page = Client().get(f"/3574/bahan/{found.hits[0].item_id}/", follow=True).content.decode()

    assert found.hits[0].kind == "article"
    assert "Kota Probolinggo Dalam Angka" in page
    assert "Budi" not in page


def test_another_day_and_another_article_add_none(office):
    share(office)

    assert share(office, TUESDAY + timedelta(days=1)) == 0
    assert Article.objects.count() == 1
