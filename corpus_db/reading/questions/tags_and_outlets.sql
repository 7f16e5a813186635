-- Tags by outlet
-- What outlets say that their articles are about.
select tags.scheme as scheme, tags.value as tag, outlets.name as outlet, count(*) as articles
from tags
join articles on articles.id = tags.article_id
left join outlets on outlets.id = articles.outlet_id
group by tags.scheme, tags.value, articles.outlet_id
order by articles desc, scheme, tag, outlet
