"""Model cards, the registry and network definitions by name."""
