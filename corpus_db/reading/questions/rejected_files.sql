-- What was rejected and why
-- Raw files that gave no article: rejected ones with the reason, duplicates with the file that they equal.
select outcome, problem, path, bytes
from raw_files
where outcome <> 'loaded'
order by outcome desc, problem, path
