"""Zeren 责任图谱: government policy documents in, a knowledge graph of responsibilities out."""

__version__ = "0.1.0"
