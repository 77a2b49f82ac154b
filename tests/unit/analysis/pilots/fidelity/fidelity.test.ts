import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pilotFidelity } from '#main/analysis/pilots/fidelity/fidelity.ts';
import { deliveryOf } from '#main/analysis/pilots/fidelity/person-dose.ts';
import { pilotFidelityWarnings, readPilotFidelity } from '#main/analysis/pilots/fidelity/reading.ts';
import type {
  AttendedSession,
  EnrolledPerson,
  FidelityRecords,
  PlannedSession,
} from '#main/analysis/pilots/fidelity/records.ts';
import { parsePilotFidelitySpec } from '#main/analysis/pilots/fidelity/spec.ts';
import { groupsToTell } from '#main/analysis/pilots/fidelity/tell-groups.ts';
import { listToShow, tableToShow } from '#main/workers/counts-to-show.ts';
import { dayOfIso, isoOfDay, mondayOf } from '#shared/domain/dates.ts';

/** A Monday. */
const firstDay = dayOfIso('2026-03-02')!;

function at(day: number, hour = 10): number {
  return (firstDay + day) * 86_400 + hour * 3_600;
}

function enrolled(person: number, given: Partial<EnrolledPerson> = {}): EnrolledPerson {
  return { person, cluster: 'North', arm: 'sessions', fromDay: firstDay, withdrawnDay: null, ...given };
}

function planned(day: number, given: Partial<PlannedSession> = {}): PlannedSession {
  return { cluster: 'North', at: at(day), minutes: 20, checklist: null, ...given };
}

function came(person: number, day: number, given: Partial<AttendedSession> = {}): AttendedSession {
  return { person, at: at(day), minutes: 20, withinShift: true, ...given };
}

function found(records: Partial<FidelityRecords>, given: Record<string, unknown> = {}) {
  const parsed = parsePilotFidelitySpec({ asOf: '2026-03-31', pilot: 'Brief mindfulness', ...given });
  if (!parsed.ok) throw new Error(parsed.error.message);
  const all = { enrolled: [], leftOut: 0, planned: [], attended: [], ...records };
  const delivery = deliveryOf(all, parsed.value);
  const result = pilotFidelity(delivery, parsed.value, { mayShow: listToShow, mayShowTable: tableToShow });
  const warnings = pilotFidelityWarnings(all, delivery, parsed.value.minimum);
  return { delivery, result, reading: readPilotFidelity(result), warnings };
}

const people = (count: number, given: Partial<EnrolledPerson> = {}, from = 0) =>
  Array.from({ length: count }, (_, index) => enrolled(from + index, given));

describe('what people had of what was planned', () => {
  it('counts sessions for a person from when they were in until they withdrew, and none after the day asked about', () => {
    const records = {
      enrolled: [
        enrolled(0),
        enrolled(1, { fromDay: firstDay + 7 }),
        enrolled(2, { withdrawnDay: firstDay + 7 }),
        enrolled(3, { cluster: 'South' }),
        enrolled(4, { fromDay: firstDay + 60 }),
      ],
      planned: [planned(0), planned(7), planned(14, { cluster: null }), planned(40), planned(1, { cluster: 'West' })],
    };
    const { delivery } = found(records);
    expect(delivery.people.map((one) => one.planned)).toEqual([3, 2, 1, 1]);
    expect(delivery.sessions).toHaveLength(3);
  });

  it('takes a session as held where somebody it was for came near its time', () => {
    const records = {
      enrolled: [enrolled(0), enrolled(1, { cluster: 'South' })],
      planned: [planned(0), planned(1), planned(2), planned(2, { at: at(2, 12) })],
      attended: [came(0, 0, { at: at(0) + 1_800 }), came(1, 1), came(0, 2, { at: at(2) + 3_000 })],
    };
    const { delivery } = found(records);
    expect(delivery.sessions.map(({ isHeld }) => isHeld)).toEqual([true, false, true, false]);
    expect(found(records, { toleranceMinutes: 10 }).delivery.sessions.some(({ isHeld }) => isHeld)).toBe(false);
  });

  it('calls a dose enough from a share of what was planned, or of what was wanted', () => {
    const records = {
      enrolled: people(3),
      planned: [0, 1, 2, 3].map((day) => planned(day)),
      attended: [came(1, 0), came(1, 1), came(2, 0), came(2, 1), came(2, 2)],
    };
    expect(found(records).delivery.people.map(({ level }) => level)).toEqual(['none', 'part', 'enough']);
    expect(found(records, { sessionsEach: 2 }).delivery.people.map(({ level }) => level)).toEqual([
      'none',
      'enough',
      'enough',
    ]);
  });

  it('takes the length of a session from its plan where the row has none, and says where neither does', () => {
    const attended = [0, 1, 2, 3, 4, 5].map((day) => came(0, day, { minutes: null }));
    const { delivery, warnings } = found({ enrolled: people(1), planned: [planned(0)], attended });
    expect(delivery.people[0]).toMatchObject({ sessions: 6, minutes: 20 });
    expect(warnings.join(' ')).toContain('The length of 5 sessions attended is not known');
  });

  it('leaves out arms that were offered nothing', () => {
    const records = { enrolled: [enrolled(0), enrolled(1, { arm: 'waiting' }), enrolled(2, { arm: null })] };
    expect(found(records).delivery.people).toHaveLength(3);
    expect(found(records, { arms: ['sessions'] }).delivery.people).toHaveLength(1);
  });

  it('counts weeks from Monday', () => {
    const sunday = firstDay + 6;
    expect([firstDay, sunday, sunday + 1].map((day) => isoOfDay(mondayOf(day)))).toEqual([
      '2026-03-02',
      '2026-03-02',
      '2026-03-09',
    ]);
  });
});

describe('what is told of it', () => {
  const records = {
    enrolled: [...people(20), ...people(12, { cluster: 'South' }, 20)],
    planned: [0, 7].flatMap((day) => ['North', 'South'].map((cluster) => planned(day, { cluster, checklist: 8 }))),
    attended: [
      ...Array.from({ length: 14 }, (_, person) => came(person, 0)),
      ...Array.from({ length: 8 }, (_, person) => came(person, 7)),
      ...Array.from({ length: 6 }, (_, person) => came(20 + person, 0, { withinShift: person === 0 ? false : null })),
    ],
  };

  it('gives dose, reach and weeks where they rest on enough people, in figures and words', () => {
    const { result, reading } = found(records);
    expect(result.clusters[0]).toMatchObject({
      ...{ cluster: 'North', people: 20, byDose: { none: 6, part: 6, enough: 8 } },
      ...{ plannedEach: 2, sessionsEach: 1.1, minutesEach: 22, planned: 2, held: 2 },
    });
    expect(result.all).toMatchObject({ people: 32, planned: 4, held: 3, plannedEach: 2 });
    expect(result.weeks).toEqual([
      { from: '2026-03-02', planned: 2, held: 2, people: 20 },
      { from: '2026-03-09', planned: 2, held: 1, people: 8 },
    ]);
    expect(reading).toContain('Somebody came to 3 of 4 planned sessions.');
    expect(reading).toContain('20 of 32 people (62.5%) came to at least one.');
    expect(reading.at(-1)).toContain('no effect of the sessions');
  });

  it('withholds a share that would tell of the one who came outside their shift', () => {
    const { result, reading } = found(records);
    expect(result.all.withinShift).toBeNull();
    expect(reading.join(' ')).toContain('within the shift of those who came is withheld');
    const more = {
      ...records,
      attended: records.attended.map((one) => ({ ...one, withinShift: one.person % 2 === 0 })),
    };
    expect(found(more).result.all.withinShift).toBeCloseTo(14 / 28, 12);
  });

  it('tells scores of a checklist from five sessions on, never of few', () => {
    expect(found(records).result.all.checklist).toBeNull();
    const often = { ...records, planned: [0, 1, 2, 3, 4].map((day) => planned(day, { checklist: 6 + day })) };
    expect(found(often).result.all.checklist).toBe(8);
    expect(found(often).result.clusters.map(({ checklist }) => checklist)).toEqual([8, null]);
  });

  it('tells nothing of fewer than five people', () => {
    const { result, reading, warnings } = found({ enrolled: people(4), attended: [came(0, 0)] });
    expect(result).toMatchObject({ from: null, weeks: [] });
    expect(result.all).toMatchObject({ people: null, sessionsEach: null, withinShift: null, held: null });
    expect(result.all.byDose).toEqual({ none: null, part: 0, enough: null });
    expect(reading).toEqual(['Fewer than 5 people were offered the sessions: nothing is told of them.']);
    expect(warnings.join(' ')).toContain('No sessions are planned');
  });

  it('withholds the mean of a large cluster too where a small one could be worked out from it', () => {
    const three = { ...records, enrolled: [...records.enrolled, ...people(6, { cluster: 'West' }, 40)] };
    const means = found(three).result.clusters.map(({ cluster, sessionsEach }) => [cluster, sessionsEach !== null]);
    expect(means).toEqual([
      ['North', true],
      ['South', false],
      ['West', false],
    ]);
  });

  it('leaves untold nobody or enough people, whatever the groups', () => {
    const sizes = fc.array(fc.nat(25), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(sizes, (counts) => {
        const groups = counts.map((count) => new Array<number>(count).fill(0));
        const told = groupsToTell(groups, (own) => own.length >= 10);
        groups.forEach((own, index) => {
          if (told[index]) expect(own.length).toBeGreaterThanOrEqual(10);
        });
        const untold = groups.flatMap((own, index) => (told[index] ? [] : own)).length;
        if (told.some((one) => one)) expect(untold === 0 || untold >= 10).toBe(true);
      }),
      { seed: 31, numRuns: 500 },
    );
  });
});

describe('the spec of pilot-fidelity', () => {
  it('is refused by field, in words', () => {
    const parsed = parsePilotFidelitySpec({ asOf: '2026-02-30', pilot: 'P' });
    expect(parsed.ok ? '' : parsed.error.message).toContain('"asOf": must be a date');
    expect(parsePilotFidelitySpec({ asOf: '2026-03-31', pilot: 'P', minimum: 4 }).ok).toBe(false);
  });
});
