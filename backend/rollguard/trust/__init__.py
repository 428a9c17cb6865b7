"""Who may say what: keys, signed metadata (The Update Framework), and where it is kept.

Two sides that never meet: `keys`, `signing`, `founding` and `development` hold maintainers' private keys;
`verification`, `repository` and `timestamp` are all that the service may see. Clocks come in as `now`.
"""
