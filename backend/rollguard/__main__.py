"""`python -m rollguard` is `rollguard`."""

from rollguard.cli import main

main()
