import { describe, expect, it } from 'vitest';
import { type StoodRule, standingSignals } from '#main/analysis/cases/standing-signals.ts';
import { signalWalk } from '#main/analysis/signals/signal-walk.ts';
import { randomFrom } from '../exposure/force.ts';

const rule = 'count>=8 in 180d';
const stood = (sinceDay: number, lastHeldDay: number, clearedDay: number | null = null, person = 'A'): StoodRule => ({
  person,
  rule,
  words: 'eight',
  sinceDay,
  lastHeldDay,
  clearedDay,
});
const told = (asOfDay: number) => ({ person: 'A', rule, asOfDay, eventDay: null });
const settings = { cooldownDays: 28, lookedToDay: 100 };

describe('a rule that stands', () => {
  it('is new, said again after its cool-down, and silent within it', () => {
    expect(standingSignals([stood(90, 100)], [], settings)).toEqual([
      { person: 'A', rule, words: 'eight', asOfDay: 100, eventDay: null, sinceDay: 90, again: false },
    ]);
    expect(standingSignals([stood(90, 127)], [told(100)], settings)).toEqual([]);
    expect(standingSignals([stood(90, 128)], [told(100)], settings)).toMatchObject([{ asOfDay: 128, again: true }]);
    // It cleared and came back since it was told.
    expect(standingSignals([stood(120, 128)], [told(100)], settings)).toMatchObject([{ asOfDay: 128, again: false }]);
  });

  it('is not told for a look at which it did not hold, though it has not cleared', () => {
    // Looked at on day 140, false since 121.
    expect(standingSignals([stood(90, 120)], [told(100)], settings)).toEqual([]);
  });

  it('is told where it came and went since the list was looked at, and is history where it did before the first look', () => {
    const between = [stood(101, 105, 133), stood(50, 60, 90, 'B')];
    expect(standingSignals(between, [], settings)).toMatchObject([{ person: 'A', asOfDay: 105 }]);
    expect(standingSignals(between, [], { ...settings, lookedToDay: null })).toEqual([]);
  });

  it('is not told twice on one day of the data where there is no cool-down', () => {
    expect(standingSignals([stood(90, 100)], [told(100)], { ...settings, cooldownDays: 0 })).toEqual([]);
  });
});

describe('a list that is opened now and then', () => {
  it('tells everything that the walk tells as new, and nothing again within a cool-down', () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const random = randomFrom(seed);
      const cooldownDays = 1 + Math.floor(random() * 40);
      const sticky = random();
      let holds = random() < 0.5;
      const looks = Array.from({ length: 40 }, (_, at) => {
        if (random() > sticky) holds = !holds;
        return { day: 100 + 7 * at, holds };
      });
      const list: ReturnType<typeof standingSignals> = [];
      let lookedToDay: number | null = null;
      for (let at = 0; at < looks.length; at += 1) {
        if (random() < 0.6 && at < looks.length - 1) continue;
        const walk = signalWalk({ cooldownDays, clearAfterDays: cooldownDays });
        for (const look of looks.slice(0, at + 1)) {
          walk.look(look.day, look.holds ? [{ person: 'A', rule, words: '', eventDays: null }] : []);
        }
        list.push(...standingSignals([...walk.cleared(), ...walk.standing()], list, { cooldownDays, lookedToDay }));
        if (at < looks.length - 1) {
          lookedToDay = looks[at]!.day;
          continue;
        }
        // Every time in which it stood since the first look at the list was told, once as new at most.
        const first = list.length === 0 ? Number.POSITIVE_INFINITY : list[0]!.asOfDay;
        for (const { sinceDay, lastHeldDay } of [...walk.cleared(), ...walk.standing()]) {
          const own = list.filter((signal) => signal.asOfDay >= sinceDay && signal.asOfDay <= lastHeldDay);
          const near = list.some(({ asOfDay }) => asOfDay < sinceDay && lastHeldDay - asOfDay < cooldownDays);
          if (sinceDay > first && !near) expect(own.length, `seed ${seed}`).toBeGreaterThan(0);
          expect(own.filter(({ again }) => !again).length, `seed ${seed}`).toBeLessThanOrEqual(1);
        }
      }
      const days = list.map(({ asOfDay }) => asOfDay);
      for (const [at, day] of days.slice(1).entries()) expect(day - days[at]!).toBeGreaterThanOrEqual(cooldownDays);
    }
  });
});
