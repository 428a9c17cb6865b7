"""The attack table: each row against a real server and the extension's own rule channel.

Refused; the last good rules go on, before and after a restart; the popup's status says why; and when the attack is
over, honest maintainers get through.
"""

import pytest

from tests.attacks.client import Client
from tests.attacks.replays import REPLAYS
from tests.attacks.roads import ROADS
from tests.attacks.stage import Attack, Stage
from tests.attacks.thieves import THIEVES

TABLE: dict[str, Attack] = {**REPLAYS, **ROADS, **THIEVES}


@pytest.mark.parametrize("name", TABLE)
def test_the_attack_is_refused_and_told_and_the_last_good_rules_go_on(name: str, stage: Stage, client: Client) -> None:
    attack = TABLE[name]
    assert client.open(stage.server.url, stage.baked, attack.patience_ms).in_use == (1, ("acme",))
    good = client.check()
    assert (good.in_use, good.error) == ((2, ("acme", "acme_two")), "")

    attack.act(stage)
    attacked = client.check(attack.days_ahead)
    assert attack.words in attacked.error
    assert attacked.in_use == good.in_use
    assert client.restart().in_use == good.in_use
    again = client.check(attack.days_ahead)
    assert (again.in_use, attack.words in again.error) == (good.in_use, True)
    assert not any("elsewhere" in path for path in stage.server.asked)

    stage.recover(attack)
    healed = client.check(attack.days_ahead)
    assert (healed.in_use, healed.error) == ((3, ("acme", "acme_two", "zeta")), "")
