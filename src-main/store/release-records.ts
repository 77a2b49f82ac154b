import type { Connection } from './connection.ts';
import { asc, desc, queries } from './drizzle.ts';
import { released } from './schema.ts';
import type { WriteTransaction } from './vault-store.ts';

export type ReleaseRecord = {
  readonly kind: 'report';
  readonly title: string;
  readonly releasedAt: string;
  readonly releasedBy: string;
  readonly purpose: string;
  readonly marking: string;
  readonly manifestHash: string;
  /** How many counts it held, and how many of them were withheld. */
  readonly counts: number;
  readonly withheld: number;
};

/** @param body what was published and withheld, as JSON; nothing changes it afterwards. */
export function addReleaseRecord({ connection }: WriteTransaction, record: ReleaseRecord, body: string): void {
  queries(connection)
    .insert(released)
    .values({ ...record, body })
    .run();
}

/** What was let out of this vault, newest first. */
export function listReleaseRecords(connection: Connection): ReleaseRecord[] {
  const { title, releasedAt, releasedBy, purpose, marking, manifestHash, counts, withheld } = released;
  return queries(connection)
    .select({ title, releasedAt, releasedBy, purpose, marking, manifestHash, counts, withheld })
    .from(released)
    .orderBy(desc(released.id))
    .all()
    .map((record) => ({ kind: 'report' as const, ...record }));
}

/** What each release held, oldest first; up to the one with this manifest where one is named, and without it. */
export function releaseBodies(connection: Connection, before: string | null): string[] {
  const { id, manifestHash, body } = released;
  const rows = queries(connection).select({ id, manifestHash, body }).from(released).orderBy(asc(id)).all();
  const end = before === null ? -1 : rows.findIndex((row) => row.manifestHash === before);
  return (end < 0 ? rows : rows.slice(0, end)).map((row) => row.body);
}
