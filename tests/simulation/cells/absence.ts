import { groupReader } from '#main/analysis/absence/groups.ts';
import { reasonReader } from '#main/analysis/absence/reasons.ts';
import { spellRates } from '#main/analysis/absence/spell-rates.ts';
import type { AbsenceRow } from '#main/analysis/absence/spells.ts';
import type { StaffMember } from '#main/analysis/absence/staff-timeline.ts';
import { tallyAbsence } from '#main/analysis/absence/tally.ts';
import type { RandomStream } from '#shared/domain/random.ts';
import type { SimulationCell } from '../cell.ts';

const fromDay = 20_000;
const toDay = fromDay + 364;
const people = 300;
const truth = { North: 1.2, South: 1.8, East: 1.2 } as const;

function exponential(stream: RandomStream): number {
  return -Math.log(1 - stream.nextUniform());
}

/** First days of spells of a day, at a rate a full-time year; the person's own rate varies as a gamma of shape 2. */
function startsOf(stream: RandomStream, rate: number, from: number, to: number): number[] {
  const own = (rate * (exponential(stream) + exponential(stream))) / 2;
  const starts = new Set<number>();
  for (let at = from + (365.25 * exponential(stream)) / own; at < to + 1; at += (365.25 * exponential(stream)) / own) {
    // Spells of one day with a day between: what falls closer would be one spell.
    const day = Math.floor(at);
    if (!starts.has(day) && !starts.has(day - 1)) starts.add(day);
  }
  return [...starts];
}

/** Extract rows as they come, through joining, exposure time and the model. */
const rates: SimulationCell = {
  name: 'absence: rates of new spells in three units, 300 people of unequal hours and time in post',
  replicate: (stream) => {
    const members: StaffMember[] = [];
    const absences: AbsenceRow[][] = [];
    for (let at = 0; at < people; at += 1) {
      const unit = (['North', 'South', 'East'] as const)[at % 3] as keyof typeof truth;
      const fte = [1, 0.8, 0.5][stream.nextBelow(3)] as number;
      const start = stream.nextBelow(4) === 0 ? fromDay + stream.nextBelow(250) : fromDay;
      members.push({
        pseudonym: String(at),
        unit,
        role: 'Response',
        rank: null,
        workforce: null,
        sex: null,
        ethnicity: null,
        birthYear: null,
        serviceStart: start,
        serviceEnd: null,
        fte,
        postings: [],
      });
      absences.push(
        startsOf(stream, truth[unit] * fte, start, toDay).map((startDay) => ({
          startDay,
          endDay: startDay,
          reason: null,
          fteDays: null,
          injuryOnDuty: false,
        })),
      );
    }
    const { persons } = tallyAbsence({
      members,
      absences,
      fromDay,
      toDay,
      days: 'calendar',
      gapDays: 0,
      bridgeWeekends: false,
      reasonOf: reasonReader({ own: {}, codeSets: null }),
      groupOf: groupReader('unit', fromDay),
    });
    const found = spellRates(persons, new Set(Object.keys(truth)), 'North', 'calendar');
    if ('none' in found) return null;
    const ratioOf = (unit: string) => found.groups.find(({ group }) => group === unit);
    const south = ratioOf('South')?.ratio;
    const east = ratioOf('East');
    if (!south || south.low === null || south.high === null || !east?.ratio || east.p === null) return null;
    return [
      { parameter: 'ratio of South', low: south.low, high: south.high, truth: truth.South / truth.North },
      { parameter: 'ratio of East', low: east.ratio.low ?? 0, high: east.ratio.high ?? 0, truth: 1 },
      { parameter: 'East the same as North', p: east.p },
    ];
  },
};

export const absenceCells: readonly SimulationCell[] = [rates];
