"""Two values of a target: which is higher, which asks for more, and when words forbid to say so."""
