import type { Reject } from '#shared/contract/imports.ts';
import { problemMessage } from '#shared/domain/import-problems.ts';
import type { Connection } from './connection.ts';

const minutesApart = 60;
const daysApart = 2;
/** Days at the end of a kind that are looked through: pairs over years would have to be sorted whole. */
const daysLooked = 92;
const completed = 2;

type Pairs = { readonly cases: number; readonly rows: number };
export type NearPairs = Pairs & {
  readonly kind: string;
  readonly what: string;
  readonly firstDay: number | null;
  readonly lastDay: number | null;
};

/** Whoever is at one incident under two times of arrival that are less than an hour apart. */
function doubleTimes(connection: Connection, kind: 'attendances' | 'exposures', lastDay: number): Pairs {
  const time = kind === 'attendances' ? 'arrived_at' : 'occurred_at';
  const same = kind === 'attendances' ? 'person_id, incident_ref' : 'person_id, incident_ref, category_id';
  const row = connection
    .prepare(
      `SELECT count(*), coalesce(sum(near + 1), 0) FROM (
         SELECT sum(apart < ${minutesApart * 60}) AS near FROM (
           SELECT ${same}, ${time} - lag(${time}) OVER (PARTITION BY ${same} ORDER BY ${time}) AS apart
           FROM ${kind} WHERE ${time} >= ? AND incident_ref <> ''
         ) GROUP BY ${same} HAVING near > 0)`,
    )
    .raw()
    .get((lastDay - daysLooked) * 86_400) as [number, number];
  return { cases: row[0], rows: row[1] };
}

function doubleScreenings(connection: Connection): Pairs {
  const row = connection
    .prepare(
      `SELECT count(*), coalesce(sum(near + 1), 0) FROM (
         SELECT sum(apart <= ${daysApart}) AS near FROM (
           SELECT person_id, instrument_id, scale_id,
             key_day - lag(key_day) OVER (PARTITION BY person_id, instrument_id, scale_id ORDER BY key_day) AS apart
           FROM screenings WHERE status = ${completed}
         ) GROUP BY person_id, instrument_id, scale_id HAVING near > 0)`,
    )
    .raw()
    .get() as [number, number];
  return { cases: row[0], rows: row[1] };
}

/** What is not equal and may be one thing all the same. @param lastDayOf last day of a kind, or null */
export function nearDuplicates(connection: Connection, lastDayOf: (kind: string) => number | null): NearPairs[] {
  const found: NearPairs[] = [];
  for (const kind of ['attendances', 'exposures'] as const) {
    const lastDay = lastDayOf(kind);
    if (lastDay === null) continue;
    const what = `one person at one incident twice within ${minutesApart} minutes`;
    found.push({ kind, what, ...doubleTimes(connection, kind, lastDay), firstDay: lastDay - daysLooked, lastDay });
  }
  const screened = lastDayOf('screenings');
  if (screened !== null) {
    const what = `one person screened twice with one instrument within ${daysApart} days`;
    found.push({ kind: 'screenings', what, ...doubleScreenings(connection), firstDay: null, lastDay: screened });
  }
  return found;
}

export type StoredBatchNotes = {
  readonly batch: number;
  readonly kind: string;
  readonly fileName: string;
  readonly importedAt: string;
  readonly code: string;
  readonly count: number;
  readonly located: number;
};

/** What was noted about rows of each batch, by code; the newest batch first. */
export function notesByBatch(connection: Connection): StoredBatchNotes[] {
  const located = new Map(
    (
      connection
        .prepare('SELECT batch_id, code, count(*) FROM note GROUP BY batch_id, code')
        .raw()
        .all() as unknown as [number, string, number][]
    ).map(([batch, code, count]) => [`${batch} ${code}`, count]),
  );
  const batches = connection
    .prepare('SELECT id, kind, file_name, imported_at, warnings FROM batch ORDER BY id DESC')
    .raw()
    .all() as unknown as [number, string, string, string, string][];
  return batches.flatMap(([batch, kind, fileName, importedAt, warnings]) =>
    (JSON.parse(warnings) as { readonly code: string; readonly count: number }[]).flatMap(({ code, count }) => {
      const placed = located.get(`${batch} ${code}`);
      return placed === undefined ? [] : [{ batch, kind, fileName, importedAt, code, count, located: placed }];
    }),
  );
}

function noteWhere(code: string | undefined): string {
  return `FROM note WHERE batch_id = @batch${code === undefined ? '' : ' AND code = @code'}`;
}

export function countNotes(connection: Connection, batch: number, code: string | undefined): number {
  return (
    connection
      .prepare<[object], number>(`SELECT count(*) ${noteWhere(code)}`)
      .pluck()
      .get({ batch, code }) ?? 0
  );
}

/** Located notes of a batch in file order. */
export function readNotes(
  connection: Connection,
  batch: number,
  code: string | undefined,
  page: { readonly offset: number; readonly limit: number },
): Reject[] {
  return connection
    .prepare<[object], Omit<Reject, 'message'>>(
      `SELECT row, column_name AS column, code ${noteWhere(code)} ORDER BY sequence LIMIT @limit OFFSET @offset`,
    )
    .all({ batch, code, ...page })
    .map((note) => ({ ...note, message: problemMessage(note.code) }));
}
