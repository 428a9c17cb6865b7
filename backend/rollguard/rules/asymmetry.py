"""Candidate and controls → choice asymmetry: how the dialog makes "yes" easier than "no".

Evidence for the person, never a reason to warn. Twin: `extension/src/content/asymmetry.ts`, which also looks at
the rendered controls.
"""

from rollguard.rules.candidates import Candidate
from rollguard.rules.controls import Control, usable
from rollguard.rules.labels import LINK, TOGGLE

NO_DECLINE = "no_decline"
"""There is no control that says no."""
MUTED_DECLINE = "muted_decline"
"""Accept is a button, decline a mere link."""
PRE_TICKED = "pre_ticked"
"""A switch or tick box is on before the person has touched it."""


def find_asymmetry(candidate: Candidate, accept: Control | None, decline: Control | None) -> tuple[str, ...]:
    """What is asymmetric, in a fixed order; nothing where there is no accept control."""
    if accept is None:
        return ()
    found = []
    is_toggle = bool(TOGGLE.match(accept.element))
    if decline is None and not is_toggle:
        found.append(NO_DECLINE)
    if decline is not None and LINK.match(decline.element) and not LINK.match(accept.element):
        found.append(MUTED_DECLINE)
    toggles = [accept.element] if is_toggle else usable(candidate, TOGGLE)
    if any("checked" in toggle.attrs or toggle.get("aria-checked") == "true" for toggle in toggles):
        found.append(PRE_TICKED)
    return tuple(found)
