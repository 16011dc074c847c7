-- 格式文书（意见第九条）: templates that a court brings, documents that it issues, what every document of a court says

create table document_template (
  court_id int not null references court,
  id uuid not null,
  form text not null,
  version int not null check (version > 0),
  file_name text not null,
  digest text not null,
  size_bytes int not null check (size_bytes between 1 and 10485760),
  -- tags that the form doesn't know, and tags of the form that must stand in it and don't: either stops its use
  unknown text[] not null,
  lacking text[] not null,
  state text not null check (state in ('waiting', 'active', 'retired')),
  uploaded_by uuid not null,
  uploaded_natural uuid not null,
  uploaded_name text not null,
  uploaded_at timestamptz not null,
  decided_natural uuid,
  decided_name text,
  decided_at timestamptz,
  primary key (court_id, id),
  unique (court_id, form, version),
  -- whoever brought it doesn't put it into use
  check (state <> 'active' or (decided_natural is not null and decided_natural <> uploaded_natural)),
  foreign key (court_id, uploaded_by) references person (court_id, id),
  check (state <> 'active' or (unknown = '{}' and lacking = '{}'))
);
create unique index template_in_use on document_template (court_id, form) where state = 'active';

create table issued_document (
  court_id int not null references court,
  counterpart_court_id int references court,
  id uuid not null,
  kind text not null,
  thing_id uuid not null,
  case_id uuid,
  -- the act that issued it
  action text not null,
  form text not null,
  title text not null,
  number text not null,
  -- a series of its own: null where the document bears the number of its case
  series text,
  year int,
  serial int check (serial > 0),
  -- null: the template that comes with the product
  template_id uuid,
  template_digest text not null,
  issued_on date not null,
  snapshot jsonb not null,
  issued_by uuid,
  issued_name text not null,
  issued_at timestamptz not null,
  voided_at timestamptz,
  voided_name text,
  void_reason text,
  primary key (court_id, id),
  check ((series is null) = (serial is null) and (series is null) = (year is null)),
  check ((voided_at is null) = (void_reason is null)),
  foreign key (court_id, template_id) references document_template (court_id, id)
);
create unique index document_serial on issued_document (court_id, series, year, serial) where series is not null;
create unique index document_number on issued_document (court_id, form, number) where series is not null;
create index document_of_thing on issued_document (court_id, thing_id, issued_at);
create index document_register on issued_document (court_id, issued_at desc, id);

-- The Word file and the PDF of a document; the column digest is what keeps a file from being cleared away.
create table document_file (
  court_id int not null,
  counterpart_court_id int references court,
  document_id uuid not null,
  format text not null check (format in ('word', 'pdf')),
  digest text not null,
  size_bytes int not null check (size_bytes > 0),
  primary key (court_id, document_id, format),
  foreign key (court_id, document_id) references issued_document (court_id, id)
);
create index document_file_digest on document_file (digest collate "C");

-- What stands in every document of a court, each entry with who set it; the last one counts.
create table document_setting (
  court_id int not null references court,
  name text not null,
  seq int not null check (seq > 0),
  value text not null,
  set_by text not null,
  set_at timestamptz not null,
  primary key (court_id, name, seq)
);

-- 送达地址: where a party of a case is found, as it or the creditor said; the last entry of a name counts.
create table party_address (
  court_id int not null,
  case_id uuid not null,
  seq int not null check (seq > 0),
  party text not null,
  address text not null check (address <> ''),
  phone text,
  source text not null,
  recorded_name text not null,
  recorded_at timestamptz not null,
  primary key (court_id, case_id, seq),
  foreign key (court_id, case_id) references enforcement_case (court_id, id)
);

select guard_table(name, false, true) from unnest(array['document_template', 'document_setting', 'party_address']) name;
select guard_table(name, true, true) from unnest(array['issued_document', 'document_file']) name;
grant select, insert on document_setting, party_address, document_file to ecc_app;
grant select, insert, update on document_template to ecc_app;
grant select, insert on issued_document to ecc_app;
-- what was issued stays as it was issued; it can only be declared void
grant update (voided_at, voided_name, void_reason) on issued_document to ecc_app;
