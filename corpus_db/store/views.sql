-- Joined rows for readers: views, not copies.

-- Paragraphs with the article that they stand in: browse, search, count.
create view paragraph_browse as
select
    paragraphs.id as id,                 -- of the paragraph
    articles.key as article,             -- address of the article: its page is /article/<key>
    paragraphs.position as position,     -- number of the paragraph in its article
    paragraphs.text as text,             -- the paragraph
    paragraphs.crosshead as crosshead,   -- the crosshead it stands under
    articles.headline as headline,
    outlets.name as outlet,
    (select group_concat(name, '; ') from (
        select authors.name as name from bylines join authors on authors.id = bylines.author_id
        where bylines.article_id = articles.id order by bylines.position
    )) as authors,                       -- names joined by '; '
    articles.published as published,     -- ISO 8601, as far as stated
    articles.year as year,
    articles.month as month,             -- 'YYYY-MM'
    articles.language as language        -- ISO 639 code
from paragraphs
join articles on articles.id = paragraphs.article_id
left join outlets on outlets.id = articles.outlet_id;

-- Articles with outlet, authors, tags and the file they come from.
create view article_browse as
select
    articles.id as id,                   -- of the article
    articles.key as article,             -- address of the article: its page is /article/<key>
    articles.headline as headline,
    articles.standfirst as standfirst,
    outlets.name as outlet,
    outlets.country as country,          -- of the outlet, ISO 3166-1 alpha-2
    (select group_concat(name, '; ') from (
        select authors.name as name from bylines join authors on authors.id = bylines.author_id
        where bylines.article_id = articles.id order by bylines.position
    )) as authors,                       -- names joined by '; '
    (select json_group_array(name) from (
        select authors.name as name from bylines join authors on authors.id = bylines.author_id
        where bylines.article_id = articles.id order by bylines.position
    )) as author_list,                   -- the same names as a JSON array, for facets
    articles.published as published,     -- ISO 8601, as far as stated
    articles.year as year,
    articles.month as month,             -- 'YYYY-MM'
    articles.language as language,       -- ISO 639 code
    (select json_group_array(value) from (
        select tags.scheme || ': ' || tags.value as value from tags where tags.article_id = articles.id
        order by tags.scheme, tags.value
    )) as tag_list,                      -- 'scheme: value', as a JSON array, for facets
    syndicated.name as syndicated_from,  -- outlet that published it first, if another
    articles.paragraph_count as paragraph_count,
    articles.word_count as word_count,
    articles.url as url,                 -- address of the article, where the file states it
    raw_files.path as path               -- of the raw file
from articles
join raw_files on raw_files.id = articles.raw_file_id
left join outlets on outlets.id = articles.outlet_id
left join outlets as syndicated on syndicated.id = articles.syndicated_from_id;

-- Furniture with the article that it is printed with: what was set aside, and as what.
create view furniture_browse as
select
    furniture.id as id,                  -- of the block
    articles.key as article,             -- address of the article: its page is /article/<key>
    articles.headline as headline,
    outlets.name as outlet,
    furniture.role as role,              -- what the block is to the article
    furniture.position as position,      -- number of the block among the furniture of its article
    furniture.text as text,              -- the block
    raw_files.path as path,              -- of the raw file
    furniture.start as start,            -- span in the raw file, in code points
    furniture.stop as stop
from furniture
join raw_files on raw_files.id = furniture.raw_file_id
left join articles on articles.id = furniture.article_id
left join outlets on outlets.id = articles.outlet_id;

-- Facts with the article that they are of: who says so, and where.
create view fact_browse as
select
    facts.id as id,                      -- of the fact
    articles.key as article,             -- address of the article: its page is /article/<key>
    articles.headline as headline,
    facts.field as field,                -- what is stated: 'author', 'outlet', 'published' …
    facts.value as value,                -- what was understood
    facts.printed as printed,            -- the words that state it
    facts.source as source,              -- the kind of place that states it
    raw_files.path as path,              -- of the raw file
    facts.start as start,                -- span of the words in the raw file, in code points
    facts.stop as stop
from facts
join articles on articles.id = facts.article_id
join raw_files on raw_files.id = articles.raw_file_id;
