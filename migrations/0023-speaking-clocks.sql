-- 工作台与案件清单：clocks that still speak, by their day; watched alone says it (a finished clock is not watched)

drop index clock_watched;
create index clock_watched on clock (court_id, kind, due_on, id) where watched;
