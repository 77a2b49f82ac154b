import { describe, expect, it } from 'vitest';
import type { SupportRow } from '#main/analysis/support/courses.ts';
import { parseSupportUptakeSpec, type SupportUptakeSpec } from '#main/analysis/support/spec.ts';
import { type SupportUptake, supportUptake } from '#main/analysis/support/support-uptake.ts';
import { isoOfDay } from '#shared/domain/dates.ts';
import { firstDay, lastDay, person, type RandomSupport, randomSupport, safeRows } from './random-support.ts';

function specOf(given: Record<string, unknown> = {}): SupportUptakeSpec {
  const parsed = parseSupportUptakeSpec({
    from: isoOfDay(firstDay),
    to: isoOfDay(lastDay),
    by: ['role', 'sex'],
    ...given,
  });
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
}

function run(force: RandomSupport, given: Record<string, unknown> = {}): SupportUptake {
  return supportUptake({
    ...force,
    untilDay: lastDay,
    spec: specOf(given),
    directory: [],
    costs: [],
    rowsToShow: safeRows,
  });
}

/** Each person by hand: the day of the first offer or referral of a service in post and in the period, and what came of that course. */
function byHand({ members, rows }: RandomSupport, service: string, to: number) {
  return members.flatMap((member, at) => {
    const courses = Map.groupBy(
      rows.filter((row) => row.member === at && row.service === service && row.day <= lastDay),
      ({ episode }) => episode,
    );
    const starts = [...courses]
      .map(([episode, steps]) => {
        const ways = steps.filter(({ step }) => step === 'offered' || step === 'referred').map(({ day }) => day);
        return { episode, steps, start: ways.length === 0 ? Number.NaN : Math.min(...ways) };
      })
      .filter(({ start }) => start >= firstDay && start <= to)
      .filter(({ start }) => start >= (member.serviceStart ?? 0) && start <= (member.serviceEnd ?? 1e9))
      .sort((a, b) => a.start - b.start || (a.episode < b.episode ? -1 : 1));
    const first = starts[0];
    if (!first) return [];
    const dayOf = (...names: readonly string[]): number =>
      Math.min(
        ...first.steps.filter(({ step, day }) => names.includes(step) && day >= first.start).map(({ day }) => day),
      );
    return [
      {
        member,
        start: first.start,
        contact: dayOf('contacted', 'engaged', 'completed') - first.start,
        engaged: dayOf('engaged', 'completed') - first.start,
        completed: dayOf('completed') - first.start,
        declined: dayOf('declined') - first.start,
      },
    ];
  });
}

describe('support uptake', () => {
  const force = randomSupport(3, 900);
  const result = run(force);
  const service = (name: string) => result.services.find((found) => found.service === name)!;

  it('counts people by step as counting by hand does', () => {
    for (const name of ['TRiM', 'Counselling', 'Chaplain']) {
      const people = byHand(force, name, lastDay - 90);
      const { funnel } = service(name);
      const step = (wanted: string) => funnel.find((found) => found.step === wanted)!;
      const within = (key: 'contact' | 'engaged' | 'completed' | 'declined') =>
        people.filter((one) => one[key] <= 90).length;
      expect(service(name).people).toBe(people.length);
      expect(step('started').people).toBe(people.length);
      expect(step('contacted').people).toBe(within('contact'));
      expect(step('engaged').people).toBe(within('engaged'));
      expect(step('completed').people).toBe(within('completed'));
      expect(step('declined').people).toBe(within('declined'));
      expect(step('contacted').share).toBeCloseTo(within('contact') / people.length, 12);
      expect(step('completed').share).toBeCloseTo(within('completed') / within('engaged'), 12);
    }
  });

  it('compares the uptake of each group with the rest, as dividing by hand does', () => {
    const people = byHand(force, 'TRiM', lastDay - 90);
    const { groups, reference } = service('TRiM').groups.find(({ by }) => by === 'role')!;
    expect(reference).toBeNull();
    for (const { group, people: n, uptake, ratio } of groups) {
      const inside = people.filter(({ member }) => member.role === group);
      const rest = people.filter(({ member }) => member.role !== group);
      const took = (list: typeof people) => list.filter(({ contact }) => contact <= 90).length;
      expect(n).toBe(inside.length);
      expect(uptake?.share).toBeCloseTo(took(inside) / inside.length, 12);
      expect(ratio?.estimate).toBeCloseTo(took(inside) / inside.length / (took(rest) / rest.length), 12);
      expect(ratio!.low!).toBeLessThan(ratio!.estimate);
    }
  });

  it('follows the wait by Aalen and Johansen, with leaving as the other way out', () => {
    const people = byHand(force, 'TRiM', lastDay).map(({ member, start, contact }) => {
      const leaves = member.serviceEnd ?? Number.POSITIVE_INFINITY;
      if (start + contact <= Math.min(leaves, lastDay)) return { days: contact, status: 1 };
      return leaves < lastDay ? { days: leaves - start, status: 2 } : { days: lastDay - start, status: 0 };
    });
    const incidence = (until: number): number => {
      let waiting = 1;
      let contacted = 0;
      for (let day = 0; day <= until; day += 1) {
        const atRisk = people.filter(({ days }) => days >= day).length;
        const now = (status: number) => people.filter((one) => one.days === day && one.status === status).length;
        if (atRisk === 0) break;
        contacted += (waiting * now(1)) / atRisk;
        waiting *= 1 - (now(1) + now(2)) / atRisk;
      }
      return contacted;
    };
    const { wait } = service('TRiM');
    expect(wait!.people).toBe(people.length);
    expect(wait!.marks.map(({ day }) => day)).toEqual([7, 14, 28]);
    for (const { day, contacted } of [...wait!.marks, ...wait!.curve])
      expect(contacted, `${day}`).toBeCloseTo(incidence(day), 10);
    const half = wait!.medianDays!;
    expect(incidence(half)).toBeGreaterThanOrEqual(0.5);
    expect(incidence(half - 1)).toBeLessThan(0.5);
    expect(wait!.tests.map(({ by }) => by)).toEqual(['role', 'sex']);
  });

  it('says that the share of the eligible cannot be known where nobody is named as eligible', () => {
    const rows = force.rows.filter(({ step }) => step !== 'eligible');
    const [eligible, started] = run({ ...force, rows }).services[0]!.funnel;
    expect(eligible).toMatchObject({ step: 'eligible', people: null, reason: 'not-recorded' });
    expect(started).toMatchObject({ step: 'started', of: 'eligible', share: null });
    expect(started!.people).toBeGreaterThan(0);
  });

  it('takes the reference that is named, and says where it is not there', () => {
    const named = run(force, { reference: { role: 'CID', sex: 'X' } }).services[0]!.groups;
    expect(named[0]).toMatchObject({ by: 'role', reference: 'CID', missingReference: null });
    expect(named[0]!.groups.find(({ group }) => group === 'CID')!.ratio).toBeNull();
    expect(named[1]).toMatchObject({ by: 'sex', reference: null, missingReference: 'X' });
  });

  it('refuses a spec that it cannot use, naming the field', () => {
    const refused = (given: Record<string, unknown>) => {
      const parsed = parseSupportUptakeSpec({ from: '2025-01-01', to: '2025-12-31', ...given });
      return parsed.ok ? null : parsed.error.message;
    };
    expect(refused({ minimum: 5 })).toContain('minimum');
    expect(refused({ by: ['sex', 'sex'] })).toContain('by');
    expect(refused({ change: { on: '2024-06-01', service: 'TRiM' } })).toContain('outside the period');
    expect(refused({ to: '2024-01-01' })).toContain('ends before');
    expect(refused({})).toBeNull();
  });
});

describe('a group of whom all took an offer up', () => {
  it('has a ratio with Fisher’s p, and no limits that leave its own chance out', () => {
    const members = Array.from({ length: 60 }, (_, at) => person(at, { role: at < 20 ? 'Custody' : 'CID' }));
    const rows: SupportRow[] = members.flatMap((_, member) => [
      { member, service: 'TRiM', episode: '', step: 'offered', day: firstDay + 1 },
      ...(member < 20 || member % 2 === 0
        ? [{ member, service: 'TRiM', episode: '', step: 'contacted' as const, day: firstDay + 4 }]
        : []),
    ]);
    const [custody] = run({ members, rows }, { by: ['role'] }).services[0]!.groups[0]!.groups.slice(1);
    expect(custody).toMatchObject({ group: 'Custody', people: 20, ratio: { estimate: 2, low: null, high: null } });
    // Of sixty, forty took it up: every number of Custody’s twenty among them that is no likelier than all twenty.
    const choose = (n: number, k: number) =>
      Array.from({ length: k }).reduce((all: number, _, at) => (all * (n - at)) / (at + 1), 1);
    const chance = (k: number) => (choose(20, k) * choose(40, 40 - k)) / choose(60, 40);
    const tail = Array.from({ length: 21 }, (_, k) => chance(k)).filter((one) => one <= chance(20) * (1 + 1e-7));
    expect(custody!.p).toBeCloseTo(
      tail.reduce((sum, one) => sum + one, 0),
      12,
    );
  });
});
