import { candidateSlots } from '#main/analysis/pilots/timetable/candidate-slots.ts';
import { checkTimetable } from '#main/analysis/pilots/timetable/check-timetable.ts';
import { Draft } from '#main/analysis/pilots/timetable/draft.ts';
import { addGreedily } from '#main/analysis/pilots/timetable/fill-draft.ts';
import { keptDuties } from '#main/analysis/pilots/timetable/kept-duties.ts';
import { proposeTimetable } from '#main/analysis/pilots/timetable/propose-timetable.ts';
import { type Roster, type TimetableRules, timetableRulesSchema } from '#shared/domain/session-timetable.ts';
import { madeRoster } from './made-roster.ts';
import { median, spreadText, type Verdict } from './measure.ts';

const barSeconds = 10;
const people = 600;
const weeks = 8;
/** From facilitators enough for nearly everybody to too few for most. */
const forces = [
  { name: 'six facilitators', facilitators: 6, gapDays: 5, least: 0.99 },
  { name: 'three facilitators, once a week', facilitators: 3, gapDays: 7, least: 0.97 },
  { name: 'one facilitator, once a week', facilitators: 1, gapDays: 7, least: 0.95 },
] as const;

/** Timetables of a force of 600 on five shift patterns over eight weeks, beside what is proven possible and beside plain greed. */
export function benchTimetable(runs: number): Verdict[] {
  const { firstDay, ...roster } = madeRoster(people, weeks);
  return forces.map(({ name, facilitators, gapDays, least }) => {
    const lastDay = firstDay + weeks * 7 - 1;
    const rules = timetableRulesSchema.parse({ firstDay, lastDay, facilitators, gapDays });
    const seconds: number[] = [];
    let made = proposeTimetable(roster, rules);
    for (let run = 0; run < runs; run += 1) {
      const started = performance.now();
      made = proposeTimetable(roster, rules);
      seconds.push((performance.now() - started) / 1_000);
    }
    const broken = checkTimetable(made.sessions, roster, rules).length;
    const share = made.points / made.bound;
    const { full, part, none } = made.coverage;
    return {
      what: `timetable of ${people} people over ${weeks} weeks, ${name} (${made.sessions.length} sessions; ${full} whole courses, ${part} in part, ${none} none)`,
      measured: `${spreadText(seconds, 1)} s; ${(100 * share).toFixed(1)}% of the bound, plain greed ${((100 * greedyPoints(roster, rules)) / made.bound).toFixed(1)}%; ${broken} rules broken`,
      bar: `< ${barSeconds} s, ≥ ${100 * least}% of the bound, none broken`,
      met: median(seconds) < barSeconds && share >= least && broken === 0,
    };
  });
}

function greedyPoints(roster: Roster, rules: TimetableRules): number {
  const draft = new Draft(candidateSlots(roster.enrolled, keptDuties(roster).worked, rules), rules);
  addGreedily(draft);
  return draft.points;
}
