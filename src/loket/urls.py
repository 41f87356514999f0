"""Every door of the program (DESIGN 5)."""

from django.urls import include, path

from loket.screens import converters, health, stream  # noqa: F401 - <token:...> is registered there

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    path("api/v1/", include("loket.screens.api.urls")),
    path("akun/", include("loket.screens.account.urls")),
    path("demo/", include("loket.screens.demo.urls")),
    path("<slug:office_code>/langsung", stream.may_listen, name="stream"),
    path("<slug:office_code>/kios/", include("loket.screens.kiosk.urls")),
    path("<slug:office_code>/layar/", include("loket.screens.board.urls")),
    path("<slug:office_code>/petugas/", include("loket.screens.desk.urls")),
    path("<slug:office_code>/kelola/", include("loket.screens.manage.urls")),
    path("<slug:office_code>/wilayah/", include("loket.screens.area.urls")),
    path("<slug:office_code>/perangkat/", include("loket.screens.devices.urls")),
    path("<slug:office_code>/nilai/", include("loket.screens.rating.urls")),
    path("<slug:office_code>/pengaduan/", include("loket.screens.complaint.urls")),
    path("<slug:office_code>/survei/", include("loket.screens.survey.urls")),
    path("", include("loket.screens.portal.urls")),
]

handler400 = "loket.screens.errors.bad_request"
handler404 = "loket.screens.errors.not_found"
handler500 = "loket.screens.errors.server_error"
