"""What `/metrics` tells: counts of reads and pushes, and the state of the rules. Nothing about anybody."""

from prometheus_client import CollectorRegistry, Counter, Gauge


class Counters:
    """One set per app, so that two apps in one process do not count for each other."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.reads = Counter(
            "rollguard_reads", "Published files asked for.", ["kind", "status"], registry=self.registry
        )
        self.pushes = Counter("rollguard_pushes", "Pushes, by what became of them.", ["result"], registry=self.registry)
        self.root_version = Gauge("rollguard_root_version", "Version of the public root.", registry=self.registry)
        self.rules_version = Gauge("rollguard_rules_version", "Version of the public rules.", registry=self.registry)
        self.recall_version = Gauge("rollguard_recall_version", "Version of what is off.", registry=self.registry)
        self.recalled = Gauge("rollguard_recalled_rules", "How many rules are switched off.", registry=self.registry)
        self.expires = Gauge(
            "rollguard_role_expires_timestamp_seconds", "When a role expires.", ["role"], registry=self.registry
        )
