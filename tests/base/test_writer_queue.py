import threading

from loket.base.sqlite.base import FairLock, WriterQueue


def test_the_lock_serves_first_come_first():
    lock, order = FairLock(), []
    lock.acquire()
    threads = []
    for name in range(5):
        thread = threading.Thread(
            target=lambda name=name: (lock.acquire(), order.append(name), lock.release())
        )
        thread.start()
        threads.append(thread)
        _until(lambda count=name + 1: len(lock._waiting) == count)
    lock.release()
    for thread in threads:
        thread.join(5)

    assert order == [0, 1, 2, 3, 4]


def test_writers_of_one_file_never_meet(tmp_path):
    queue = WriterQueue(str(tmp_path / "db"))
    inside, most = 0, 0

    def write():
        nonlocal inside, most
        for _ in range(50):
            queue.enter()
            inside += 1
            most = max(most, inside)
            inside -= 1
            queue.leave()

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)

    assert most == 1


def _until(condition):
    ready = threading.Event()
    for _ in range(2000):
        if condition():
            return
        ready.wait(0.001)
    raise AssertionError("The condition did not come true in 2 s.")
