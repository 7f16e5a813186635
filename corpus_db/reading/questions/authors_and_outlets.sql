-- Who writes for whom
-- Authors with the outlets that published them, how often, and from when to when.
select
    authors.name as author,
    outlets.name as outlet,
    count(*) as articles,
    min(articles.published) as first,
    max(articles.published) as last
from bylines
join authors on authors.id = bylines.author_id
join articles on articles.id = bylines.article_id
left join outlets on outlets.id = articles.outlet_id
group by bylines.author_id, articles.outlet_id
order by articles desc, author, outlet
