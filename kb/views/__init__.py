"""Answers in the forms that other libraries work with: pandas, rdflib."""
