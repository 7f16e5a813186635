-- Attention to a phrase over time
-- How many articles mention a phrase in each month, and which share of that month's articles that is.
with mentioning as (
    select distinct paragraphs.article_id
    from paragraphs_fts
    join paragraphs on paragraphs.id = paragraphs_fts.rowid
    where paragraphs_fts match '"' || replace(:phrase, '"', '""') || '"'
)
select
    articles.month as month,
    count(mentioning.article_id) as articles_that_mention,
    count(*) as articles,
    round(100.0 * count(mentioning.article_id) / count(*), 1) as percent
from articles
left join mentioning on mentioning.article_id = articles.id
group by articles.month
order by articles.month is null, articles.month
