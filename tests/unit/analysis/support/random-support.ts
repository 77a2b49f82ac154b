import type { StaffMember } from '#main/analysis/absence/staff-timeline.ts';
import type { SupportRow, SupportStep } from '#main/analysis/support/courses.ts';
import { suppressTable } from '#main/disclosure/suppress-table.ts';
import { type RandomStream, randomStream } from '#shared/domain/random.ts';

export const firstDay = 20_000;
export const lastDay = firstDay + 729;

export type RandomSupport = { readonly members: readonly StaffMember[]; readonly rows: readonly SupportRow[] };

export function person(at: number, given: Partial<StaffMember> = {}): StaffMember {
  return {
    pseudonym: `p${String(at).padStart(5, '0')}`,
    unit: 'North',
    role: 'Response',
    rank: null,
    workforce: null,
    sex: 'F',
    ethnicity: null,
    birthYear: 1980,
    serviceStart: null,
    serviceEnd: null,
    fte: 1,
    postings: [],
    ...given,
  };
}

/** A small force with several services, repeated courses, leavers, and steps before the start. */
export function randomSupport(seed: number, people: number): RandomSupport {
  const stream = randomStream(seed, 'support of a random force');
  const below = (count: number): number => stream.nextBelow(count);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  const members = Array.from({ length: people }, (_, at) =>
    person(at, {
      unit: pick(['North', 'North', 'North', 'South', 'South', 'Dive']),
      role: pick(['Response', 'Response', 'CID', 'CID', 'Custody']),
      sex: pick(['F', 'M', 'M', null]),
      serviceStart: below(5) === 0 ? firstDay + below(300) : null,
      serviceEnd: below(6) === 0 ? firstDay + 300 + below(400) : null,
      fte: pick([1, 1, 1, 0.6]),
    }),
  );
  const rows = members.flatMap((_, member) =>
    ['TRiM', 'Counselling', 'Chaplain'].flatMap((service, at) =>
      Array.from({ length: below(3 - Math.min(1, at)) }, (_none, course) =>
        courseRows(stream, member, service, `${member}-${service}-${course}`),
      ).flat(),
    ),
  );
  return { members, rows };
}

function courseRows(stream: RandomStream, member: number, service: string, episode: string): SupportRow[] {
  const start = firstDay + stream.nextBelow(720);
  const at = (step: SupportStep, day: number): SupportRow => ({ member, service, episode, step, day });
  const chance = (percent: number): boolean => stream.nextBelow(100) < percent;
  return [
    ...(chance(70) ? [at('eligible', start - stream.nextBelow(10))] : []),
    ...(chance(80) ? [at('offered', start)] : []),
    ...(chance(40) ? [at('referred', start + stream.nextBelow(5) - 2)] : []),
    ...(chance(55) ? [at('contacted', start + stream.nextBelow(60) - 3)] : []),
    ...(chance(30) ? [at('engaged', start + 10 + stream.nextBelow(60))] : []),
    ...(chance(20) ? [at('completed', start + 40 + stream.nextBelow(70))] : []),
    ...(chance(20) ? [at('declined', start + 2 + stream.nextBelow(20))] : []),
    ...(chance(10) ? [at('missed', start + 5)] : []),
  ];
}

/** As a worker shows the rows of a table. */
export function safeRows(rows: readonly string[], counts: readonly (readonly number[])[]): boolean[] {
  const columns = (counts[0] ?? []).map((_, at) => String(at));
  const found = suppressTable({ rows, columns, counts, threshold: 10 });
  if (!found.ok) return rows.map(() => false);
  const hidden = new Set(found.value.cells.filter(({ published }) => !published).map(({ rowIndex }) => rowIndex));
  return rows.map((_, at) => !hidden.has(rows.length) && !hidden.has(at));
}
