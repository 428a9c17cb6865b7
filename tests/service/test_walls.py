import subprocess
import sys

_LIST = """
import importlib, pkgutil, sys
import rollguard.service
for module in pkgutil.walk_packages(rollguard.service.__path__, "rollguard.service."):
    importlib.import_module(module.name)
print("\\n".join(sys.modules))
"""
_PRIVATE = {
    "rollguard.trust.keys",
    "rollguard.trust.signing",
    "rollguard.trust.founding",
    "rollguard.trust.development",
    "rollguard.trust.push",
    "rollguard.trust.draft",
    "rollguard.trust.ceremony",
    "rollguard.cli_signing",
}


def test_the_service_cannot_load_a_maintainers_private_key() -> None:
    done = subprocess.run([sys.executable, "-c", _LIST], check=True, stdout=subprocess.PIPE, text=True)
    loaded = set(done.stdout.split())
    assert "rollguard.service.server" in loaded
    assert "rollguard.trust.timestamp" in loaded
    assert loaded.isdisjoint(_PRIVATE)
