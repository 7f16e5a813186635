-- Articles by outlet and month
-- How many articles, paragraphs and words each outlet has in each month. Undated articles and articles without an outlet
-- are counted too, in rows of their own.
select
    outlets.name as outlet,
    articles.month as month,
    count(*) as articles,
    sum(articles.paragraph_count) as paragraphs,
    sum(articles.word_count) as words
from articles
left join outlets on outlets.id = articles.outlet_id
group by articles.outlet_id, articles.month
order by articles.month is null, articles.month, articles desc, outlet
