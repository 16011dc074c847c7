-- 批量制发文书: which bulk act issued a document, for the one file that holds them all.
alter table issued_document add column bulk_job_id uuid,
  add constraint issued_document_bulk foreign key (court_id, bulk_job_id) references bulk_job (court_id, id);
create index document_of_bulk on issued_document (court_id, bulk_job_id, issued_at, id) where bulk_job_id is not null;
