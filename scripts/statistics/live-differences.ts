import { liveCases } from '../../tests/statistics/live-cases.ts';
import { packagesOf, type RSession } from '../../tests/statistics/r-session.ts';
import { dataName, runProcedure } from '../../tests/statistics/run-procedure.ts';

export type ProcedureDifference = {
  readonly procedure: string;
  readonly cases: number;
  readonly numbers: number;
  /** Largest relative differences, numbers of rounding size left out. */
  readonly values: number;
  readonly pValues: number;
  /** Which R answered. */
  readonly sessions: readonly string[];
  readonly skipped: number;
};

/** What R says of every live case, procedure by procedure. */
export async function liveDifferences(
  sessionFor: (packages: readonly string[]) => Promise<RSession | null>,
  say: (line: string) => void,
): Promise<ProcedureDifference[]> {
  const found = new Map<string, ProcedureDifference>();
  for (const live of liveCases) {
    const before = found.get(live.procedure) ?? {
      ...{ procedure: live.procedure, cases: 0, numbers: 0, values: 0, pValues: 0, sessions: [], skipped: 0 },
    };
    const ours = await runProcedure(live);
    const session = await sessionFor(packagesOf(ours.r));
    if (!session) {
      found.set(live.procedure, { ...before, skipped: before.skipped + 1 });
      continue;
    }
    say(`${live.procedure}: ${live.name}`);
    const theirs = await session.run(ours.r, {
      ...(live.data === null ? {} : { [dataName]: live.data }),
      ...live.files,
    });
    const gaps = relativeGaps(ours, theirs, '', live.floor ?? 1e-12);
    const largest = (isP: boolean): number =>
      gaps.filter((gap) => gap.isP === isP).reduce((most, { relative }) => Math.max(most, relative), 0);
    found.set(live.procedure, {
      ...before,
      cases: before.cases + 1,
      numbers: before.numbers + gaps.length,
      values: Math.max(before.values, largest(false)),
      pValues: Math.max(before.pValues, largest(true)),
      sessions: [...new Set([...before.sessions, session.name])],
    });
  }
  return [...found.values()].sort((a, b) => (a.procedure < b.procedure ? -1 : 1));
}

type Gap = { readonly isP: boolean; readonly relative: number };

function relativeGaps(ours: unknown, theirs: unknown, key: string, floor: number): Gap[] {
  if (Array.isArray(theirs)) {
    const list = Array.isArray(ours) ? ours : [ours];
    return theirs.flatMap((item, index) => relativeGaps(list[index], item, key, floor));
  }
  if (typeof theirs === 'object' && theirs !== null) {
    const record = (Array.isArray(ours) ? ours[0] : ours) as Record<string, unknown> | undefined;
    return Object.entries(theirs).flatMap(([name, item]) => relativeGaps(record?.[name], item, name, floor));
  }
  const mine = Array.isArray(ours) ? ours[0] : ours;
  if (typeof theirs !== 'number' || typeof mine !== 'number') return [];
  const gap = Math.abs(mine - theirs);
  const size = Math.max(Math.abs(mine), Math.abs(theirs));
  const isP = key === 'p';
  if (gap === 0 || (!isP && gap <= floor) || (isP && size < 1e-300)) return [{ isP, relative: 0 }];
  return [{ isP, relative: gap / size }];
}
