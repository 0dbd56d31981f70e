"""What any Python program would do: open a store with pyoxigraph, run queries, read the rows.

python bare.py GENERATION QUERIES.json
"""

import json
import sys

import pyoxigraph

store = pyoxigraph.Store.read_only(sys.argv[1])
rows = 0
with open(sys.argv[2], encoding="utf-8") as file:  # noqa: PTH123 - as short as it can be
    for text in json.load(file):
        rows += len(list(store.query(text)))
print(rows)
