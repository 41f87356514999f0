"""Addresses of the library in Manage."""

from django.urls import path

from loket.screens.manage.library import imports, items, searches

urlpatterns = [
    path("pencarian/", searches.searches, name="searches"),
    path("pencarian/artikel/", searches.wished_article, name="searches-article"),
    path("sinonim/", searches.synonyms, name="synonyms"),
    path("sinonim/<int:pk>/akhir/", searches.synonym_ends, name="synonym-ends"),
    path("bahan/", items.items, name="items"),
    path("bahan/<int:pk>/terbitan/", items.publication, name="item-publication"),
    path("bahan/impor/", imports.upload, name="items-import"),
    path("bahan/impor/<token:token>/", imports.preview, name="items-preview"),
]
