"""What documents leave open: each gap found, and the kinds of gaps."""
