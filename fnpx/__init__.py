"""What FrankenNumPy has and NumPy lacks."""
