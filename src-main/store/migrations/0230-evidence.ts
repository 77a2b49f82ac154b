import type { Migration } from './migration.ts';

/**
 * What a review makes of its studies: extracted studies, appraisals, outcomes, ratings of certainty and guidance, each a document of
 * which every version stays. A version without a body says that the document was taken back.
 */
export const evidence: Migration = {
  version: 230,
  name: 'evidence',
  sql: `
CREATE TABLE evidence_document (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  review TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('study', 'appraisal', 'outcome', 'grade', 'guidance')),
  item TEXT NOT NULL,
  version INTEGER NOT NULL,
  body TEXT,
  body_hash TEXT NOT NULL,
  reason TEXT NOT NULL,
  at TEXT NOT NULL,
  user TEXT NOT NULL,
  UNIQUE (review, kind, item, version)
);
CREATE TRIGGER evidence_document_is_never_changed BEFORE UPDATE ON evidence_document
  BEGIN SELECT RAISE(ABORT, 'a document of a review is followed by another version, never changed'); END;
CREATE TRIGGER evidence_document_is_never_deleted BEFORE DELETE ON evidence_document
  BEGIN SELECT RAISE(ABORT, 'a document of a review is followed by another version, never changed'); END;
CREATE TRIGGER evidence_document_follows_the_newest BEFORE INSERT ON evidence_document
  WHEN EXISTS (SELECT 1 FROM evidence_document WHERE id = NEW.id)
    OR NEW.version <> 1 + coalesce((
      SELECT max(version) FROM evidence_document WHERE review = NEW.review AND kind = NEW.kind AND item = NEW.item
    ), 0)
  BEGIN SELECT RAISE(ABORT, 'a document of a review follows the newest version'); END;
`,
};
