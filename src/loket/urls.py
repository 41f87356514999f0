"""Every door of the program (DESIGN 5)."""

from django.urls import include, path

from loket.screens import converters, health, stream  # noqa: F401 - <token:...> is registered there
from loket.screens.portal.urls import front

# Every address below an office begins with its code, which is looked for once; what has no place for a
# value is compared and not searched, so most pages are found at once.
office = [
    path("", include("loket.screens.portal.urls")),
    path("langsung", stream.may_listen, name="stream"),
    path("kios/", include("loket.screens.kiosk.urls")),
    path("layar/", include("loket.screens.board.urls")),
    path("petugas/", include("loket.screens.desk.urls")),
    path("kelola/", include("loket.screens.manage.urls")),
    path("wilayah/", include("loket.screens.area.urls")),
    path("perangkat/", include("loket.screens.devices.urls")),
    path("nilai/", include("loket.screens.rating.urls")),
    path("pengaduan/", include("loket.screens.complaint.urls")),
    path("survei/", include("loket.screens.survey.urls")),
]
urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    path("api/v1/", include("loket.screens.api.urls")),
    path("akun/", include("loket.screens.account.urls")),
    path("demo/", include("loket.screens.demo.urls")),
    path("", include(front)),
    path("<slug:office_code>/", include(office)),
]

handler400 = "loket.screens.errors.bad_request"
handler404 = "loket.screens.errors.not_found"
handler500 = "loket.screens.errors.server_error"
