import { join } from 'node:path';
import { expect } from 'vitest';
import { isoOfDay } from '#shared/domain/dates.ts';
import { type DrawnFamilies, surveyDay } from '../fixtures/family-answers.ts';
import { type Session, writeText } from './test-vault.ts';

export type FamilySurvey = DrawnFamilies & {
  readonly wave?: string;
  /** Officers of these couples withdrew later, and of these agreed only after they had answered. */
  readonly withdrawn?: (couple: number) => boolean;
  readonly agreedLate?: (couple: number) => boolean;
};

/** Scores as a survey has them: on the scale of the instrument, as totals. */
function scoreText(instrument: string, value: number): string {
  const [low, high] = instrument === 'GHQ-12' ? [0, 36] : instrument === 'RAS' ? [1, 5] : [1, 7];
  const kept = Math.min(high ?? value, Math.max(low ?? value, value));
  return instrument === 'GHQ-12' ? String(Math.round(kept)) : kept.toFixed(2);
}

export function officerOf(couple: number): string {
  return `F${couple}`;
}

async function load(session: Session, folder: string, kind: string, lines: readonly string[]): Promise<void> {
  const file = writeText(join(folder, `${kind}.csv`), `${lines.join('\n')}\n`);
  const loaded = await session.call('imports.load', { file, kind, mapping: null });
  expect(loaded.rows).toMatchObject({ read: lines.length - 1, rejected: 0 });
}

/** Imports the officers of drawn couples, what they were exposed to, and what everybody answered. */
export async function loadFamilySurvey(session: Session, folder: string, survey: FamilySurvey): Promise<void> {
  const { rows, events, wave = '1', withdrawn = () => false, agreedLate = () => false } = survey;
  await load(session, folder, 'people', [
    'person_ref,role,unit,service_start',
    ...events.map((_count, at) => `${officerOf(at)},Response,Unit ${Math.floor(at / 8)},2015-01-01`),
  ]);
  await load(session, folder, 'exposures', [
    'person_ref,occurred_at,category,incident_ref',
    `${officerOf(0)},${isoOfDay(surveyDay - 700)}T10:00:00Z,DEATH_SUDDEN_NONSUS,first`,
    `${officerOf(0)},${isoOfDay(surveyDay + 2)}T10:00:00Z,DEATH_SUDDEN_NONSUS,last`,
    ...events.flatMap((count, at) =>
      Array.from(
        { length: count },
        (_none, event) =>
          `${officerOf(at)},${isoOfDay(surveyDay - 1 - ((at + 11 * event) % 170))}T10:00:00Z,DEATH_SUDDEN_NONSUS,I${at}-${event}`,
      ),
    ),
  ]);
  await load(session, folder, 'families', [
    'household_ref,member,person_ref,wave,taken_on,consented_on,withdrawn_on,instrument,scale,score',
    ...rows.map(({ household, member, instrument, scores }) => {
      const [scale, value] = Object.entries(scores)[0] as [string, number];
      const couple = Number(household.slice(1));
      const agreedOn = isoOfDay(agreedLate(couple) ? surveyDay + 3 : surveyDay - 3);
      const days = `${isoOfDay(surveyDay)},${agreedOn},${withdrawn(couple) ? isoOfDay(surveyDay + 40) : ''}`;
      const officer = member === 'officer' ? officerOf(couple) : '';
      return `${household},${member},${officer},${wave},${days},${instrument},${scale},${scoreText(instrument, value)}`;
    }),
  ]);
}
