-- 繁简分流: what an act computes from its thing was shown when it was proposed and is what is approved. Kept in words;
-- null where an act is bound to its answers alone, and for what was proposed before.
alter table approval add column foreseen text;
