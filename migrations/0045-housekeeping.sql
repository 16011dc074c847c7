-- 定期清理：old keys of requests go, and a file is found by its digest

grant delete on idempotency to ecc_app;
-- keys come in the order of their time: a summary of the table's parts is enough, and costs a write nothing
create index idempotency_at on idempotency using brin (at) with (pages_per_range = 32, autosummarize = on);
create index attachment_digest on attachment (digest collate "C");
