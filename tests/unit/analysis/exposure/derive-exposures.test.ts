import { describe, expect, it } from 'vitest';
import {
  type AttendedIncidents,
  awayRoleBit,
  directKey,
  firstRoleBit,
  roleMarks,
} from '#main/analysis/exposure/attended-incidents.ts';
import { createProposer } from '#main/analysis/exposure/code-proposals.ts';
import { type CompiledRules, compileCodeRules, outcomeIndex } from '#main/analysis/exposure/code-rules.ts';
import { unmappedCodes } from '#main/analysis/exposure/code-tallies.ts';
import { rowsUpTo } from '#main/analysis/exposure/day-counts.ts';
import { deriveExposures } from '#main/analysis/exposure/derive-exposures.ts';
import { coverageOfRows, unpackAttributes } from '#main/analysis/exposure/packed-exposures.ts';
import nsirWords from '#resources/code-rules/nsir-words.json' with { type: 'json' };
import type { CodeRule } from '#shared/contract/code-rules.ts';
import { dayOfIso, isoOfDay } from '#shared/domain/dates.ts';
import { attributions, exposureCategories } from '#shared/domain/exposure-categories.ts';
import {
  type Attendance,
  categoriesOf,
  type Derived,
  type Direct,
  deriveByHand,
  type Incident,
} from './derive-model.ts';
import { randomFrom } from './force.ts';

const persons = 12;
const categoryNumber = (code: string): number => exposureCategories.findIndex((category) => category.code === code);

function compiled(rules: readonly CodeRule[]): CompiledRules {
  const result = compileCodeRules({ rules: [...rules] });
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

/** Categories that rules give an incident of these codes on a day. */
function outcome(rules: readonly CodeRule[], incident: Omit<Incident, 'ref'>): readonly string[] | null {
  const times = compiled(rules).outcomes(incident);
  const found = times.outcomes[outcomeIndex(times, dayOfIso(incident.date)!)]!;
  return found === null ? null : found.map((number) => exposureCategories[number]!.code);
}

function columnsOf(
  incidents: readonly Incident[],
  attendances: readonly Attendance[],
  direct: readonly Direct[],
): AttendedIncidents {
  const indexOf = new Map(incidents.map(({ ref }, index) => [ref, index]));
  const held = attendances
    .filter(({ ref }) => indexOf.has(ref))
    .sort((a, b) => indexOf.get(a.ref)! - indexOf.get(b.ref)! || a.person - b.person || a.arrived - b.arrived);
  const marks = { '': 0, first: firstRoleBit, away: awayRoleBit };
  const keys = direct.flatMap(({ ref, person, category }) =>
    indexOf.has(ref) ? [directKey(indexOf.get(ref)!, person, categoryNumber(category), persons)] : [],
  );
  return {
    codeSets: incidents.map(({ opened, closed }) => ({ opened, closed })),
    day: Int32Array.from(incidents, ({ date }) => dayOfIso(date)!),
    codes: Uint32Array.from(incidents.keys()),
    offsets: Uint32Array.from(
      [0, ...incidents.keys()],
      (_, at) => held.filter(({ ref }) => indexOf.get(ref)! < at).length,
    ),
    person: Uint32Array.from(held, ({ person }) => person),
    arrivedAt: Float64Array.from(held, ({ arrived }) => arrived),
    clearedAt: Float64Array.from(held, ({ cleared }) => cleared ?? Number.NaN),
    arrivalDay: Int32Array.from(held, ({ date }) => dayOfIso(date)!),
    marks: Uint8Array.from(held, ({ attribution, role }) => attribution | marks[role]),
    notImportedDays: Int32Array.from(
      attendances.filter(({ ref }) => !indexOf.has(ref)),
      ({ date }) => dayOfIso(date)!,
    ),
    direct: Float64Array.from(keys).sort(),
    persons,
  };
}

const codes = ['SD1', 'SD12', 'sd12 ', 'RTC', 'RTC F', 'rtc  f', 'ADMIN', 'X', 'S'];
const rules: readonly CodeRule[] = [
  { code: 'S*', category: 'OTHER_SELF_REPORTED' },
  { code: 'sd1*', category: 'DEATH_SUDDEN_NONSUS', to: '2026-03-14' },
  { code: 'SD12', category: 'DEATH_UNEXPLAINED', from: '2026-03-10', to: '2026-03-20' },
  { code: 'SD12', category: 'SUICIDE_COMPLETED', from: '2026-03-21' },
  { code: 'RTC F', category: 'RTC_FATAL', match: 'closed' },
  { code: 'RTC F', category: 'RTC_SERIOUS', match: 'opened' },
  { code: 'RTC*', category: 'NOT_TRAUMATIC' },
  { code: 'ADMIN', category: 'NOT_TRAUMATIC', match: 'any' },
];

function randomCase(seed: number) {
  const random = randomFrom(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const first = dayOfIso('2026-03-01')!;
  const incidents = Array.from({ length: 30 }, (_, index): Incident => {
    const closed = Array.from({ length: Math.floor(random() * 4) }, () => pick(codes));
    return {
      ref: `I${index}`,
      date: isoOfDay(first + Math.floor(random() * 31)),
      opened: random() < 0.2 ? null : pick(codes),
      closed,
    };
  });
  const keys = new Set<string>();
  const attendances = Array.from({ length: 160 }, (): Attendance => {
    const day = first + Math.floor(random() * 3);
    const arrived = day * 86_400 + 60 * Math.floor(random() * 200);
    return {
      ref: random() < 0.1 ? 'unknown' : pick(incidents).ref,
      person: Math.floor(random() * persons),
      arrived,
      cleared: random() < 0.3 ? null : arrived + 60 * Math.floor(random() * 120),
      date: isoOfDay(day),
      attribution: Math.floor(random() * 4),
      role: pick(['', '', '', '', 'away', 'first']),
    };
  }).filter(({ ref, person, arrived }) => {
    const key = `${ref} ${person} ${arrived}`;
    return keys.has(key) ? false : keys.add(key);
  });
  const direct = Array.from({ length: 40 }, (): Direct => {
    return {
      ref: random() < 0.1 ? 'unknown' : pick(incidents).ref,
      person: Math.floor(random() * persons),
      category: pick(['DEATH_SUDDEN_NONSUS', 'RTC_FATAL', 'OTHER_SELF_REPORTED', 'TERROR']),
    };
  });
  return { incidents, attendances, direct };
}

describe('exposures derived from attendances', () => {
  it('are those of a plainly written model, whatever the data', () => {
    let exposures = 0;
    for (let seed = 1; seed <= 200; seed += 1) {
      const { incidents, attendances, direct } = randomCase(seed);
      const expected = deriveByHand(rules, incidents, attendances, direct);
      const found = deriveExposures(columnsOf(incidents, attendances, direct), compiled(rules));
      const rows = Array.from(found.person, (person, at): Derived => {
        const { attribution, firstOnScene } = unpackAttributes(found.attributes[at]!);
        const minutes = found.minutes[at]!;
        return {
          person,
          date: isoOfDay(found.day[at]!),
          category: exposureCategories[found.category[at]!]!.code,
          attribution: attribution === null ? 0 : attributions.indexOf(attribution as 'named') + 1,
          first: firstOnScene === true,
          minutes: Number.isNaN(minutes) ? null : minutes,
        };
      });
      const inOrder = (list: readonly Derived[]): string[] => list.map((row) => JSON.stringify(row)).sort();
      expect(inOrder(rows), `seed ${seed}`).toEqual(inOrder(expected.derived));
      exposures += rows.length;
      const { attendances: counts, coverage, exposures: all, alreadyDirect } = found.coverage;
      expect(counts).toMatchObject({
        all: attendances.length,
        unmapped: expected.unmapped,
        notImported: expected.notImported,
      });
      expect(coverage).toBe(expected.covered / attendances.length);
      expect(all).toBe(rows.length);
      const withoutDirect = deriveByHand(rules, incidents, attendances, []).derived.length;
      expect(alreadyDirect).toBe(withoutDirect - rows.length);
      // Up to a day: what the load says of its coverage.
      const day = dayOfIso('2026-03-02')!;
      const { attendances: days } = found;
      const upTo = {
        all: rowsUpTo(days.all, day),
        unmapped: rowsUpTo(days.unmapped, day),
        notImported: rowsUpTo(days.notImported, day),
        derived: rowsUpTo(days.derived, day),
      };
      const early = attendances.filter(({ date }) => date <= '2026-03-02');
      const byThen = deriveByHand(rules, incidents, early, direct);
      expect(coverageOfRows(upTo.derived, { unmapped: 0, notTraumatic: 0, attendances: upTo })).toBe(
        early.length === 0 ? null : byThen.covered / early.length,
      );
    }
    expect(exposures).toBeGreaterThan(1_000);
  });

  it('leave out of the list of codes just those that have a rule in force', () => {
    const { incidents, attendances, direct } = randomCase(7);
    // ADMIN has a rule for closing codes only, and SD1 none from the 15th on.
    const some = rules
      .filter(({ code }) => code !== 'S*')
      .map((rule) => (rule.code === 'ADMIN' ? { ...rule, match: 'closed' as const } : rule));
    const { codes: listed } = unmappedCodes(columnsOf(incidents, attendances, direct), compiled(some));
    const tidy = (code: string): string => code.trim().replaceAll(/\s+/g, ' ').toUpperCase();
    for (const code of new Set(codes.map(tidy))) {
      const bare = incidents.filter((incident) => {
        const place = incident.closed.length > 0 ? incident.closed : [incident.opened ?? ''];
        if (!place.some((one) => tidy(one) === code)) return false;
        const alone = incident.closed.length > 0 ? { ...incident, closed: [code] } : { ...incident, opened: code };
        return categoriesOf(some, alone) === null;
      });
      const found = listed.find((tally) => tidy(tally.code) === code);
      expect(found?.incidents ?? 0, code).toBe(bare.length);
      const refs = new Set(bare.map(({ ref }) => ref));
      expect(found?.attendances ?? 0, code).toBe(attendances.filter(({ ref }) => refs.has(ref)).length);
    }
    expect(listed.length).toBeGreaterThan(3);
  });

  it('take a role as it is written', () => {
    expect(roleMarks('FIRST_ON_SCENE')).toBe(firstRoleBit);
    expect(roleMarks(' First  on scene')).toBe(firstRoleBit);
    expect(roleMarks('call-handler')).toBe(awayRoleBit);
    expect(roleMarks('attending')).toBe(0);
  });
});

describe('rules', () => {
  const base = { opened: null, closed: ['SD12'], date: '2026-03-09' };

  it('hold on the days they are for, first and last included, and the most specific of them speaks', () => {
    expect(outcome(rules, base)).toEqual(['DEATH_SUDDEN_NONSUS']);
    expect(outcome(rules, { ...base, date: '2026-03-10' })).toEqual(['DEATH_UNEXPLAINED']);
    expect(outcome(rules, { ...base, date: '2026-03-20' })).toEqual(['DEATH_UNEXPLAINED']);
    expect(outcome(rules, { ...base, date: '2026-03-21' })).toEqual(['SUICIDE_COMPLETED']);
    expect(outcome(rules, { ...base, closed: ['SD13'], date: '2026-03-14' })).toEqual(['DEATH_SUDDEN_NONSUS']);
    expect(outcome(rules, { ...base, closed: ['SD13'], date: '2026-03-15' })).toEqual(['OTHER_SELF_REPORTED']);
  });

  it('ask the opening code only where there is no closing code', () => {
    expect(outcome(rules, { opened: 'RTC F', closed: ['X'], date: '2026-03-09' })).toBeNull();
    expect(outcome(rules, { opened: 'RTC F', closed: [], date: '2026-03-09' })).toEqual(['RTC_SERIOUS']);
    expect(outcome(rules, { opened: 'X', closed: ['rtc f', 'ADMIN', 'X'], date: '2026-03-09' })).toEqual(['RTC_FATAL']);
    expect(outcome(rules, { opened: null, closed: ['ADMIN', 'X'], date: '2026-03-09' })).toEqual([]);
    expect(outcome(rules, { opened: null, closed: [], date: '2026-03-09' })).toBeNull();
  });

  it('contradict each other only on the same day, at the same place', () => {
    const pair = (a: Partial<CodeRule>, b: Partial<CodeRule>): boolean =>
      compileCodeRules({
        rules: [
          { code: 'A', category: 'RTC_FATAL', ...a },
          { code: 'a ', category: 'RTC_SERIOUS', ...b },
        ],
      }).ok;
    expect(pair({}, {})).toBe(false);
    expect(pair({ to: '2026-01-31' }, { from: '2026-01-31' })).toBe(false);
    expect(pair({ to: '2026-01-31' }, { from: '2026-02-01' })).toBe(true);
    expect(pair({ match: 'closed' }, { match: 'opened' })).toBe(true);
    expect(pair({ match: 'closed' }, { match: 'any' })).toBe(false);
    expect(pair({}, { category: 'RTC_FATAL' })).toBe(true);
    expect(pair({}, { code: 'A*' })).toBe(true);
  });
});

describe('words that propose a category', () => {
  const propose = createProposer(nsirWords);

  it('take the more telling before the less', () => {
    const found = (code: string): string | null => propose(code)?.category ?? null;
    expect(found('SUDDEN DEATH')).toBe('DEATH_SUDDEN_NONSUS');
    expect(found('Sudden death - infant')).toBe('DEATH_CHILD_INFANT');
    expect(found('RTC FATAL')).toBe('RTC_FATAL');
    expect(found('RTC DAMAGE ONLY')).toBe('NOT_TRAUMATIC');
    expect(found('Concern for safety')).toBe('NOT_TRAUMATIC');
    expect(found('DOMESTIC VIOLENCE')).toBe('DOMESTIC_SERIOUS');
    expect(found('death message')).toBe('DEATH_MESSAGE');
    expect(found('ATTEMPT SUICIDE')).toBe('SUICIDE_ATTEMPT');
    expect(found('fire alarm')).toBe('NOT_TRAUMATIC');
    expect(found('P101')).toBeNull();
  });
});
