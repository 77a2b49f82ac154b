import type { Connection } from './connection.ts';
import { asc, desc, eq, queries } from './drizzle.ts';
import { released, releaseWithdrawal } from './schema.ts';
import type { WriteTransaction } from './vault-store.ts';

export type ReleaseRecord = {
  readonly kind: 'report' | 'bundle';
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

export type Withdrawal = { readonly at: string; readonly user: string; readonly reason: string };

export type KeptRelease = ReleaseRecord & {
  readonly id: number;
  /** Null where it stands. */
  readonly withdrawn: Withdrawal | null;
};

/** What was let out of this vault, newest first. */
export function listReleaseRecords(connection: Connection): KeptRelease[] {
  const { id, kind, title, releasedAt, releasedBy, purpose, marking, manifestHash, counts, withheld } = released;
  const told = { id, kind, title, releasedAt, releasedBy, purpose, marking, manifestHash, counts, withheld };
  const { at, user, reason } = releaseWithdrawal;
  return queries(connection)
    .select({ record: told, withdrawn: { at, user, reason } })
    .from(released)
    .leftJoin(releaseWithdrawal, eq(releaseWithdrawal.releasedId, released.id))
    .orderBy(desc(released.id))
    .all()
    .map(({ record, withdrawn }) => ({ ...record, kind: record.kind as ReleaseRecord['kind'], withdrawn }));
}

/** Says of a release that it is taken back; it stays in the log. */
export function addWithdrawal(
  { connection }: WriteTransaction,
  withdrawal: Withdrawal & { readonly releasedId: number },
): void {
  queries(connection).insert(releaseWithdrawal).values(withdrawal).run();
}

/** What each release held, oldest first; up to the one with this manifest where one is named, and without it. */
export function releaseBodies(connection: Connection, before: string | null): string[] {
  const { id, manifestHash, body } = released;
  const rows = queries(connection).select({ id, manifestHash, body }).from(released).orderBy(asc(id)).all();
  const end = before === null ? -1 : rows.findIndex((row) => row.manifestHash === before);
  return (end < 0 ? rows : rows.slice(0, end)).map((row) => row.body);
}
