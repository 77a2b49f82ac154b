import type { OutcomeValues, ValueLimits, WhichScore } from './outcome-values.ts';
import type { ScoredAnswer } from './records.ts';

/** Scores of people by the days on which they were answered. */
export function scoreValues(answers: readonly ScoredAnswer[], { lastDay, withdrawn }: ValueLimits): OutcomeValues {
  const counted = answers.filter(
    ({ person, day }) => day <= (lastDay ?? day) && day < (withdrawn.get(person) ?? Number.POSITIVE_INFINITY),
  );
  const byPerson = Map.groupBy(counted, ({ person }) => person);
  const days = answers.map(({ day }) => day).filter((day) => day <= (lastDay ?? day));
  return {
    knownFrom: days.length === 0 ? null : days.reduce((first, day) => Math.min(first, day)),
    knownTo: lastDay ?? (days.length === 0 ? null : days.reduce((last, day) => Math.max(last, day))),
    valueOf: (person, fromDay, toDay, which) => {
      const within = (byPerson.get(person) ?? []).filter(({ day }) => day >= fromDay && day <= toDay);
      return chosen(within, which, (fromDay + toDay) / 2);
    },
  };
}

/** Of two that are as near to the middle, the earlier. */
function chosen(answers: readonly ScoredAnswer[], which: WhichScore, middle: number): number | null {
  let found: ScoredAnswer | null = null;
  for (const answer of answers) {
    const isBetter =
      found === null || (which === 'last' ? answer.day >= found.day : apart(answer, middle) < apart(found, middle));
    if (isBetter) found = answer;
  }
  return found?.score ?? null;
}

function apart({ day }: ScoredAnswer, middle: number): number {
  return Math.abs(day - middle);
}
