import { describe, expect, it } from 'vitest';
import { groupReader } from '#main/analysis/absence/groups.ts';
import { reasonReader } from '#main/analysis/absence/reasons.ts';
import { returnToWork } from '#main/analysis/absence/return-to-work.ts';
import { spellRates } from '#main/analysis/absence/spell-rates.ts';
import { tallyAbsence } from '#main/analysis/absence/tally.ts';
import { day, randomForce } from '../unit/analysis/absence/oracle.ts';
import { startNativeR } from './native-r-session.ts';

const native = startNativeR();
const groups = new Set(['North', 'South', 'East']);
const fromDay = day('2024-02-10');
const tally = tallyAbsence({
  ...randomForce(21, 300, day('2024-01-01'), 366),
  fromDay,
  toDay: day('2024-12-05'),
  days: 'calendar',
  gapDays: 0,
  bridgeWeekends: false,
  reasonOf: reasonReader({ own: {}, codeSets: null }),
  groupOf: groupReader('unit', fromDay),
});
const csv = (header: string, rows: readonly (readonly (string | number)[])[]): string =>
  `${[header, ...rows.map((row) => row.join(','))].join('\n')}\n`;

describe('the absence of a force, in R', () => {
  it('has the same return to work with late entry', async (context) => {
    if (!native || (await native.missing(['survival'])).length > 0)
      return context.skip('the system has no R with survival');
    const ours = returnToWork(tally.followed, groups, 5);
    const theirs = (await native.run(ours.r, {
      'spells.csv': csv(
        'entry,time,status,group',
        tally.followed.map(({ entryDays, exitDays, returned, group }) => [
          entryDays,
          exitDays,
          returned ? 1 : 0,
          group,
        ]),
      ),
    })) as { strata: { median: number; events: number; atTimes: { time: number; survival: number; low: number }[] }[] };
    expect(ours.lateEntries).toBeGreaterThan(10);
    ours.groups.forEach((curve, at) => {
      const stratum = theirs.strata[at]!;
      expect([curve.returned, curve.medianDays]).toEqual([stratum.events, stratum.median]);
      for (const { day: time, stillAbsent, low } of curve.points.filter((point) => point.atRisk !== null)) {
        const point = stratum.atTimes.find((one) => one.time === time)!;
        expect(stillAbsent).toBeCloseTo(point.survival, 10);
        if (low !== null) expect(low).toBeCloseTo(point.low, 8);
      }
    });
  });

  it('has the same ratios of rates', async (context) => {
    if (!native || (await native.missing(['MASS', 'sandwich'])).length > 0)
      return context.skip('the system has no R with MASS and sandwich');
    const ours = spellRates(tally.persons, groups, null, 'calendar');
    if ('none' in ours) throw new Error(ours.none);
    const theirs = (await native.run(ours.r, {
      'persons.csv': csv(
        'person,spells,years,group',
        tally.persons
          .filter(({ availableFte }) => availableFte > 0)
          .map(({ member, started, availableFte, group }) => [member, started, availableFte / 365.25, group]),
      ),
    })) as { terms: { term: string; estimate: number; low: number }[] };
    const ratios = ours.groups.filter(({ ratio }) => ratio !== null);
    expect(ratios).toHaveLength(2);
    for (const { group, ratio } of ratios) {
      const term = theirs.terms.find((one) => one.term === `group${group}`)!;
      expect(ratio!.estimate).toBeCloseTo(Math.exp(term.estimate), 6);
      expect(ratio!.low).toBeCloseTo(Math.exp(term.low), 6);
    }
  });
});
