"""Who met whom, who visited where, who said what to whom: news articles to a knowledge base."""

__version__ = "0.1.0"
