"""Fuzzing of readers, extractor, query guard and import: see ``docs/security.md``."""
