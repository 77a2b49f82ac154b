import type { Migration } from './migration.ts';

/** What support a force offers. A correction is another row, so that what was on offer in any year stays known. */
export const supportServices: Migration = {
  version: 150,
  name: 'support-services',
  sql: `
CREATE TABLE support_service (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  service TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('entered', 'withdrawn')),
  type TEXT,
  audience TEXT,
  cost_gbp REAL CHECK (cost_gbp IS NULL OR cost_gbp >= 0),
  cost_basis TEXT CHECK (cost_basis IN ('contact', 'month')),
  capacity_per_month REAL CHECK (capacity_per_month IS NULL OR capacity_per_month > 0),
  from_day INTEGER,
  to_day INTEGER,
  contact TEXT,
  at TEXT NOT NULL,
  user TEXT NOT NULL,
  reason TEXT NOT NULL,
  CHECK (kind = 'withdrawn' OR (type IS NOT NULL AND audience IS NOT NULL)),
  CHECK ((cost_gbp IS NULL) = (cost_basis IS NULL))
);
CREATE TRIGGER support_service_is_never_changed BEFORE UPDATE ON support_service
  BEGIN SELECT RAISE(ABORT, 'services that were entered are never changed'); END;
CREATE TRIGGER support_service_is_never_deleted BEFORE DELETE ON support_service
  BEGIN SELECT RAISE(ABORT, 'services that were entered are never changed'); END;
`,
};
