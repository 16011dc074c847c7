-- 立案核查与繁简分流（意见第十、十二条）: what the filing says of the basis of enforcement, of the duty and of the ground of
-- jurisdiction; the track that was approved for the case. Null where nobody has said it: an export has no column for these.
alter table enforcement_case
  add column basis_kind text check (basis_kind in
    ('判决书', '裁定书', '调解书', '支付令', '仲裁裁决', '公证债权文书', '行政决定', '刑事裁判', '其他')),
  add column basis_maker text check (basis_maker <> ''),
  add column basis_effective_on date,
  add column perform_by date,
  add column duty text check (duty in ('金钱给付', '交付财物', '完成行为', '财产性权益')),
  add column jurisdiction text check (jurisdiction in
    ('第一审法院', '与第一审同级的财产所在地法院', '被执行人住所地', '财产所在地', '上级指定')),
  add column track text check (track in ('简案', '普案', '特案')),
  add column track_reason text check (track_reason <> ''),
  add column track_on date,
  add check ((track is null) = (track_on is null) and (track is null) = (track_reason is null));

-- 重复立案: other cases of the court on the same basis of enforcement
create index case_same_basis on enforcement_case (court_id, basis_number) where basis_number is not null;
