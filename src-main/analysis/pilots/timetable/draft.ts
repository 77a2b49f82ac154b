import type { TimetableRules } from '#shared/domain/session-timetable.ts';
import { type CourseSearch, pointsOf } from './best-course.ts';
import type { Candidates, Slot, Window } from './candidate-slots.ts';
import { mostInDay } from './seat-prices.ts';

export type DraftCopy = { readonly held: readonly number[]; readonly courses: readonly (readonly number[])[] };

/** A timetable in the making: which slots hold a session, and who has a seat in which window. It never breaks a rule. */
export class Draft {
  readonly candidates: Candidates;
  readonly rules: TimetableRules;
  /** Windows of each person's seats. */
  readonly courses: number[][];
  /** Seats taken in each window, and seats of its sessions. */
  readonly taken: Int32Array;
  readonly seats: Int32Array;
  readonly #heldOn = new Map<number, number[]>();
  readonly #most: number;
  readonly #prices: Float64Array;
  #points = 0;

  constructor(candidates: Candidates, rules: TimetableRules) {
    this.candidates = candidates;
    this.rules = rules;
    this.courses = candidates.windowsOf.map(() => []);
    this.taken = new Int32Array(candidates.windows.length);
    this.seats = new Int32Array(candidates.windows.length);
    this.#prices = new Float64Array(candidates.windows.length);
    this.#most = mostInDay(rules);
  }

  get points(): number {
    return this.#points;
  }

  /** Slots that hold a session, in order of place and time. */
  get held(): number[] {
    return [...this.#heldOn.values()].flat().sort((a, b) => a - b);
  }

  heldOn(day: number): readonly number[] {
    return this.#heldOn.get(day) ?? [];
  }

  /** Whether a slot can hold a session beside those held. */
  canHold(slot: number): boolean {
    const { at, place, day } = this.#slot(slot);
    if (this.heldOn(day).length >= this.#most) return false;
    const length = this.rules.minutes * 60;
    const busy = length + this.rules.pauseMinutes * 60;
    const near: number[] = [];
    for (const other of [day - 1, day, day + 1].flatMap((own) => this.heldOn(own))) {
      const held = this.#slot(other);
      const apart = Math.abs(held.at - at);
      if (held.place === place && apart < length) return false;
      if (apart < busy) near.push(held.at);
    }
    if (near.length < this.rules.facilitators) return true;
    // All last as long: most are busy at once when one of them begins.
    return [...near, at].every((begin) => {
      const atOnce = [...near, at].filter((own) => own <= begin && begin < own + busy).length;
      return atOnce <= this.rules.facilitators;
    });
  }

  hold(slot: number): void {
    const { day, window } = this.#slot(slot);
    const own = this.#heldOn.get(day);
    if (own) own.push(slot);
    else this.#heldOn.set(day, [slot]);
    this.seats[window] = (this.seats[window] as number) + this.#window(window).mayCome;
  }

  /** Gives a session up with those of its window who then have no seat, the last of them first. @returns who left */
  giveUp(slot: number): number[] {
    const { day, window } = this.#slot(slot);
    const { people, mayCome } = this.#window(window);
    this.#heldOn.set(
      day,
      this.heldOn(day).filter((own) => own !== slot),
    );
    this.seats[window] = (this.seats[window] as number) - mayCome;
    const left: number[] = [];
    for (let at = people.length - 1; at >= 0 && this.free(window) < 0; at -= 1) {
      const person = people[at] as number;
      const course = this.#course(person);
      if (!course.includes(window)) continue;
      this.setCourse(
        person,
        course.filter((own) => own !== window),
      );
      left.push(person);
    }
    return left;
  }

  free(window: number): number {
    return (this.seats[window] as number) - (this.taken[window] as number);
  }

  setCourse(person: number, windows: readonly number[]): void {
    const course = this.#course(person);
    for (const window of course) this.taken[window] = (this.taken[window] as number) - 1;
    for (const window of windows) this.taken[window] = (this.taken[window] as number) + 1;
    this.#points +=
      pointsOf(windows.length, this.rules.sessionsEach) - pointsOf(course.length, this.rules.sessionsEach);
    course.splice(0, course.length, ...windows);
  }

  /** Gives a person the best course that free seats allow, at prices that choose among equals. */
  reseat(person: number, search: CourseSearch, priceOf: (window: number) => number): void {
    const own = this.candidates.windowsOf[person] as Int32Array;
    const course = this.#course(person);
    for (const window of own) {
      const isOpen = this.free(window) > 0 || course.includes(window);
      this.#prices[window] = isOpen ? priceOf(window) : Number.POSITIVE_INFINITY;
    }
    search.find(own, this.#prices);
    this.setCourse(person, search.chosen);
  }

  /** Whether a person could have a seat on a day beside their course. */
  canTake(person: number, day: number): boolean {
    const course = this.#course(person);
    if (course.length >= this.rules.sessionsEach) return false;
    for (const window of course) {
      if (Math.abs(this.#window(window).day - day) < this.rules.gapDays) return false;
    }
    return true;
  }

  /** What `restore` brings back. */
  copy(): DraftCopy {
    return { held: this.held, courses: this.courses.map((course) => [...course]) };
  }

  restore({ held, courses }: DraftCopy): void {
    for (let person = 0; person < courses.length; person += 1) this.setCourse(person, []);
    for (const slot of this.held) this.giveUp(slot);
    for (const slot of held) this.hold(slot);
    courses.forEach((course, person) => {
      this.setCourse(person, course);
    });
  }

  #slot(slot: number): Slot {
    return this.candidates.slots[slot] as Slot;
  }

  #window(window: number): Window {
    return this.candidates.windows[window] as Window;
  }

  #course(person: number): number[] {
    return this.courses[person] as number[];
  }
}
