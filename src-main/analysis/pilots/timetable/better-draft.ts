import { randomStream } from '#shared/domain/random.ts';
import type { TimetableRules } from '#shared/domain/session-timetable.ts';
import { CourseSearch } from './best-course.ts';
import type { Candidates, Window } from './candidate-slots.ts';
import { Draft } from './draft.ts';
import { addGreedily } from './fill-draft.ts';
import type { PriceRound } from './seat-prices.ts';

/** Less than any point: chooses the course of fewest sessions among equals. */
const slight = 0.001;
const mostSettling = 6;

/** Makes drafts and betters them; everybody with few windows to choose from chooses first. */
export class DraftMaker {
  readonly #candidates: Candidates;
  readonly #rules: TimetableRules;
  readonly #search: CourseSearch;
  readonly #order: readonly number[];
  readonly #windowsByDay: ReadonlyMap<number, readonly number[]>;

  constructor(candidates: Candidates, rules: TimetableRules) {
    this.#candidates = candidates;
    this.#rules = rules;
    this.#search = new CourseSearch(rules, candidates);
    const choices = (person: number): number => candidates.windowsOf[person]?.length ?? 0;
    this.#order = [...candidates.windowsOf.keys()].sort((a, b) => choices(a) - choices(b) || a - b);
    this.#windowsByDay = Map.groupBy(candidates.windows.keys(), (window) => this.#window(window).day);
  }

  greedy(): Draft {
    const draft = new Draft(this.#candidates, this.#rules);
    addGreedily(draft);
    return this.#settled(draft);
  }

  /** Sessions where seats earn most at the prices and people ask for them. */
  atPrices({ prices, demand }: Pick<PriceRound, 'prices' | 'demand'>): Draft {
    const draft = new Draft(this.#candidates, this.#rules);
    const earns = (window: number): number => (prices[window] as number) * this.#window(window).mayCome;
    const asked = (window: number): number => demand[window] as number;
    for (const own of this.#windowsByDay.values()) {
      const wanted = own.filter((window) => asked(window) > 0);
      wanted.sort((a, b) => earns(b) - earns(a) || asked(b) - asked(a) || a - b);
      for (const window of wanted) {
        for (const slot of this.#window(window).slots) {
          if ((draft.seats[window] as number) >= asked(window)) break;
          if (draft.canHold(slot)) draft.hold(slot);
        }
      }
    }
    for (const person of this.#order) draft.reseat(person, this.#search, (window) => prices[window] as number);
    return this.#settled(draft);
  }

  /** Gives up sessions of a few days at a time and fills the days again, and keeps what is no worse. */
  rebuild(draft: Draft, { times, enough }: { readonly times: number; readonly enough: number }): void {
    const random = randomStream(1, 'timetable');
    const { firstDay, lastDay } = this.#rules;
    for (let time = 0; time < times && draft.points < enough; time += 1) {
      const before = { points: draft.points, copy: draft.copy() };
      const first = firstDay + random.nextBelow(lastDay - firstDay + 1);
      const days = Array.from({ length: 1 + random.nextBelow(7) }, (_, after) => first + after);
      const given = days.flatMap((day) => draft.heldOn(day).filter(() => random.nextBelow(10) < 6));
      const left = [...new Set(given.flatMap((slot) => draft.giveUp(slot)))].sort((a, b) => a - b);
      this.#reseat(draft, left);
      addGreedily(
        draft,
        days.flatMap((day) => this.#windowsByDay.get(day) ?? []),
      );
      this.#reseat(draft, left);
      if (draft.points < before.points) draft.restore(before.copy);
    }
  }

  /** Gives up every session that people have no less without, the emptiest first: facilitators' time is short. */
  thin(draft: Draft): void {
    const taken = (slot: number): number => draft.taken[this.#windowOf(slot)] as number;
    for (const slot of draft.held.sort((a, b) => taken(a) - taken(b) || a - b)) {
      const before = draft.points;
      const left = draft.giveUp(slot);
      const courses = left.map((person) => [...(draft.courses[person] ?? []), this.#windowOf(slot)]);
      this.#reseat(draft, left);
      if (draft.points >= before) continue;
      for (const person of left) draft.setCourse(person, []);
      draft.hold(slot);
      left.forEach((person, index) => {
        draft.setCourse(person, courses[index] ?? []);
      });
    }
  }

  /** Gives up sessions that fewer people than are asked for would come to, spread evenly over those of their window. */
  dropSmall(draft: Draft): void {
    for (const [window, slots] of Map.groupBy(draft.held, (slot) => this.#windowOf(slot))) {
      for (let sessions = slots.length; sessions > 0; sessions -= 1) {
        if (Math.floor((draft.taken[window] as number) / sessions) >= this.#rules.fewestPeople) break;
        draft.giveUp(slots[sessions - 1] as number);
      }
    }
  }

  /** Everybody chooses again and sessions for too few go, while that gains anything. */
  #settled(draft: Draft): Draft {
    for (let time = 0; time < mostSettling; time += 1) {
      const before = draft.points;
      this.#reseat(draft, this.#order);
      this.dropSmall(draft);
      addGreedily(draft);
      if (draft.points === before) break;
    }
    return draft;
  }

  #reseat(draft: Draft, people: readonly number[]): void {
    for (const person of people) draft.reseat(person, this.#search, () => slight);
  }

  #windowOf(slot: number): number {
    return this.#candidates.slots[slot]?.window ?? 0;
  }

  #window(window: number): Window {
    return this.#candidates.windows[window] as Window;
  }
}
