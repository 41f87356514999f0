"""Addresses of the consultations at the desk: a change of state is a POST to a noun."""

from django.urls import path

from loket.screens.desk.consultations import articles, inbox, thread

urlpatterns = [
    path("", inbox.show, name="desk-consultations"),
    path("pratinjau/", thread.preview, name="desk-preview"),
    path("artikel/", articles.listing, name="desk-articles"),
    path("artikel/<token:token>/", articles.article, name="desk-article"),
    path("artikel/<token:token>/pemeriksaan/", articles.submit, name="desk-article-submission"),
    path("artikel/<token:token>/pengembalian/", articles.give_back, name="desk-article-return"),
    path("artikel/<token:token>/penerbitan/", articles.publish, name="desk-article-publication"),
    path("artikel/<token:token>/penarikan/", articles.withdraw, name="desk-article-withdrawal"),
    path("artikel/<token:token>/persetujuan/", articles.ask_consent, name="desk-article-consent"),
    path("artikel/<token:token>/masa-berlaku/", articles.prolong, name="desk-article-validity"),
    path("<token:token>/", thread.show, name="desk-consultation"),
    path("<token:token>/sebelumnya/", thread.beside, {"side": "sebelumnya"}, name="desk-consultation-before"),
    path("<token:token>/berikutnya/", thread.beside, {"side": "berikutnya"}, name="desk-consultation-after"),
    path("<token:token>/pesan/", thread.write, name="desk-message"),
    path("<token:token>/draf/", thread.draft, name="desk-message-draft"),
    path("<token:token>/kehadiran/", thread.presence, name="desk-presence"),
    path("<token:token>/artikel/", articles.begin, name="desk-article-begin"),
]
