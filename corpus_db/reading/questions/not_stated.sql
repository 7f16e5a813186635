-- What articles do not state
-- Articles without a date, an outlet or an author: nothing was made up for them; a manifest.csv can supply it.
select
    articles.key as article,
    articles.headline as headline,
    articles.published is null as undated,
    articles.outlet_id is null as without_outlet,
    bylines.article_id is null as without_author,
    raw_files.path as path
from articles
join raw_files on raw_files.id = articles.raw_file_id
left join (select distinct article_id from bylines) as bylines on bylines.article_id = articles.id
where articles.published is null or articles.outlet_id is null or bylines.article_id is null
order by undated + without_outlet + without_author desc, path
