-- What was set aside
-- Furniture by outlet and role: how much is printed around the articles, and as what it was recognised.
select
    outlets.name as outlet,
    furniture.role as role,
    count(*) as blocks,
    count(distinct furniture.article_id) as articles,
    sum(length(furniture.text)) as characters
from furniture
left join articles on articles.id = furniture.article_id
left join outlets on outlets.id = articles.outlet_id
group by articles.outlet_id, furniture.role
order by outlet is null, outlet, blocks desc, role
