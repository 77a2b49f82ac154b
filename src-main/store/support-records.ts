import { supportSteps } from '#shared/domain/extract-kinds/support.ts';
import type { Connection } from './connection.ts';

/** A step of a course of support, as the extract has it. */
export type SupportRecord = {
  readonly person: number;
  readonly service: string;
  readonly episode: string;
  readonly step: (typeof supportSteps)[number];
  readonly day: number;
};

/** Steps up to a day, by person, service and course. */
export function readSupport(connection: Connection, lastDay: number): SupportRecord[] {
  const rows = connection
    .prepare(
      `SELECT person_id, code.value, episode_ref, step, day FROM support JOIN code ON code.id = service_id
       WHERE day <= ? ORDER BY person_id, service_id, episode_ref, step`,
    )
    .raw()
    .all(lastDay) as [number, string, string, number, number][];
  return rows.flatMap(([person, service, episode, at, day]) => {
    const step = supportSteps[at - 1];
    return step === undefined ? [] : [{ person, service, episode, step, day }];
  });
}

/** The newest day with a step of support; null where none is held. */
export function lastSupportDay(connection: Connection): number | null {
  return connection.prepare('SELECT max(day) FROM support').pluck().get() as number | null;
}

/** Names of the services that the support extract holds, in order. */
export function serviceNames(connection: Connection): string[] {
  return connection
    .prepare('SELECT value FROM code WHERE id IN (SELECT DISTINCT service_id FROM support) ORDER BY value')
    .pluck()
    .all() as string[];
}

export type ServiceCost = { readonly service: string; readonly period: string; readonly amountGbp: number };

/** Costs that name a service, by service and period. */
export function readServiceCosts(connection: Connection): ServiceCost[] {
  const rows = connection
    .prepare(
      `SELECT service.value, period.value, sum(amount_gbp) FROM costs
       JOIN code AS service ON service.id = costs.service_id JOIN code AS period ON period.id = costs.period_id
       GROUP BY service.value, period.value ORDER BY service.value, period.value`,
    )
    .raw()
    .all() as [string, string, number][];
  return rows.map(([service, period, amountGbp]) => ({ service, period, amountGbp }));
}
