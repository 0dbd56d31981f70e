"""How the shipped pipeline was made: from treebanks to weights. Not needed to run the package.

``python -m kb.language.training --help`` lists the steps; MODEL_CARD.md beside the weights has the
exact commands. The steps that use the teacher need torch and transformers, which are no
dependencies of the package.
"""
