import { describe, expect, it } from 'vitest';
import type { FoundSignal } from '#main/analysis/cases/raise-signals.ts';
import { signalWalk } from '#main/analysis/signals/signal-walk.ts';
import { randomFrom } from '../exposure/force.ts';

type Settings = { readonly cooldownDays: number; readonly clearAfterDays: number };

const windowed = (person: string, rule: string): FoundSignal => ({ person, rule, words: '', eventDays: null });

/** Looks at these days, a rule holding on those marked `x`, of one person. */
function walked(days: readonly number[], marks: string, settings: Settings) {
  const walk = signalWalk(settings);
  const told = days.map((day, at) => {
    const { raised, joined } = walk.look(day, marks[at] === 'x' ? [windowed('A', 'r')] : []);
    return raised.length > 0 ? (raised[0]!.state === 'new' ? 'N' : 'a') : joined > 0 ? '+' : '.';
  });
  return { told: told.join(''), standing: walk.standing().length, cleared: walk.cleared().length };
}

const weekly = Array.from({ length: 30 }, (_, at) => 700 + 7 * at);

describe('a rule over a window', () => {
  it('is raised once, joined within its cool-down, and said again after it', () => {
    expect(walked(weekly, 'xxxxxxxxx', { cooldownDays: 28, clearAfterDays: 28 })).toMatchObject({
      told: `N+++a+++a${'.'.repeat(21)}`,
    });
  });

  it('that comes and goes around its threshold is one standing, and new only once it had cleared', () => {
    const settings = { cooldownDays: 14, clearAfterDays: 28 };
    // False at 4 looks: from the first to the fourth lie 21 days.
    expect(walked(weekly, 'x..x....x', settings).told.slice(0, 9)).toBe('N..a....a');
    // False at 5 looks: 28 days.
    expect(walked(weekly, 'x..x.....x', settings)).toMatchObject({ told: `N..a.....N${'.'.repeat(20)}`, cleared: 2 });
    expect(walked(weekly, 'x..x.....x', { ...settings, clearAfterDays: 0 }).told.slice(0, 10)).toBe('N..N.....N');
  });

  it('is never lost where it clears sooner than it cools down: the look joins the signal that is there', () => {
    expect(walked(weekly, 'x.x.x', { cooldownDays: 28, clearAfterDays: 0 }).told.slice(0, 5)).toBe('N.+.N');
  });

  it('clears month by month only after two looks', () => {
    const months = [31, 59, 90, 120, 151];
    expect(walked(months, 'x.x..', { cooldownDays: 28, clearAfterDays: 28 })).toMatchObject({
      told: 'N.a..',
      cleared: 1,
    });
  });
});

/** What should be raised, joined and cleared, worked out one person and rule at a time by looking back over everything. */
function naive(days: readonly number[], holds: readonly boolean[], { cooldownDays, clearAfterDays }: Settings) {
  const states: ('new' | 'again' | 'joined' | '')[] = [];
  let cleared = 0;
  days.forEach((day, at) => {
    if (!holds[at]) {
      states.push('');
      return;
    }
    const raises = days.slice(0, at).filter((_, k) => states[k] === 'new' || states[k] === 'again');
    if (raises.some((earlier) => day - earlier < cooldownDays)) {
      states.push('joined');
      return;
    }
    // It says “again” where a raise lies behind with no time in between in which it had cleared.
    const since = days.findLastIndex((_, k) => k < at && clearedAt(days, holds, k, clearAfterDays));
    const again = states.some((state, k) => k > since && (state === 'new' || state === 'again'));
    states.push(again ? 'again' : 'new');
  });
  days.forEach((_, at) => {
    if (clearedAt(days, holds, at, clearAfterDays) && holdsBetween(days, holds, at, clearAfterDays)) cleared += 1;
  });
  return { states, cleared };
}

/** Whether the rule has been false for long enough at a look. */
function clearedAt(days: readonly number[], holds: readonly boolean[], at: number, clearAfterDays: number): boolean {
  if (holds[at]) return false;
  const start = holds.slice(0, at).lastIndexOf(true) + 1;
  return days[at]! - days[start]! >= clearAfterDays;
}

/** Whether it held at all, and this is the first look of its run at which it has cleared. */
function holdsBetween(days: readonly number[], holds: readonly boolean[], at: number, clearAfterDays: number): boolean {
  return holds.slice(0, at).includes(true) && (at === 0 || !clearedAt(days, holds, at - 1, clearAfterDays));
}

describe('signals carried from look to look', () => {
  it('are those of a plainly written model, whatever holds when', () => {
    for (let seed = 1; seed <= 400; seed += 1) {
      const random = randomFrom(seed);
      const settings = { cooldownDays: Math.floor(random() * 40), clearAfterDays: Math.floor(random() * 50) };
      const keys = Array.from({ length: 1 + Math.floor(random() * 6) }, (_, at) => ({
        person: `P${at % 3}`,
        rule: `r${at}`,
        sticky: random(),
      }));
      const days: number[] = [];
      for (let day = 100; days.length < 25; day += 1 + Math.floor(random() * 20)) days.push(day);
      const holds = keys.map(({ sticky }) => {
        let now = random() < 0.5;
        return days.map(() => {
          if (random() > sticky) now = !now;
          return now;
        });
      });
      const walk = signalWalk(settings);
      const got = keys.map((): string[] => days.map(() => ''));
      let joined = 0;
      const events = new Map<string, number>();
      days.forEach((day, at) => {
        const found = keys.flatMap(({ person, rule }, k) => (holds[k]![at] ? [windowed(person, rule)] : []));
        const single = random() < 0.5 ? [day, day, day - Math.floor(random() * (day - (days[at - 1] ?? day - 1)))] : [];
        const outcome = walk.look(day, [...found, { person: 'P0', rule: 's', words: '', eventDays: single }]);
        joined += outcome.joined;
        for (const signal of outcome.raised) {
          if (signal.eventDay === null) got[keys.findIndex(({ rule }) => rule === signal.rule)]![at] = signal.state;
          else events.set(`${signal.eventDay}`, (events.get(`${signal.eventDay}`) ?? 0) + 1);
        }
        for (const event of single) expect(events.get(`${event}`), `seed ${seed}`).toBe(1);
      });
      const expected = holds.map((held) => naive(days, held, settings));
      expect(got, `seed ${seed}`).toEqual(
        expected.map(({ states }) => states.map((state) => (state === 'joined' ? '' : state))),
      );
      // Nothing is lost: every look at which a rule holds is a signal, or joined one.
      expect(joined).toBe(expected.flatMap(({ states }) => states).filter((state) => state === 'joined').length);
      expect(walk.cleared()).toHaveLength(expected.reduce((sum, { cleared }) => sum + cleared, 0));
    }
  });
});
