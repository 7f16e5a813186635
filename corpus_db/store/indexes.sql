-- Indexes, made after the rows of a fresh load.
create index articles_raw_file_id on articles (raw_file_id);
create index articles_outlet_id on articles (outlet_id, published);
create index articles_published on articles (published);
create index articles_year on articles (year);
create index articles_month on articles (month);
create index articles_language on articles (language);
create index articles_syndicated_from_id on articles (syndicated_from_id);
create index bylines_author_id on bylines (author_id);
create unique index paragraphs_article_id on paragraphs (article_id, position);
create unique index furniture_article_id on furniture (article_id, position);
create index furniture_raw_file_id on furniture (raw_file_id);
create index furniture_role on furniture (role);
create index tags_value on tags (scheme, value);
create index facts_article_id on facts (article_id, field);
create index defects_raw_file_id on defects (raw_file_id);
create index defects_kind on defects (kind);
create index raw_files_outcome on raw_files (outcome);
create index raw_files_sha256 on raw_files (sha256);
