-- Who takes the next batch of a commune finds it first in this index, however many wait.
drop index delivery.batch_waiting;
create index batch_waiting on delivery.batch (priority, commune_id, due_at, batch_id) where state = 'waiting';
