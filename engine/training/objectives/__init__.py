"""What each network learns by: its paper's losses."""
