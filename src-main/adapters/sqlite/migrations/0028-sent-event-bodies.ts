import type { Migration } from './index.ts'

/**
 * What each attempt wrote besides itself. One that sends its event's body as it is stored says so, and counts no further
 * use of that body. Moves to `delivering` and back, which alone give and take an owner, are counted once for all that share
 * a commit by whoever makes them. Nothing looks for deliveries by their owner but a start, which finds them by their state.
 */
export const sentEventBodies: Migration = {
  name: 'sent event bodies',
  sql: /* sql */ `
ALTER TABLE attempts ADD COLUMN sent_event_body INTEGER NOT NULL DEFAULT 0 CHECK (sent_event_body IN (0, 1));

DROP INDEX deliveries_under_way;

DROP TRIGGER deliveries_counted;
CREATE TRIGGER deliveries_counted AFTER INSERT ON deliveries
BEGIN
  INSERT INTO project_counts VALUES (NEW.project_key, NEW.state, 1) ON CONFLICT DO UPDATE SET count = count + 1;
END;
DROP TRIGGER deliveries_moved;
CREATE TRIGGER deliveries_moved AFTER UPDATE OF state ON deliveries
WHEN NEW.state <> OLD.state AND NEW.owner IS OLD.owner
BEGIN
  UPDATE project_counts SET count = count - 1 WHERE project_key = OLD.project_key AND kind = OLD.state;
  INSERT INTO project_counts VALUES (NEW.project_key, NEW.state, 1) ON CONFLICT DO UPDATE SET count = count + 1;
END;
`,
}
