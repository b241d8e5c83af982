-- The log is only ever appended to.
CREATE TRIGGER events_never_updated BEFORE UPDATE ON events BEGIN
  SELECT RAISE(ABORT, 'the event log is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER events_never_deleted BEFORE DELETE ON events BEGIN
  SELECT RAISE(ABORT, 'the event log is append-only');
END;
--> statement-breakpoint
-- INSERT OR REPLACE would delete without firing the trigger above, and a gap would break the chain.
CREATE TRIGGER events_without_gap BEFORE INSERT ON events
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM events) BEGIN
  SELECT RAISE(ABORT, 'the event log is append-only, without a gap');
END;
