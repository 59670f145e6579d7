import type { Migration } from './index.ts'

/**
 * How many events and deliveries a project has, in each state, kept as they change: to count a million of them takes
 * longer than a delivery may wait. A row is made before it is counted, since a trigger has no upsert where the statement
 * that fires it says what happens to conflicts.
 */
const COUNTS = /* sql */ `
CREATE TABLE project_counts (
  project_key INTEGER NOT NULL REFERENCES projects,
  kind TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (project_key, kind)
) STRICT, WITHOUT ROWID;
INSERT INTO project_counts SELECT project_key, 'events', count(*) FROM events GROUP BY project_key;
INSERT INTO project_counts SELECT project_key, state, count(*) FROM deliveries GROUP BY project_key, state;

CREATE TRIGGER events_counted AFTER INSERT ON events
BEGIN
  INSERT OR IGNORE INTO project_counts VALUES (NEW.project_key, 'events', 0);
  UPDATE project_counts SET count = count + 1 WHERE project_key = NEW.project_key AND kind = 'events';
END;
CREATE TRIGGER events_uncounted AFTER DELETE ON events
BEGIN
  UPDATE project_counts SET count = count - 1 WHERE project_key = OLD.project_key AND kind = 'events';
END;
CREATE TRIGGER deliveries_counted AFTER INSERT ON deliveries
BEGIN
  INSERT OR IGNORE INTO project_counts VALUES (NEW.project_key, NEW.state, 0);
  UPDATE project_counts SET count = count + 1 WHERE project_key = NEW.project_key AND kind = NEW.state;
END;
CREATE TRIGGER deliveries_moved AFTER UPDATE OF state ON deliveries WHEN NEW.state <> OLD.state
BEGIN
  UPDATE project_counts SET count = count - 1 WHERE project_key = OLD.project_key AND kind = OLD.state;
  INSERT OR IGNORE INTO project_counts VALUES (NEW.project_key, NEW.state, 0);
  UPDATE project_counts SET count = count + 1 WHERE project_key = NEW.project_key AND kind = NEW.state;
END;
CREATE TRIGGER deliveries_uncounted AFTER DELETE ON deliveries
BEGIN
  UPDATE project_counts SET count = count - 1 WHERE project_key = OLD.project_key AND kind = OLD.state;
END;
`

/** What the overview adds up. `figures_counted` says up to which attempt: the keys of the newest are given anew once they are deleted. */
const FIGURES = /* sql */ `
CREATE TABLE project_figures (
  project_key INTEGER NOT NULL REFERENCES projects,
  span_ms INTEGER NOT NULL,
  at INTEGER NOT NULL,
  succeeded INTEGER NOT NULL DEFAULT 0,
  failed INTEGER NOT NULL DEFAULT 0,
  retried INTEGER NOT NULL DEFAULT 0,
  simulated INTEGER NOT NULL DEFAULT 0,
  answer_times TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(answer_times)),
  waiting_most INTEGER,
  waiting_last INTEGER,
  held_most INTEGER,
  held_last INTEGER,
  PRIMARY KEY (project_key, span_ms, at)
) STRICT, WITHOUT ROWID;

CREATE TABLE endpoint_figures (
  project_key INTEGER NOT NULL REFERENCES projects,
  span_ms INTEGER NOT NULL,
  at INTEGER NOT NULL,
  endpoint_key INTEGER NOT NULL,
  succeeded INTEGER NOT NULL DEFAULT 0,
  failed INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (project_key, span_ms, at, endpoint_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE figures_counted (one INTEGER PRIMARY KEY CHECK (one = 1), attempt_key INTEGER NOT NULL) STRICT;
INSERT INTO figures_counted VALUES (1, 0);
CREATE TRIGGER attempts_recounted AFTER DELETE ON attempts
WHEN OLD.key = (SELECT attempt_key FROM figures_counted)
BEGIN
  UPDATE figures_counted SET attempt_key = coalesce((SELECT max(key) FROM attempts WHERE key < OLD.key), 0);
END;
`

export const figures: Migration = { name: 'figures', sql: COUNTS + FIGURES }
