-- Paragraphs that several articles share
-- The same paragraph, word for word, in more than one article: syndication, quotation, copying.
select
    count(distinct paragraphs.article_id) as articles,
    group_concat(distinct outlets.name) as outlets,
    min(articles.published) as first,
    paragraphs.text as text
from paragraphs
join articles on articles.id = paragraphs.article_id
left join outlets on outlets.id = articles.outlet_id
where length(paragraphs.text) > 40
group by paragraphs.text
having count(distinct paragraphs.article_id) > 1
order by articles desc, length(paragraphs.text) desc
