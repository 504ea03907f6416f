"""What a command ends with beside 0 for success and click's 2 for wrong usage."""

from __future__ import annotations

FAILED = 1
PARTLY = 3  # some files could not be read, or the papers do not say
