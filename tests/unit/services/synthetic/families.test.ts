import { describe, expect, test } from 'vitest';
import { fitSerial } from '#main/analysis/families/mediation.ts';
import { instrumentNamed } from '#main/analysis/instruments/registry.ts';
import { scoreInstrument } from '#main/analysis/instruments/score.ts';
import { gamma, poisson } from '#main/services/synthetic/distributions.ts';
import { exposureRow } from '#main/services/synthetic/exposure-rows.ts';
import { familyHeader, familyRows } from '#main/services/synthetic/family-rows.ts';
import { type CoupleScores, drawScores } from '#main/services/synthetic/family-scores.ts';
import { generateForce } from '#main/services/synthetic/index.ts';
import { inService } from '#main/services/synthetic/people.ts';
import { dayOfIso } from '#shared/domain/dates.ts';
import { families as familiesKind } from '#shared/domain/extract-kinds/wellbeing.ts';
import { randomStream } from '#shared/domain/random.ts';

const force = generateForce();
const eventDays = new Map<number, number[]>();
for (const { rows } of force.exposures()) {
  for (const row of rows) {
    if (!row.counted) continue;
    const day = dayOfIso(exposureRow(row)[1]!.slice(0, 10))!;
    eventDays.set(row.person, [...(eventDays.get(row.person) ?? []), day]);
  }
}
const households = [...force.families()];

type Row = Readonly<Record<string, string>>;
const random = randomStream(1, 'rows');
const rowsOf = households.map((household, at) =>
  familyRows(random, household, force.people, at + 1).map(
    (cells): Row => Object.fromEntries(familyHeader.map((name, column) => [name, cells[column]!])),
  ),
);

/** As the app scores it. */
function scoreOf(rows: readonly Row[], member: string, instrument: string, scale: string): number | null {
  const row = rows.find((one) => one['member'] === member && one['instrument'] === instrument);
  const definition = instrumentNamed(instrument)!;
  if (!row) return null;
  const answers = definition.items.map(({ item }) => Number(row[`item_${item}`]));
  const scored = scoreInstrument(definition, answers);
  if (!scored.ok) throw new Error(JSON.stringify(scored.problems));
  return scored.scores.find((one) => one.scale === scale)?.value ?? null;
}

describe('the families of a synthetic force', () => {
  test('are enough for couples to be taken together without a warning, with members who withdrew and couples who both serve', () => {
    const { realised } = force.truth().planted.families;
    expect(realised.completeCouples).toBeGreaterThanOrEqual(100);
    expect(realised.households).toBe(households.length);
    expect(realised.withdrawn).toBeGreaterThan(2);
    expect(realised.bothServe).toBeGreaterThan(2);
    expect(realised.answeredTwice).toBeGreaterThan(0);
  });

  test('are households of officers in service, and nobody is in two of them', () => {
    const named = households.flatMap(({ officer, partnerPerson }) => [officer, partnerPerson ?? []].flat());
    expect(new Set(named).size).toBe(named.length);
    for (const { officer, officerDays } of households) {
      expect(force.people[officer]!.workforceType).toBe('officer');
      expect(inService(force.people[officer]!, officerDays.takenDay)).toBe(true);
      expect(officerDays.consentedDay).toBeLessThanOrEqual(officerDays.takenDay);
    }
  });

  test('go with the officer’s own exposures of the 180 days up to the answers', () => {
    const counted = households.map(({ officer, officerDays: { takenDay } }) => {
      const days = eventDays.get(officer) ?? [];
      return days.filter((day) => day > takenDay - 180 && day <= takenDay).length;
    });
    expect(households.map(({ exposures }) => exposures)).toEqual(counted);
    expect(new Set(counted).size).toBeGreaterThan(10);
  });

  test('follow the planted paths in the long run, the ends of the scales apart', () => {
    const drawn = randomStream(3, 'long run');
    const exposures = Array.from({ length: 20_000 }, () => poisson(drawn, gamma(drawn, 1, 5)));
    const scores = exposures.map((count) => drawScores(drawn, count));
    const of = (name: keyof CoupleScores) => scores.map((one) => one[name]);
    const { paths, serialIndirect } = force.truth().planted.families;
    const [officerDistress, partnerDistress] = [of('officerDistress'), of('partnerDistress')];
    const way = { exposure: exposures, officerDistress, conflict: of('conflict'), partnerDistress };
    const serial = fitSerial(way, { samples: 20, seed: 1 });
    const planted = [
      paths.officerDistressPerExposure,
      paths.conflictPerExposure,
      paths.conflictPerOfficerDistress,
      paths.partnerDistressPerOfficerDistress,
      paths.partnerDistressPerConflict,
      paths.partnerDistressPerExposure,
    ];
    planted.forEach((value, at) => {
      const { estimate, se } = serial.paths[at]!;
      expect(Math.abs(estimate! - value), `${serial.paths[at]!.from} → ${serial.paths[at]!.to}`).toBeLessThan(4 * se!);
    });
    expect(serial.specific[2]!.estimate / serialIndirect).toBeCloseTo(1, 1);
  });

  test('answer item by item so that the app scores what was drawn', () => {
    households.forEach(({ scores, partnerDays, partnerOnRelation }, at) => {
      const rows = rowsOf[at]!;
      expect(scoreOf(rows, 'officer', 'GHQ-12', 'likert')).toBe(scores.officerDistress);
      expect(scoreOf(rows, 'officer', 'WFC-FWC', 'work-to-family')).toBeCloseTo(scores.conflict, 12);
      expect(scoreOf(rows, 'officer', 'RAS', 'mean')).toBeCloseTo(scores.officerRelation, 12);
      const partner = [scoreOf(rows, 'partner', 'GHQ-12', 'likert'), scoreOf(rows, 'partner', 'RAS', 'mean')];
      expect(partner[0]).toBe(partnerDays === null ? null : scores.partnerDistress);
      if (partnerDays === null || !partnerOnRelation) expect(partner[1]).toBeNull();
      else expect(partner[1]).toBeCloseTo(scores.partnerRelation, 12);
    });
  });

  test('are written in the columns of the extract, officers named on their own rows alone', () => {
    const own = familyHeader.filter((name) => !name.startsWith('item_'));
    expect(own).toEqual(familiesKind.columns.map(({ name }) => name));
    const keys = rowsOf.flat().map((row) => familiesKind.key.map((name) => row[name]).join('|'));
    expect(new Set(keys).size).toBe(keys.length);
    for (const row of rowsOf.flat()) expect(row['person_ref'] === '').toBe(row['member'] !== 'officer');
    // A child has a total that a parent gave, never answers.
    const children = rowsOf.flat().filter((row) => row['instrument'] === 'SDQ-P');
    expect(children.length).toBeGreaterThan(30);
    for (const row of children) expect([row['score'] === '', row['item_1']]).toEqual([false, '']);
  });

  test('withdraw as a member with all they said, in their partner’s household too', () => {
    households.forEach(({ partnerDays }, at) => {
      if (partnerDays === null) return;
      const rows = rowsOf[at]!.filter((row) => row['member'] === 'partner' || row['household_ref']!.endsWith('B'));
      expect(new Set(rows.map((row) => row['withdrawn_on'] !== ''))).toEqual(
        new Set([partnerDays.withdrawnDay !== null]),
      );
    });
  });
});
