import { AbsenceCourse, type SyntheticAbsence } from './absences.ts';
import { DutyCourse, type SyntheticDuty } from './duties.ts';
import { type ForceOptions, periodOf } from './options.ts';
import type { SyntheticPerson } from './people.ts';
import { type Landmark, type PulseAnswer, pulseCourse } from './pulse.ts';
import type { KnownExposures } from './pulse-predictors.ts';

/** What one person worked, missed and answered: the three hang together, so they are made together. */
export type Career = {
  readonly person: number;
  readonly absences: readonly SyntheticAbsence[];
  readonly duties: readonly SyntheticDuty[];
  readonly pulses: readonly PulseAnswer[];
  readonly landmarks: readonly Landmark[];
};

/** Person by person in order of reference; each has random numbers of their own. */
export function* careers(
  options: ForceOptions,
  people: readonly SyntheticPerson[],
  exposures: (person: number) => KnownExposures,
): Generator<Career> {
  const { lastDay } = periodOf(options);
  for (const [index, person] of people.entries()) {
    const absences = new AbsenceCourse(options, person, index);
    const duties = new DutyCourse(options, person, index);
    const pulses = pulseCourse(options, person, index, { exposures: exposures(index), absences, duties });
    absences.advance(lastDay);
    duties.advance(lastDay, (day) => absences.isAbsent(day));
    yield {
      person: index,
      absences: absences.spells,
      duties: duties.duties,
      pulses: pulses.answers,
      landmarks: pulses.landmarks,
    };
  }
}
