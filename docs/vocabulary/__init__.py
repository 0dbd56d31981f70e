"""The page that documents the vocabulary, and the drawing of its model: both made of the ontology.

    python -m docs.vocabulary            docs/vocabulary.html, and docs/model.svg anew
    python -m docs.vocabulary FOLDER     vocabulary.html and model.svg there

``terms`` reads the files, ``drawing`` draws, ``example`` has a meeting of the bundled articles told
in RDF, ``page`` puts all together. The page is one file that loads nothing.
"""
