import type { ProposedSession, Roster, SessionTimetable, TimetableRules } from '#shared/domain/session-timetable.ts';
import { DraftMaker } from './better-draft.ts';
import { candidateSlots } from './candidate-slots.ts';
import { coverageOf } from './coverage.ts';
import type { Draft } from './draft.ts';
import { keptDuties } from './kept-duties.ts';
import { boundByPrices } from './seat-prices.ts';

/** Work that is spent at most; a timetable that reaches its bound is done sooner. Counted, not timed: the same input, the same answer. */
const rounds = 300;
const roundsToADraft = 10;
const rebuilds = 200;

/**
 * Proposes sessions inside people's shifts that reach as many as the rules allow, and proves how far from the best that is at
 * most. Deterministic; no rule of `rules` is ever broken (`checkTimetable` says so of any timetable).
 */
export function proposeTimetable(roster: Roster, rules: TimetableRules): SessionTimetable {
  const kept = keptDuties(roster);
  const candidates = candidateSlots(roster.enrolled, kept.worked, rules);
  const maker = new DraftMaker(candidates, rules);
  let best = maker.greedy();
  const bound = boundByPrices(candidates, rules, {
    rounds,
    reached: () => best.points,
    onRound: (told) => {
      if (told.round % roundsToADraft !== 0) return;
      const draft = maker.atPrices(told);
      if (draft.points > best.points) best = draft;
    },
  });
  maker.rebuild(best, { times: rebuilds, enough: bound });
  maker.thin(best);
  maker.dropSmall(best);
  return {
    sessions: sessionsOf(best),
    coverage: coverageOf(best, { roster, kept }),
    points: best.points,
    bound,
  };
}

/** Sessions in order of time, each with its people; no more of them than its window's people fill. */
function sessionsOf(draft: Draft): ProposedSession[] {
  const { candidates, rules, courses } = draft;
  const peopleIn = new Map<number, number[]>();
  courses.forEach((course, person) => {
    for (const window of course) peopleIn.set(window, [...(peopleIn.get(window) ?? []), person]);
  });
  const sessions: Omit<ProposedSession, 'facilitator'>[] = [];
  for (const [window, slots] of Map.groupBy(draft.held, (slot) => candidates.slots[slot]?.window ?? 0)) {
    const people = peopleIn.get(window) ?? [];
    const mayCome = candidates.windows[window]?.mayCome ?? 0;
    const needed = Math.ceil(people.length / mayCome);
    slots.slice(0, needed).forEach((slot, index) => {
      const { at, place } = candidates.slots[slot] ?? { at: 0, place: 0 };
      sessions.push({
        ...{ at, minutes: rules.minutes, place: candidates.places[place] ?? '', mayCome },
        // Spread evenly, so that none is left nearly empty beside a full one.
        people: people.slice(
          Math.round((index * people.length) / needed),
          Math.round(((index + 1) * people.length) / needed),
        ),
      });
    });
  }
  sessions.sort((a, b) => a.at - b.at || (a.place < b.place ? -1 : 1));
  // All last as long, so that taking turns never gives a facilitator two at once where no more than they are at once.
  return sessions.map((session, turn) => ({ ...session, facilitator: 1 + (turn % rules.facilitators) }));
}
