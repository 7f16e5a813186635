-- Defects of loaded files
-- Oddities of files that were loaded all the same, by kind: what to check before counting.
select
    defects.kind as kind,
    raw_files.path as path,
    defects.detail as detail,
    articles.key as article
from defects
join raw_files on raw_files.id = defects.raw_file_id
left join articles on articles.raw_file_id = raw_files.id
order by kind, path
