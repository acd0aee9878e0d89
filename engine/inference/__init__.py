"""From image windows to blended probabilities."""
