"""Addresses of the desk: a change of state is a POST to a noun."""

from django.urls import include, path

from loket.screens.desk import hall, library, moves, notes, numbers

urlpatterns = [
    path("", hall.choose, name="desk"),
    path("konsultasi/", include("loket.screens.desk.consultations.urls")),
    path("bahan/", library.library, name="desk-library"),
    path("nomor/", numbers.take, name="desk-number"),
    path("nomor/<int:pk>/", numbers.given, name="desk-given"),
    path("loket/<int:number>/", hall.hall, name="desk-hall"),
    path("loket/<int:number>/sesi/", hall.open_counter, name="desk-open"),
    path("loket/<int:number>/penutupan/", hall.close_counter, name="desk-close"),
    path("loket/<int:number>/panggilan/", moves.call, name="desk-call"),
    path("loket/<int:number>/panggilan-pilihan/", moves.call_chosen, name="desk-call-chosen"),
    path("loket/<int:number>/panggilan-ulang/", moves.recall, name="desk-recall"),
    path("loket/<int:number>/kembali-antre/", moves.rejoin, name="desk-rejoin"),
    path("loket/<int:number>/layanan/", moves.start, name="desk-start"),
    path("loket/<int:number>/selesai/", moves.finish, name="desk-finish"),
    path("loket/<int:number>/ketidakhadiran/", moves.skip, name="desk-skip"),
    path("loket/<int:number>/tunda/", moves.park, name="desk-park"),
    path("loket/<int:number>/alih/", moves.transfer, name="desk-transfer"),
    path("loket/<int:number>/batal/", moves.undo, name="desk-undo"),
    path("loket/<int:number>/istirahat/", moves.pause, name="desk-break"),
    path("loket/<int:number>/kembali/", moves.resume, name="desk-back"),
    path("loket/<int:number>/kertas/", moves.paper, name="desk-paper"),
    path("loket/<int:number>/catatan/<int:pk>/", notes.note, name="desk-note"),
    path("loket/<int:number>/catatan/<int:pk>/draf/", notes.draft, name="desk-draft"),
]
