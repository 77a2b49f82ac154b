import type { Migration } from './migration.ts';

/**
 * What a coordinator decided on a proposed match, never changed; and flags of safeguarding out of the clear. Those held so far
 * wait in a table of their own until the vault is next unlocked, when they are sealed to the clinic key and it is emptied.
 */
export const peerNetwork: Migration = {
  version: 160,
  name: 'peer-network',
  sql: `
CREATE TABLE peer_decision (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  request_ref TEXT NOT NULL,
  volunteer_ref TEXT NOT NULL,
  decision TEXT NOT NULL CHECK (decision IN ('accepted', 'declined')),
  why TEXT NOT NULL,
  reason TEXT NOT NULL,
  at TEXT NOT NULL,
  user TEXT NOT NULL
);
CREATE TRIGGER peer_decision_is_never_changed BEFORE UPDATE ON peer_decision
  BEGIN SELECT RAISE(ABORT, 'decisions on matches are never changed'); END;
CREATE TRIGGER peer_decision_is_never_deleted BEFORE DELETE ON peer_decision
  BEGIN SELECT RAISE(ABORT, 'decisions on matches are never changed'); END;

CREATE TABLE safeguarding_to_seal (
  batch_id INTEGER NOT NULL,
  row INTEGER NOT NULL,
  given_day INTEGER NOT NULL,
  volunteer_ref TEXT NOT NULL,
  requester_token TEXT NOT NULL,
  raised INTEGER NOT NULL,
  PRIMARY KEY (batch_id, row)
) WITHOUT ROWID;
INSERT OR REPLACE INTO safeguarding_to_seal
  SELECT batch_id, row, day, volunteer_ref, requester_token, safeguarding FROM peer_contacts_history WHERE safeguarding IS NOT NULL;
INSERT OR REPLACE INTO safeguarding_to_seal
  SELECT batch_id, row, day, volunteer_ref, requester_token, safeguarding FROM peer_contacts WHERE safeguarding IS NOT NULL;
ALTER TABLE peer_contacts DROP COLUMN safeguarding;
ALTER TABLE peer_contacts_history DROP COLUMN safeguarding;
`,
};
