import type { Connection } from './connection.ts';
import { queries } from './drizzle.ts';
import { indicatorTarget } from './schema.ts';
import type { WriteTransaction } from './vault-store.ts';

/** A target as it was set, or its withdrawal; never changed afterwards. */
export type IndicatorTargetRecord = typeof indicatorTarget.$inferSelect;

/** Everything that was set and withdrawn, the oldest first. */
export function listIndicatorTargets(connection: Connection): IndicatorTargetRecord[] {
  return queries(connection).select().from(indicatorTarget).orderBy(indicatorTarget.id).all();
}

/** Adds a target or a withdrawal; gives its number. */
export function addIndicatorTarget(
  { connection }: WriteTransaction,
  target: Omit<IndicatorTargetRecord, 'id'>,
): number {
  return Number(queries(connection).insert(indicatorTarget).values(target).run().lastInsertRowid);
}

export type TargetInForce = {
  readonly value: number;
  /** A role or post. */
  readonly owner: string;
  readonly reviewDay: number;
};

/** What holds now, by indicator in the order of their names. */
export function targetsInForce(connection: Connection): ReadonlyMap<string, TargetInForce> {
  const newest = new Map(listIndicatorTargets(connection).map((record) => [record.indicator, record]));
  const inForce = [...newest.values()].flatMap(({ indicator, value, owner, reviewDay }) =>
    value === null || owner === null || reviewDay === null ? [] : [[indicator, { value, owner, reviewDay }] as const],
  );
  return new Map(inForce.sort(([a], [b]) => (a < b ? -1 : 1)));
}
