"""Articles -> corpus.db: the schema, what has changed since the last load, the one writer, what is derived."""
