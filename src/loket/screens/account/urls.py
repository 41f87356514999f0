"""Signing in and what belongs to an account.

Only the doors of django-allauth that are used here are open: no passwords, no second address. Their
names are allauth's, the paths and templates ours.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path

from loket.screens.account import leaving, optional_mails, own, own_data, profile, sign_ins, views

urlpatterns = [
    path("", views.home, name="account-home"),
    path("saya/", own.own, name="account-own"),
    path("profil/", profile.profile, name="account-profile"),
    path("sesi/", sign_ins.sign_ins, name="account-sign-ins"),
    path("sesi/akhir/", sign_ins.ends, name="account-sign-in-ends"),
    path("data/", leaving.data, name="account-data"),
    path("data/permintaan/", own_data.wishes, name="account-wishes"),
    path("data/salinan/<slug:filetype>/", own_data.copy, name="account-copy"),
    path("penghapusan/", leaving.erasure, name="account-erasure"),
    path("undangan/<token:token>/", views.invitation, name="invitation"),
    path("surel/<token:token>/", optional_mails.stop, name="optional-mail"),
    path("masuk/", views.sign_in, name="account_login"),
    path("masuk/", views.sign_in, name="account_request_login_code"),
    path("masuk/kode/", views.confirm_code, name="account_confirm_login_code"),
    path("masuk/kedua/", mfa.authenticate, name="mfa_authenticate"),
    path("masuk/kunci/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("keluar/", account.logout, name="account_logout"),
    path("berakhir/", account.account_inactive, name="account_inactive"),
    path("pastikan/", account.reauthenticate, name="account_reauthenticate"),
    path("pastikan/kode/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("pastikan/kunci/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("keamanan/", mfa.index, name="mfa_index"),
    path("keamanan/aplikasi/", totp.activate_totp, name="mfa_activate_totp"),
    path("keamanan/aplikasi/hapus/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("keamanan/cadangan/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("keamanan/cadangan/baru/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("keamanan/kunci/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("keamanan/kunci/tambah/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("keamanan/kunci/<int:pk>/hapus/", views.remove_passkey, name="mfa_remove_webauthn"),
    path("keamanan/kunci/<int:pk>/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
]
