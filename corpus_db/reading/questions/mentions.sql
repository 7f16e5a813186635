-- Paragraphs that mention a phrase
-- Every paragraph that has these words next to each other, in any case and with or without accents, with its outlet and day.
select
    articles.published as published,
    outlets.name as outlet,
    articles.headline as headline,
    articles.key as article,
    paragraphs.position as position,
    paragraphs.text as text
from paragraphs_fts
join paragraphs on paragraphs.id = paragraphs_fts.rowid
join articles on articles.id = paragraphs.article_id
left join outlets on outlets.id = articles.outlet_id
where paragraphs_fts match '"' || replace(:phrase, '"', '""') || '"'
order by articles.published is null, articles.published, articles.id, paragraphs.position
