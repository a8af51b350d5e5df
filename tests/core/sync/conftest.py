"""How long the histories are told: `--hypothesis-profile=torture` tells thousands of them."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, settings

settings.register_profile(
    "torture",
    max_examples=5_000,
    stateful_step_count=50,
    deadline=None,
    print_blob=True,
    phases=[Phase.reuse, Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)
