import { describe, expect, it } from 'vitest';
import { lookDays, parseSignalsSpec } from '#main/analysis/signals/signal-spec.ts';
import { signals } from '#main/analysis/signals/signals.ts';
import type { Scheme } from '#shared/domain/scheme.ts';
import {
  compiled,
  countV1,
  event,
  type Force,
  frameOf,
  packedOf,
  person,
  randomForce,
  tieredV1,
} from '../exposure/force.ts';
import { dayLoads, dayNumber, type Event, inWindow, isoDate, spellOn, windowLoad } from '../exposure/oracle.ts';

function looksOf(spec: Record<string, unknown>): string[] {
  const parsed = parseSignalsSpec(spec);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return Array.from(lookDays(parsed.value), isoDate);
}

function signalsOf(force: Force, scheme: Scheme, days: readonly string[], clearAfterDays = scheme.cooldown_days) {
  return signals({
    exposures: packedOf(force),
    people: frameOf(force.people),
    compiled: compiled(scheme),
    looks: Int32Array.from(days, dayNumber),
    clearAfterDays,
    rows: true,
  });
}

describe('the looks of signals', () => {
  it('end on the day asked for, or on Sundays and month ends of a period', () => {
    const weeks = looksOf({ asOf: '2026-03-31' });
    expect(weeks).toHaveLength(53);
    expect([weeks[0], weeks.at(-1)]).toEqual(['2025-04-01', '2026-03-31']);
    expect(looksOf({ from: '2026-03-01', to: '2026-03-31' })).toEqual(
      [1, 8, 15, 22, 29].map((d) => `2026-03-${String(d).padStart(2, '0')}`),
    );
    expect(looksOf({ from: '2026-01-15', to: '2026-03-30', every: 'month' })).toEqual(['2026-01-31', '2026-02-28']);
    expect(looksOf({ asOf: '2026-03-30', from: '2026-02-01', every: 'month' })).toEqual(['2026-02-28', '2026-03-30']);
    expect(looksOf({ from: '2024-02-28', to: '2024-03-01', every: 'day' })).toEqual([
      '2024-02-28',
      '2024-02-29',
      '2024-03-01',
    ]);
    expect(looksOf({ from: '1965-01-01', to: '1965-01-11' })).toEqual(['1965-01-03', '1965-01-10']);
  });

  it('are refused in words where there are none, and a spec that was filled in is taken again', () => {
    for (const spec of [{}, { from: '2026-01-01' }, { asOf: '2026-01-01', to: '2026-02-01' }]) {
      expect(parseSignalsSpec(spec)).toMatchObject({ ok: false, error: { code: 'BAD_SPEC' } });
    }
    expect(parseSignalsSpec({ from: '2026-03-02', to: '2026-03-04' })).toMatchObject({
      error: { message: 'The spec of signals cannot be used: no week ends in the period.' },
    });
    const parsed = parseSignalsSpec({ asOf: '2026-03-31' });
    expect(parsed.ok && parseSignalsSpec({ ...parsed.value, clearAfterDays: 28 })).toMatchObject({ ok: true });
  });
});

/** Whether a rule over a window holds, by filters over lists. */
function holds(rule: string, force: Force, scheme: Scheme, name: string, day: string): boolean {
  const counting = (events: readonly Event[], days: number) =>
    events.filter((e) => e.person === name && inWindow(e.date, day, days)).length;
  const count = /^([A-Za-z]+)>=(\d+) in (\d+)d$/.exec(rule);
  if (count) {
    const tier = scheme.tiers[count[1]!]?.categories;
    const events = tier ? force.events.filter(({ category }) => tier.includes(category)) : force.events;
    return counting(events, Number(count[3])) >= Number(count[2]);
  }
  const [, percent, days] = /^pctile>=(\d+) within role in (\d+)d$/.exec(rule)!.map(Number) as [number, number, number];
  const role = spellOn(force.people.find((p) => p.name === name)!, day)!.role;
  const others = force.people.filter((p) => spellOn(p, day)?.role === role);
  const load = (who: string) => windowLoad(dayLoads(force.events, who, scheme), day, days);
  const own = load(name);
  const below = others.filter((p) => load(p.name) < own - 1e-9).length;
  return counting(force.events, days) >= 3 && others.length >= 20 && below * 100 >= percent * others.length;
}

describe('signals', () => {
  it('are those of a plainly written model over whole forces, under counts and under tiers', () => {
    let raisedOverall = 0;
    const cases: readonly (readonly [number, Scheme])[] = [
      [31, countV1],
      [32, { ...tieredV1, review_triggers: [...tieredV1.review_triggers, { rule: 'single:TERROR' }] }],
    ];
    for (const [seed, scheme] of cases) {
      const force = randomForce(seed, { people: 90, events: 2_600 });
      const days = looksOf({ from: '2025-06-01', to: '2026-05-31', every: 'month' });
      const { rows = [], total, looks } = signalsOf(force, scheme, days, 40);
      const expected: string[] = [];
      let joined = 0;
      days.forEach((day, at) => {
        for (const { name, ...rest } of [...force.people].sort((a, b) => (a.name < b.name ? -1 : 1))) {
          const posted = spellOn({ name, ...rest }, day);
          for (const { rule } of scheme.review_triggers) {
            if (rule.startsWith('single:')) continue;
            if (!posted || !holds(rule, force, scheme, name, day)) continue;
            const cooling = days.slice(0, at).some((earlier) => {
              const gap = dayNumber(day) - dayNumber(earlier);
              return gap < scheme.cooldown_days && expected.includes(`${earlier} ${name} ${rule}`);
            });
            if (cooling) joined += 1;
            else expected.push(`${day} ${name} ${rule}`);
          }
        }
      });
      const windows = rows.filter(({ eventDay }) => eventDay === null);
      expect(windows.map((row) => `${row.raised} ${row.person} ${row.rule}`).sort()).toEqual(expected.sort());
      expect(total.joined).toBe(joined);
      expect(looks.map(({ people }) => people)).toEqual(
        days.map((day) => force.people.filter((p) => spellOn(p, day)).length),
      );
      // Single events: one for every person and day since the first window began, each exactly once.
      const first = isoDate(dayNumber(days[0]!) - 28);
      const singles = scheme.review_triggers.flatMap(({ rule }) => {
        const category = rule.startsWith('single:') ? rule.slice(7) : '';
        const hits = force.events.filter((e) => e.category === category && e.date > first && e.date <= days.at(-1)!);
        return hits.flatMap((e) => {
          const own = force.people.find((p) => p.name === e.person)!;
          const look = days.find((day) => day >= e.date)!;
          return spellOn(own, e.date) || spellOn(own, look) ? [`${e.person} ${rule} ${e.date} ${look}`] : [];
        });
      });
      const raised = rows.flatMap(({ person: who, rule, eventDay, raised: look }) =>
        eventDay === null ? [] : [`${who} ${rule} ${eventDay} ${look}`],
      );
      expect(raised.sort()).toEqual([...new Set(singles)].sort());
      raisedOverall += windows.length + raised.length;
    }
    expect(raisedOverall).toBeGreaterThan(100);
  });

  it('agree with their own tables', () => {
    const force = randomForce(33, { people: 120, events: 5_000 });
    const result = signalsOf(force, countV1, looksOf({ asOf: '2026-05-31' }));
    const { rows = [], total, rules, units, months, looks } = result;
    const sum = (list: readonly { readonly signals: number }[]) => list.reduce((all, { signals: n }) => all + n, 0);
    expect(rows).toHaveLength(total.signals);
    for (const table of [rules, units, months, looks]) expect(sum(table)).toBe(total.signals);
    expect(total.new + total.again).toBe(total.signals);
    expect(result.peopleWithSignals).toBe(new Set(rows.map((row) => row.person)).size);
    expect(rows.filter(({ raised }) => raised === looks[0]!.day)).toHaveLength(result.atFirstLook);
    expect(rows.reduce((all, row) => all + row.joined, 0)).toBe(total.joined);
    expect(rules.reduce((all, rule) => all + rule.standing, 0)).toBe(looks.at(-1)!.standing);
  });

  it('say of each which rule, since when, and until when it cools down', () => {
    const crowd = Array.from({ length: 3 }, (_, at) => person(`P${at}`));
    const events = Array.from({ length: 8 }, (_, at) => event('P0', `2026-01-0${at + 1}`));
    const days = ['2026-01-04', '2026-01-11', '2026-01-18', '2026-08-02', '2026-08-30'];
    const { rows = [] } = signalsOf(
      { people: crowd, events: [...events, event('P1', '2026-01-09', 'POLICE_CONTACT_DEATH')] },
      countV1,
      days,
    );
    expect(rows).toEqual([
      {
        person: 'P0',
        unit: 'North',
        role: 'response',
        rule: 'count>=8 in 180d',
        words: '8 or more exposures in 180 days: 8 recorded; a reason to offer support.',
        raised: '2026-01-11',
        eventDay: null,
        state: 'new',
        joined: 1,
        coolsUntil: '2026-02-08',
        since: '2026-01-11',
        stands: false,
        cleared: '2026-08-30',
      },
      {
        person: 'P1',
        unit: 'North',
        role: 'response',
        rule: 'single:POLICE_CONTACT_DEATH',
        words:
          'Death after police contact on 9 Jan 2026: told each time, whatever came before; a reason to offer support.',
        raised: '2026-01-11',
        eventDay: '2026-01-09',
        state: 'new',
        joined: 0,
        coolsUntil: null,
        since: null,
        stands: false,
        cleared: null,
      },
    ]);
  });

  it('are none where nobody is there, and never depend on the order of the rows', () => {
    expect(signalsOf({ people: [], events: [] }, countV1, ['2026-01-04']).total.signals).toBe(0);
    const force = randomForce(35, { people: 60, events: 3_000 });
    const turned = { people: force.people, events: [...force.events].reverse() };
    const days = looksOf({ asOf: '2026-05-31' });
    expect(JSON.stringify(signalsOf(turned, tieredV1, days))).toBe(JSON.stringify(signalsOf(force, tieredV1, days)));
  });
});
