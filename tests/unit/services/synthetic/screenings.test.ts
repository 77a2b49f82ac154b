import { describe, expect, test } from 'vitest';
import { exposureRow } from '#main/services/synthetic/exposure-rows.ts';
import { generateForce } from '#main/services/synthetic/index.ts';
import { instrumentItems, itqOutcome, total } from '#main/services/synthetic/item-response.ts';
import { inService } from '#main/services/synthetic/people.ts';
import { type Invitation, screeningHeader, screeningRows, waveDays } from '#main/services/synthetic/screenings.ts';
import { dayOfIso } from '#shared/domain/dates.ts';

const force = generateForce({ people: 2_400, years: 3, seed: 9 });
const eventDays = new Map<string, number[]>();
for (const { rows } of force.exposures()) {
  for (const row of rows) {
    const [ref, occurredAt] = exposureRow(row);
    if (!row.counted) continue;
    const days = eventDays.get(ref!) ?? [];
    days.push(dayOfIso(occurredAt!.slice(0, 10))!);
    eventDays.set(ref!, days);
  }
}
const invitations = [...force.screenings()];
const completed = invitations.filter(({ status }) => status === 'completed');

function share(among: readonly Invitation[], test_: (invitation: Invitation) => boolean): number {
  return among.filter(test_).length / among.length;
}

function eventsBetween(invitation: Invitation, from: number, to: number): number {
  const days = eventDays.get(force.people[invitation.person]!.ref) ?? [];
  return days.filter((day) => day > invitation.takenDay - to && day <= invitation.takenDay - from).length;
}

/** Ordinary least squares by the normal equations; the last columns are role and wave dummies. */
function leastSquares(rows: readonly (readonly number[])[], y: readonly number[]): readonly number[] {
  const width = rows[0]!.length;
  const matrix = Array.from({ length: width }, () => new Array<number>(width + 1).fill(0));
  rows.forEach((row, index) => {
    for (let i = 0; i < width; i++) {
      for (let j = 0; j < width; j++) matrix[i]![j]! += row[i]! * row[j]!;
      matrix[i]![width]! += row[i]! * y[index]!;
    }
  });
  for (let i = 0; i < width; i++) {
    const pivot = matrix[i]![i]!;
    for (let j = i; j <= width; j++) matrix[i]![j]! /= pivot;
    for (let k = 0; k < width; k++) {
      const factor = matrix[k]![i]!;
      if (k === i) continue;
      for (let j = i; j <= width; j++) matrix[k]![j]! -= factor * matrix[i]![j]!;
    }
  }
  return matrix.map((row) => row[width]!);
}

describe('synthetic screenings', () => {
  test('the header is the canonical one, items between the dates and the score', () => {
    expect(screeningHeader.slice(0, 8)).toEqual(
      'person_ref,instrument,version,scale,status,invited_on,taken_on,item_1'.split(','),
    );
    expect(screeningHeader.slice(-5)).toEqual('item_20,score,programme,wave,recorded_at'.split(','));
    expect(screeningHeader).toHaveLength(31);
  });

  test('one row per instrument; items where they were answered and nowhere else', () => {
    const lengths = { 'PHQ-9': [9, 3], 'GAD-7': [7, 3], 'PCL-5': [20, 4], ITQ: [18, 4] } as const;
    for (const invitation of invitations.slice(0, 400)) {
      const rows = screeningRows(invitation, force.people[invitation.person]!);
      expect(rows.map((row) => row[1])).toEqual(Object.keys(lengths));
      for (const row of rows) {
        expect(row).toHaveLength(screeningHeader.length);
        const [items, highest] = lengths[row[1] as keyof typeof lengths];
        const answered = row.slice(7, 27).filter((value) => value !== '');
        expect(answered).toHaveLength(invitation.status === 'completed' ? items : 0);
        expect(answered.every((value) => /^\d$/.test(value) && Number(value) <= highest)).toBe(true);
        expect(row[6] === '').toBe(invitation.status !== 'completed');
      }
    }
  });

  test('waves are half a year apart, with half a year of exposures before the first', () => {
    const days = waveDays(force.options);
    expect(days.length).toBe(5);
    expect(days[0]! - dayOfIso('2023-04-01')!).toBeGreaterThanOrEqual(180);
    expect(days.slice(1).every((day, index) => day - days[index]! === 182)).toBe(true);
    expect(waveDays(generateForce({ years: 1 }).options)).toHaveLength(1);
  });

  test('only people in service are invited, once a wave, and answers are given in service and in the period', () => {
    const keys = new Set(invitations.map(({ person, wave }) => `${person} ${wave}`));
    expect(keys.size).toBe(invitations.length);
    for (const { person, invitedDay, takenDay, status } of invitations) {
      expect(inService(force.people[person]!, invitedDay)).toBe(true);
      expect(takenDay).toBeGreaterThanOrEqual(invitedDay);
      expect(takenDay).toBeLessThanOrEqual(dayOfIso('2026-03-31')!);
      if (status === 'completed') expect(inService(force.people[person]!, takenDay)).toBe(true);
    }
  });

  test('ITQ outcomes follow the published rule', () => {
    const ptsd = [2, 0, 0, 3, 2, 0, 0, 0, 2];
    const dso = [0, 2, 2, 0, 0, 4, 3, 0, 0];
    const well = new Array<number>(9).fill(1);
    expect(itqOutcome([...ptsd, ...dso])).toBe('CPTSD');
    expect(itqOutcome([...ptsd, ...well])).toBe('PTSD');
    expect(itqOutcome([...well, ...dso])).toBe('none');
    expect(itqOutcome([2, 0, 0, 3, 2, 0, 0, 1, 1, ...dso])).toBe('none');
  });

  test('base rates lie between the two published ones', () => {
    const rates = {
      phq: share(completed, ({ answers }) => total(answers['PHQ-9']) >= 10),
      gad: share(completed, ({ answers }) => total(answers['GAD-7']) >= 10),
      ptsd: share(invitations, ({ answers }) => itqOutcome(answers.ITQ) === 'PTSD'),
      complex: share(invitations, ({ answers }) => itqOutcome(answers.ITQ) === 'CPTSD'),
      itemNine: share(completed, ({ answers }) => answers['PHQ-9'][8]! >= 1),
    };
    expect(rates.phq).toBeGreaterThan(0.095);
    expect(rates.phq).toBeLessThan(0.15);
    expect(rates.gad).toBeGreaterThan(0.07);
    expect(rates.gad).toBeLessThan(0.13);
    expect(rates.ptsd).toBeGreaterThan(0.028);
    expect(rates.ptsd).toBeLessThan(0.05);
    expect(rates.complex).toBeGreaterThan(0.042);
    expect(rates.complex).toBeLessThan(0.075);
    expect(rates.itemNine).toBeGreaterThan(0.02);
    expect(rates.itemNine).toBeLessThan(0.07);
  });

  test('answers use their whole range and hang together', () => {
    for (const [instrument, items] of Object.entries(instrumentItems)) {
      const given = completed.map(({ answers }) => answers[instrument as keyof typeof instrumentItems]);
      const variance = (values: readonly number[]) => {
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
      };
      const ofItems = items.map((_, index) => variance(given.map((answers) => answers[index]!)));
      const k = items.length;
      const alpha = (k / (k - 1)) * (1 - ofItems.reduce((sum, value) => sum + value, 0) / variance(given.map(total)));
      expect(alpha).toBeGreaterThan(0.78);
      expect(alpha).toBeLessThan(0.97);
      for (const [index, { thresholds }] of items.entries()) {
        expect(Math.max(...given.map((answers) => answers[index]!))).toBe(thresholds.length);
      }
    }
  });

  test('regression finds the dose, its recency and the role difference again', () => {
    const roles = ['Child abuse investigation', 'Call handling', 'Neighbourhood', 'CID', 'Digital forensics'];
    const used = completed.filter(({ person }) => ['Response', ...roles].includes(force.people[person]!.role));
    const rows = used.map((invitation) => [
      1,
      eventsBetween(invitation, 0, 180),
      eventsBetween(invitation, 180, 365),
      ...roles.map((role) => Number(force.people[invitation.person]!.role === role)),
    ]);
    const [, recent, earlier, abuseTeam] = leastSquares(
      rows,
      used.map(({ answers }) => total(answers['PCL-5'])),
    );
    expect(recent!).toBeGreaterThan(0.5);
    expect(recent!).toBeLessThan(1.3);
    expect(earlier!).toBeLessThan(recent! * 0.6);
    expect(abuseTeam!).toBeGreaterThan(1);
    expect(used.every((invitation) => invitation.recentExposures === eventsBetween(invitation, 0, 180))).toBe(true);
  });

  test('who answers is not a chance sample', () => {
    const caseness = ({ answers }: Invitation) => total(answers['PHQ-9']) >= 10;
    expect(share(completed, caseness)).toBeLessThan(share(invitations, caseness) * 0.93);
    const ofRole = (role: string) => invitations.filter(({ person }) => force.people[person]!.role === role);
    const replied = ({ status }: Invitation) => status === 'completed';
    expect(share(ofRole('Child abuse investigation'), replied)).toBeGreaterThan(
      share(ofRole('Call handling'), replied) + 0.05,
    );
    expect(share(invitations, replied)).toBeGreaterThan(0.5);
    expect(share(invitations, replied)).toBeLessThan(0.7);
    expect(share(invitations, ({ status }) => status === 'declined')).toBeGreaterThan(0.05);
  });
});
