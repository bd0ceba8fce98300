"""A busy machine draws examples slowly: that says nothing of the law, and is no reason to fail."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# Whatever profile was asked for stays in force; only this one check is left out.
settings.register_profile("patient", settings(suppress_health_check=[HealthCheck.too_slow]))
settings.load_profile("patient")
