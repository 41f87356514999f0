"""Property tests give the same result on every run and on a busy machine."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "loket", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("loket")
