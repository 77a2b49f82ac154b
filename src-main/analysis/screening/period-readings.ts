import type { ExposurePeriodResult } from '../exposure/exposure-period.ts';
import type { AttendanceRows } from '../exposure/packed-exposures.ts';
import { rowsInWords } from '../exposure/reading.ts';
import { counted, plainDate, plainNumber, plainShare } from '../exposure/words.ts';
import type { InstrumentSummary } from './screening-summary.ts';

/** Fewer people than this are not put into words. */
const leastPeopleInWords = 10;

const exposureLimits =
  'These are recorded exposures: they do not show what went unrecorded, how anyone was affected or who needs help, and they are for offering support, never for judging a person.';

/** What a period shows, in plain sentences with their limits. */
export function readExposurePeriod(
  result: ExposurePeriodResult,
  period: {
    readonly fromDay: number;
    readonly toDay: number;
    readonly coverage: number | null;
    readonly attendances?: AttendanceRows | undefined;
  },
): string[] {
  const span = `From ${plainDate(period.fromDay)} to ${plainDate(period.toDay)}`;
  if (result.events === 0) return [`${span} no exposures were recorded that have a code with a rule.`, exposureLimits];
  const readings = [`${span}, ${counted(result.events, 'exposure was', 'exposures were')} recorded.`];
  if (result.peopleInPost >= leastPeopleInWords) {
    const middle = result.perPerson[Math.floor((result.perPerson.length - 1) / 2)] ?? 0;
    const none = result.perPerson.filter((count) => count === 0).length;
    readings.push(
      `Of the ${plainNumber(result.peopleInPost)} people in post on the last day, half had ${plainNumber(middle)} or fewer in the period` +
        (none >= leastPeopleInWords && result.peopleInPost - none >= leastPeopleInWords
          ? `; ${plainShare(none / result.peopleInPost)} had none.`
          : '.'),
    );
  }
  if (period.coverage !== null) {
    readings.push(
      `${plainShare(period.coverage)} of the ${rowsInWords(period.attendances)} in it have a code with a rule; the rest are not counted.`,
    );
  }
  return [...readings, exposureLimits];
}

/** What the screening of a period shows: who answered first, then what they answered. */
export function readScreeningSummary(summaries: readonly InstrumentSummary[]): string[] {
  const readings = summaries
    .filter((summary) => summary.completed >= leastPeopleInWords)
    .map((summary) => {
      const share = summary.completed / summary.invited;
      return `${summary.instrument}: ${plainNumber(summary.completed)} of ${plainNumber(summary.invited)} people invited answered (${plainShare(share)}).`;
    });
  if (readings.length === 0) return ['Too few people were screened in the period to say anything about them together.'];
  return [
    ...readings,
    'A positive screen is not a diagnosis. People who did not answer cannot be assessed, and they may differ from those who did.',
  ];
}
