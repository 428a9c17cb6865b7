"""`rollguard demo`: the main job, shown to a newcomer with the real parts and nothing else."""

from rollguard.demo.journey import run_demo

__all__ = ["run_demo"]
