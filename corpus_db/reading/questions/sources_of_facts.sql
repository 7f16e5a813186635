-- Where facts were stated
-- For each kind of fact, the kind of place that stated it: printed lines, front matter, the address, the manifest.
select field, source, count(*) as facts, count(distinct article_id) as articles
from facts
group by field, source
order by field, facts desc
