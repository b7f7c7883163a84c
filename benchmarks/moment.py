"""When a measurement was taken, and how busy the machine was: without both, seconds say little."""

import os
from datetime import UTC, datetime


def moment() -> dict:
    """The date, and the load average of the last 1, 5 and 15 minutes."""
    return {"date": f"{datetime.now(UTC):%Y-%m-%d}", "load_average": [round(load, 1) for load in os.getloadavg()]}
