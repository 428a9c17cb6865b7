"""The rule service: hands out what maintainers have signed, takes what they push, and signs only how fresh it is.

Nothing in here may import `rollguard.trust.keys`, `signing`, `founding` or `development`.
"""

from rollguard.service.app import create_app

__all__ = ["create_app"]
