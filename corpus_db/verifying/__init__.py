"""corpus.db and its raw folder -> everything in which the one does not follow from the other.

    snapshot   a corpus -> a copy of it in a moment, so that nothing here touches the corpus itself
    database   what a database has to be whatever it holds: SQLite's own checks, tables, keys, numbering
    derived    what was made from the rows, made once more: full text, names of authors and outlets, doubted bylines
    folder     the raw folder beside `raw_files`: nothing missing, changed or unknown
    held       what the database holds of one raw file, as records
    blocks     its paragraphs and furniture, beside the blocks that the file gives
    stated     its facts, beside the words of the file; its columns, beside its facts
    file       the last two for one raw file, as a process runs it
    rows       two corpora, row by row
    proof      all of it, in order

A room above both rivers: it reads raw files as `loading` does and rows as `store` wrote them. Each thing wrong is a
Fault; nothing here raises for what it finds.
"""
