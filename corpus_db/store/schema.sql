-- The tables of a corpus. What a raw file does not state is null.
-- `start` and `stop` are half-open spans in code points of the decoded raw text (stop: `end` is an SQL keyword).
-- Ids are given in path order within a load; the address of an article that lasts is its `key`.

-- Each file of the raw folder, with what became of it.
create table raw_files (
    id integer primary key,              -- in path order within a load
    path text not null unique,           -- relative to the raw folder, '/' between folders
    sha256 text check (length(sha256) = 64),  -- of the bytes, in hex; null where they could not be read
    bytes integer check (bytes >= 0),    -- size of the file
    format text,                         -- the raw format that read it: 'plain text', 'markdown'; null of a reject
    encoding text,                       -- of the text, as Python names it; null of a reject
    outcome text not null check (outcome in ('loaded', 'duplicate', 'rejected')),  -- what became of the file
    problem text check (outcome = 'loaded' or problem is not null),  -- why it was rejected, or which file it equals
    manifest text                        -- what manifest.csv states of the file, as JSON; null where nothing
) strict;

-- Who publishes: newspapers, agencies, broadcasters, websites. One row under all the ways an outlet prints its name.
create table outlets (
    id integer primary key,
    key text not null unique,            -- what tells outlets apart: the domain of one in our table, else the folded name
    name text not null check (name <> ''),  -- as our table of outlets has it, else as printed
    domain text,                         -- main domain, such as 'example.org'
    country text check (length(country) = 2),  -- ISO 3166-1 alpha-2; known of outlets in our table
    kind text                            -- 'newspaper', 'agency', 'website' …; known of outlets in our table
) strict;

-- People and desks that bylines name. People of the same name are one row.
create table authors (
    id integer primary key,
    key text not null unique,            -- what tells authors apart: the name without case, accents and marks
    name text not null check (name <> '')  -- the form in which most bylines print the name
) strict;

-- Each article. A raw file may hold several.
create table articles (
    id integer primary key,
    key text not null unique,            -- permanent address: 16 hex digits of the SHA-256 of the raw bytes, '-n' for the n-th article of a file that holds several
    raw_file_id integer not null references raw_files (id),  -- the file that holds it
    outlet_id integer references outlets (id),  -- who published it
    headline text,                       -- as printed; printed twice, it is one headline
    standfirst text,                     -- the summary below the headline
    dateline text,                       -- the printed line of place, date, outlet
    published text check (
        published glob '[12][0-9][0-9][0-9]-[01][0-9]'
        or published glob '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'
        or published glob '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]*'
    ),                                   -- first publication in ISO 8601, as far as stated: month, day, or day and time with offset
    language text check (length(language) between 2 and 3),  -- ISO 639 code, stated or identified from the body text
    url text,                            -- address of the article, where the file states it
    syndicated_from_id integer references outlets (id),  -- where it was first published, if elsewhere
    paragraph_count integer not null check (paragraph_count >= 0),  -- paragraphs of body text
    word_count integer not null check (word_count >= 0),  -- words of body text, between white space
    year integer generated always as (cast(substr(published, 1, 4) as integer)) stored,  -- of `published`
    month text generated always as (substr(published, 1, 7)) stored  -- of `published`, 'YYYY-MM'
) strict;

-- Who wrote an article, in the order printed.
create table bylines (
    article_id integer not null references articles (id),
    author_id integer not null references authors (id),
    position integer not null check (position > 0),  -- 1 is the author named first
    name text not null,                  -- the name, written as we write names
    printed text not null,               -- the name as printed
    primary key (article_id, position)
) strict, without rowid;

-- Names that were read as authors but stand on most pages of their outlet, beside many others: a sidebar's, not a byline's.
-- Judged anew by every load, from all articles; what is here is not in `bylines`.
create table doubted_bylines (
    article_id integer not null references articles (id),
    author_id integer not null references authors (id),
    position integer not null check (position > 0),  -- where it stood among the authors
    name text not null,                  -- the name, written as we write names
    printed text not null,               -- the name as printed
    primary key (article_id, position)
) strict, without rowid;

-- The body text, a row a paragraph.
create table paragraphs (
    id integer primary key,
    article_id integer not null references articles (id),
    position integer not null check (position > 0),  -- number of the paragraph in its article
    crosshead text,                      -- the crosshead it stands under
    text text not null check (text <> ''),  -- clean: markup resolved, white space folded
    start integer not null,              -- where it stands in the raw file: first code point
    stop integer not null,               -- code point after its last
    check (stop > start)
) strict;

-- All that is printed around the body text, a row a block. Nothing of a raw file is left out.
create table furniture (
    id integer primary key,
    raw_file_id integer not null references raw_files (id),
    article_id integer references articles (id),  -- the article it is printed with
    position integer not null check (position > 0),  -- number of the block among the furniture of its article
    role text not null check (role in (
        'headline', 'standfirst', 'byline', 'dateline', 'tag', 'crosshead', 'caption', 'separator', 'credit', 'bio',
        'masthead', 'metadata', 'boilerplate'
    )),                                  -- what it is to the article
    text text not null,                  -- clean: markup resolved, white space folded
    start integer not null,              -- where it stands in the raw file: first code point
    stop integer not null,               -- code point after its last
    check (stop > start)
) strict;

-- What an article says it is about.
create table tags (
    article_id integer not null references articles (id),
    scheme text not null,                -- 'section', 'topic', 'region', 'theme'
    value text not null,                 -- as stated
    primary key (article_id, scheme, value)
) strict, without rowid;

-- Where each fact of an article was stated.
create table facts (
    id integer primary key,
    article_id integer not null references articles (id),
    field text not null,                 -- 'headline', 'author', 'outlet', 'published', 'updated', 'url', 'section' …
    value text not null,                 -- what was understood
    printed text not null,               -- the words that state it; '' of a language that was identified
    source text not null,                -- a role ('byline', 'dateline' …), 'front matter', 'header', 'url', 'manifest', 'body text'
    start integer,                       -- span of the words in the raw file; null of a fact from the manifest
    stop integer,
    check ((start is null) = (stop is null) and stop > start)
) strict;

-- Oddities of files that were loaded all the same.
create table defects (
    id integer primary key,
    raw_file_id integer not null references raw_files (id),
    kind text not null,                  -- 'undecodable bytes', 'dates disagree', 'no headline', 'unknown key' …
    detail text not null                 -- what was found
) strict;

-- How much there is of each outlet, month and language; null is not stated. Derived, as all tables from here on.
create table article_counts (
    outlet_id integer references outlets (id),
    month text,                          -- 'YYYY-MM'
    language text,                       -- ISO 639 code
    articles integer not null,           -- how many
    paragraphs integer not null,         -- of body text
    words integer not null,              -- in them, between white space
    syndicated integer not null          -- articles of these that were first published by another outlet
) strict;

-- How much there is of each author: articles with the name in the byline.
create table author_counts (
    author_id integer primary key references authors (id),
    articles integer not null,           -- how many
    paragraphs integer not null,         -- of body text
    words integer not null,              -- in them, between white space
    first text,                          -- ISO 8601, of the oldest that is dated
    last text                            -- … and of the newest
) strict;

-- How much there is under each tag.
create table tag_counts (
    scheme text not null,                -- of the tag
    value text not null,
    articles integer not null,           -- how many
    paragraphs integer not null,         -- of body text
    words integer not null,              -- in them, between white space
    primary key (scheme, value)
) strict, without rowid;

-- How much furniture there is of each outlet and role.
create table role_counts (
    outlet_id integer references outlets (id),
    role text not null,                  -- what it is to its article
    blocks integer not null,             -- rows of `furniture`
    words integer not null               -- in them, between white space
) strict;

-- Each word of the paragraphs, as the full text has it: without case and accents.
create table words (
    word text primary key,               -- as the full text has it
    paragraphs integer not null          -- that have it
) strict, without rowid;

-- Which paragraphs have the commonest words: those that at least a thousand and one in sixteen have.
create table common_words (
    word text not null,                  -- as the full text has it
    block integer not null,              -- of ids: the first is 524,288 times this number
    bits blob not null,                  -- a bit for each id of the block, that of the first is the highest of the first byte
    primary key (word, block)
) strict, without rowid;

-- What the corpus was built with and from.
create table corpus (
    name text primary key,               -- 'version' of corpus_db; 'raw', the raw folder as seen from the database; 'files', a SHA-256 of the rows of raw_files
    value text not null
) strict, without rowid;

-- Full text of the paragraphs: words without case and accents.
create virtual table paragraphs_fts using fts5 (
    text, content = 'paragraphs', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);

-- Full text of headlines and standfirsts.
create virtual table articles_fts using fts5 (
    headline, standfirst, content = 'articles', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);
