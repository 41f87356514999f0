import pytest


@pytest.mark.django_db
def test_a_cookie_with_a_nul_is_no_cookie(client):
    answer = client.get("/akun/", headers={"cookie": 'loket_session="aaaaaaaa\\000"; csrftoken="\\000"'})

    assert answer.status_code == 302
