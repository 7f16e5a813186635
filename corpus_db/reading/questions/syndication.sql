-- Who republishes whom
-- Outlets that printed what another outlet published first, as the articles themselves say.
select
    outlets.name as outlet,
    origin.name as first_published_by,
    count(*) as articles,
    min(articles.published) as first,
    max(articles.published) as last
from articles
join outlets as origin on origin.id = articles.syndicated_from_id
left join outlets on outlets.id = articles.outlet_id
group by articles.outlet_id, articles.syndicated_from_id
order by articles desc, outlet, first_published_by
