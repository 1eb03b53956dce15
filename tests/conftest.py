"""How hypothesis looks for examples: the same ones in each run, however busy the machine is.

`pytest --hypothesis-profile=explore` looks for new ones, and for longer.
"""

from __future__ import annotations

from hypothesis import HealthCheck, settings

settings.register_profile(
    "steady", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "explore", max_examples=2000, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("steady")
