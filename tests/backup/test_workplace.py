import os

from loket.backup.workplace import workplace


def test_nothing_stays(tmp_path):
    with workplace(tmp_path) as folder:
        (folder / "database").write_bytes(b"rows")

    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_program_left_is_cleared_away(tmp_path):
    (tmp_path / "unfinished-1").mkdir()
    (tmp_path / "unfinished-1" / "database").write_bytes(b"rows")

    with workplace(tmp_path) as folder:
        assert list(tmp_path.iterdir()) == [folder]


def test_who_works_beside_it_is_left_alone(tmp_path):
    with workplace(tmp_path) as first, workplace(tmp_path) as second:
        assert sorted(tmp_path.iterdir()) == sorted([first, second])


def test_what_root_left_keeps_nobody_from_working(tmp_path, monkeypatch):
    left, opened = tmp_path / "unfinished-1", os.open
    left.mkdir()

    def refuse(path, *how):
        if path == left:
            raise PermissionError(path)
        return opened(path, *how)

    monkeypatch.setattr(os, "open", refuse)

    with workplace(tmp_path) as folder:
        assert sorted(tmp_path.iterdir()) == sorted([left, folder])
