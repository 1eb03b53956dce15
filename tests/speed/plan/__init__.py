"""Plans the fewest keys that mark an article as a gold standard has it."""
