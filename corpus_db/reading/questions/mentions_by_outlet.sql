-- Mentions of a phrase by outlet
-- In how many articles and paragraphs each outlet mentions a phrase, beside how many it has.
with mentioning as (
    select paragraphs.article_id, count(*) as paragraphs
    from paragraphs_fts
    join paragraphs on paragraphs.id = paragraphs_fts.rowid
    where paragraphs_fts match '"' || replace(:phrase, '"', '""') || '"'
    group by paragraphs.article_id
)
select
    outlets.name as outlet,
    count(mentioning.article_id) as articles_that_mention,
    count(*) as articles,
    coalesce(sum(mentioning.paragraphs), 0) as paragraphs_that_mention,
    sum(articles.paragraph_count) as paragraphs
from articles
left join outlets on outlets.id = articles.outlet_id
left join mentioning on mentioning.article_id = articles.id
group by articles.outlet_id
order by articles_that_mention desc, outlet is null, outlet
