"""How the bundled models are measured and published."""
