import type { PilotDesign } from '#shared/domain/pilot.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { plainDate } from '../../exposure/words.ts';
import { firstDayOf } from '../join/arms-input.ts';
import { isOfUnits, type ToJoin } from '../join/joined.ts';
import { nothingKnown } from '../join/periods.ts';
import { startsOf, unitsOf } from '../join/units.ts';

/** Refuses a pilot of whose outcome nothing is held, or whose first follow-up lies beyond what is held. @throws ExpectedError REFUSED_MODEL */
export function refuseEarly({ records, plan, spec, primary }: ToJoin, design: PilotDesign): void {
  const { name, knownTo, planned } = primary;
  if (knownTo === null) throw nothingKnown(name);
  const days = isOfUnits(design)
    ? startsOf(unitsOf(records, plan))
    : records.participants.flatMap((participant) => firstDayOf(participant, records) ?? []);
  const due = days.reduce((first, day) => Math.min(first, day), Number.POSITIVE_INFINITY) + planned.followUp.fromDay;
  if (days.length === 0 || due <= knownTo) return;
  throw new ExpectedError(
    'REFUSED_MODEL',
    `The follow-up of ${name} in ${spec.pilot} begins on ${plainDate(due)}, and the extracts reach to ${plainDate(knownTo)}.`,
    'Nothing was computed. Import what has been answered since, and run it again.',
  );
}
