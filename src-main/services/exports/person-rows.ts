import type { ExposureRow } from '#main/analysis/exposure/exposure-load.ts';
import type { InputOf } from '#shared/contract/index.ts';
import { ok, type Result } from '#shared/domain/result.ts';
import { runAnalysis } from '../analyses/index.ts';
import type { VaultContext } from '../call-context.ts';
import { timeline } from '../overview/index.ts';

export type Cell = string | number | null;
export type PersonRows = {
  readonly header: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** What the rows were made from, for the manifest: the snapshot and the spec, or the person. */
  readonly made: Readonly<Record<string, unknown>>;
};

type Asked = InputOf<'exports.personRows'>['of'];

async function loads(context: VaultContext, asked: Extract<Asked, { what: 'loads' }>): Promise<Result<PersonRows>> {
  const answer = await runAnalysis(context, 'exposure-load', { ...asked.spec, rows: true });
  if (!answer.ok) return answer;
  const { spec, provenance, result, asOf } = answer.value;
  const wanted = asked.people === null ? null : new Set(asked.people);
  const people = (result['rows'] as readonly ExposureRow[]).filter(({ person }) => wanted?.has(person) ?? true);
  const windows = (spec['windows'] as readonly number[]).map(String);
  return ok({
    header: [
      'person',
      'unit',
      'role',
      ...windows.map((days) => `load_${days}_days`),
      ...windows.map((days) => `percentile_${days}_days`),
      'decayed_load',
      'signals',
    ],
    rows: people.map((row) => [
      row.person,
      row.unit,
      row.role,
      ...windows.map((days) => row.counts[days] ?? null),
      ...windows.map((days) => row.percentiles[days] ?? null),
      row.decayed,
      row.triggers.map(({ words }) => words).join(' '),
    ]),
    made: { method: 'exposure-load', asOf, spec, snapshot: provenance.snapshot, engine: provenance.engine },
  });
}

async function oneTimeline(context: VaultContext, person: string): Promise<Result<PersonRows>> {
  const answer = await timeline(context, person);
  if (!answer.ok) return answer;
  const { events, scores } = answer.value;
  return ok({
    header: ['person', 'day', 'what', 'code', 'scale', 'score', 'band', 'counted', 'proximity', 'minutes', 'batch'],
    rows: [
      ...events.map((event): readonly Cell[] => {
        const { day, category, counted, proximity, minutes, batch } = event;
        return [person, day, 'exposure', category, null, null, null, counted ? 'yes' : 'no', proximity, minutes, batch];
      }),
      ...scores.map(({ day, instrument, scale, score, band, batch }): readonly Cell[] => {
        return [person, day, 'score', instrument, scale, score, band, null, null, null, batch];
      }),
    ],
    made: { timeline: person },
  });
}

/** The rows that are asked for, made anew by the engine: what a face holds is never taken for them. */
export function personRows(context: VaultContext, asked: Asked): Promise<Result<PersonRows>> {
  return asked.what === 'loads' ? loads(context, asked) : oneTimeline(context, asked.person);
}
