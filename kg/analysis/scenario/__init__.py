"""What if: a body gone, a task moved, and what would change."""
