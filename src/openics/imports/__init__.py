"""Import declarations, self-assessed clearance, release, movement and periodic declarations."""
