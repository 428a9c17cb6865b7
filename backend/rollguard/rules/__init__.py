"""What a rule is, and when it may be published.

write (rule.toml, lexicon) → `loader` → `checker` (`matcher` on fixtures and decoys) → `compiler` → bytes.
Nothing in here reads a clock, the network or a key.
"""
