"""What became of a plan in the next one, and how cities stand side by side."""
