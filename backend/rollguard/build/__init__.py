"""The build step's stages: trusted set → render → bundle → verify → pack. `build.py` at the top runs them in order."""
