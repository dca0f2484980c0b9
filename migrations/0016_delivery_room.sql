-- Room for three newer versions of each row on its own page, so that no update needs an index. With 60 every fourth one found
-- no room; the table was no smaller for it, since what moved to other pages left its old place empty.
alter table delivery.delivery set (fillfactor = 40);
