-- Crossheads of each article
-- The sections of articles: each crosshead with its article and the number of paragraphs below it.
select
    articles.key as article,
    articles.headline as headline,
    paragraphs.crosshead as crosshead,
    count(*) as paragraphs,
    min(paragraphs.position) as first_paragraph
from paragraphs
join articles on articles.id = paragraphs.article_id
where paragraphs.crosshead is not null
group by paragraphs.article_id, paragraphs.crosshead
order by articles.id, first_paragraph
