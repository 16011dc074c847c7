-- 案件清单按案号: the parts of a number in the order in which people count; the highest of a series is found in it as before

drop index case_serial;
create index case_serial on enforcement_case (court_id, filed_year, type_code, serial, id);
