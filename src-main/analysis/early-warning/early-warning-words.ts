import { dayOfIso } from '#shared/domain/dates.ts';
import type { EarlyWarningResult } from '#shared/domain/early-warning.ts';
import { counted, plainDate } from '../exposure/words.ts';
import type { CaseDefinition } from './case-definition.ts';
import { countedWords, countWords } from './counts/count-words.ts';
import type { EarlyWarningSpec } from './spec.ts';

/** What a store holds for an early warning, as far as a warning may be due about it. */
export type HeldForWarning = {
  readonly exposures: number;
  readonly absences: number;
  readonly screenings: number;
  /** First and last day of the duties; null where none are held. */
  readonly duties: { readonly first: number; readonly last: number } | null;
  readonly lastAbsenceDay: number | null;
  readonly firstLandmarkDay: number | null;
  readonly lastHeldDay: number;
};

const staleDays = 60;
const longestDutyWindowDays = 90;

/** What the data behind a run lack, in words. */
export function earlyWarningWarnings(held: HeldForWarning, definition: CaseDefinition): string[] {
  const warnings: string[] = [];
  if (!definition.confirmed) {
    warnings.push(
      `The cut-off (${definition.words}) is the force’s own and is not confirmed. Its source as stated: ${definition.source}.`,
    );
  }
  if (held.screenings === 0) {
    warnings.push(
      `No completed screenings with ${definition.instrument} are held, so nobody can be assessed. That is not the same as no risk.`,
    );
  }
  if (held.absences === 0) {
    warnings.push(
      'No absences are held: a long psychological absence cannot be seen, so nobody can be said to have had none. Import the absence extract.',
    );
  } else if (held.lastAbsenceDay !== null && held.lastHeldDay - held.lastAbsenceDay > staleDays) {
    warnings.push(
      `The absences end on ${plainDate(held.lastAbsenceDay)}, ${counted(held.lastHeldDay - held.lastAbsenceDay, 'day', 'days')} before the other data: spells after that are not seen.`,
    );
  }
  if (held.exposures === 0) warnings.push('No countable exposures are held: what counts them is 0 for everybody.');
  if (held.duties === null) {
    warnings.push(
      'No duties are held: nights, overtime, cancelled rest days and short gaps are 0 for everybody and say nothing.',
    );
  } else if (held.firstLandmarkDay !== null && held.duties.first > held.firstLandmarkDay - longestDutyWindowDays) {
    warnings.push(
      `The duties begin on ${plainDate(held.duties.first)}: nights, overtime, cancelled rest days and short gaps are counted too low for screenings before ${plainDate(held.duties.first + longestDutyWindowDays)}.`,
    );
  }
  return warnings;
}

/** Whom a run is about and what came after, before anything is said of a model. */
export function readLandmarks(result: EarlyWarningResult, spec: EarlyWarningSpec): string[] {
  const { cases, nonCases, unknown, people, screenings } = result.landmarks;
  const { inPost, assessable, reasons } = result.assessable;
  const until = plainDate(dayOfIso(spec.asOf) ?? 0);
  return [
    `${countedWords(screenings, 'screening', 'screenings')} of ${countedWords(people, 'person', 'people')} who were in post, below the cut-off, not absent and without an open case were followed for ${counted(spec.horizonDays, 'day', 'days')}: ${countedWords(cases, 'was', 'were')} followed by a case (${result.caseWords} or a psychological absence of more than ${spec.spellDays} days), ${countWords(nonCases)} by none, and of ${countWords(unknown)} it is not known.`,
    `On ${until} ${countWords(assessable)} of ${counted(inPost, 'person', 'people')} in post can be assessed.${reasons.length === 0 ? '' : ` Not assessable: ${reasons.map(({ words, people: count }) => `${words.toLowerCase()} (${countWords(count)})`).join('; ')}.`} Not assessable is never the same as no risk.`,
    result.gate.words,
  ];
}
