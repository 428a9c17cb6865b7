"""The one root of every refusal: place, reason, next step. The CLI alone turns these into exit codes."""


class RollguardError(Exception):
    """Something was refused.

    Args:
        place: the file, key, URL or option concerned.
        reason: what is wrong with it.
        next_step: what its reader can do about it.
    """

    def __init__(self, place: str, reason: str, next_step: str) -> None:
        super().__init__(f"{place}\n    {reason}\n    {next_step}")
        self.place = place
        self.reason = reason
        self.next_step = next_step


class RuleError(RollguardError):
    """A rule, lexicon, text or fixture is not as it must be."""


class TrustError(RollguardError):
    """Keys, signatures or metadata are not as they must be."""


class PublishError(RollguardError):
    """The service refused what was pushed, or could not be reached."""


class BuildError(RollguardError):
    """The build cannot be made, or would contain what it must not."""


class BrowserError(RollguardError):
    """No browser that can load the extension."""
