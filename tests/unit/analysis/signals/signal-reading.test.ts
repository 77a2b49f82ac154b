import { describe, expect, it } from 'vitest';
import { readSignals } from '#main/analysis/signals/signal-reading.ts';
import type { SignalsResult } from '#main/analysis/signals/signals.ts';
import { countV1 } from '../exposure/force.ts';

const none = { signals: 0, new: 0, again: 0 };

function readingOf(total: { readonly new: number; readonly again: number }): string {
  const signals = total.new + total.again;
  const result: SignalsResult = {
    people: 400,
    peopleWithSignals: signals,
    peopleStanding: 3,
    atFirstLook: 0,
    total: { ...none, ...total, signals, single: 0, joined: 2, cleared: 0 },
    rules: [
      {
        ...none,
        ...total,
        signals,
        rule: 'r',
        words: '3 or more in 28 days',
        single: false,
        people: signals,
        standing: 3,
      },
    ],
    units: [],
    months: [],
    looks: [{ ...none, day: '2026-03-31', people: 400, standing: 3, joined: 2 }],
  };
  return readSignals(result, { scheme: countV1, clearAfterDays: 28, every: 'week', coverage: 0.98 }).join(' ');
}

describe('what signals say in words', () => {
  it('tells counts of five and more as they are', () => {
    expect(readingOf({ new: 12, again: 7 })).toMatch(/raised 19 signals for 19 people.*12 were new and 7 said again/);
  });

  it('tells none under five, and none that its total would give away', () => {
    const words = readingOf({ new: 17, again: 3 });
    expect(words).toMatch(/raised 20 signals.*Some were new, and the others said again/);
    expect(words).toMatch(/something stands for fewer than 5 people of 400 in post/);
    expect(readingOf({ new: 3, again: 0 })).toMatch(
      /raised fewer than 5 signals.*Fewer than 5 were new and 0 said again/,
    );
  });
});
