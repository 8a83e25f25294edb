"""A room for each stage: its pictures, its exercises and its questions."""
