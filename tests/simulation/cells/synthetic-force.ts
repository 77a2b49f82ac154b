import { groupReader } from '#main/analysis/absence/groups.ts';
import { reasonReader } from '#main/analysis/absence/reasons.ts';
import { returnToWork } from '#main/analysis/absence/return-to-work.ts';
import { spellRates } from '#main/analysis/absence/spell-rates.ts';
import type { StaffMember } from '#main/analysis/absence/staff-timeline.ts';
import { tallyAbsence } from '#main/analysis/absence/tally.ts';
import { exposureOutcome } from '#main/analysis/exposure/outcome/exposure-outcome.ts';
import { parseExposureOutcomeSpec } from '#main/analysis/exposure/outcome/outcome-spec.ts';
import { packExposures } from '#main/analysis/exposure/packed-exposures.ts';
import { personFrameOf } from '#main/analysis/exposure/person-frame.ts';
import { compileScheme } from '#main/analysis/exposure/scheme-weights.ts';
import { AbsenceCourse } from '#main/services/synthetic/absences.ts';
import { unitsOf } from '#main/services/synthetic/force-shape.ts';
import { total } from '#main/services/synthetic/item-response.ts';
import { checkedForceOptions, type ForceOptions, periodOf } from '#main/services/synthetic/options.ts';
import { planPeople, type SyntheticPerson } from '#main/services/synthetic/people.ts';
import { planted } from '#main/services/synthetic/planted.ts';
import { invitations } from '#main/services/synthetic/screenings.ts';
import countDocument from '#resources/schemes/count-v1.json' with { type: 'json' };
import { isoOfDay } from '#shared/domain/dates.ts';
import type { RandomStream } from '#shared/domain/random.ts';
import type { SimulationCell } from '../cell.ts';

/** The effects planted in the synthetic force, found again by the functions of the analyses themselves. */

function forceOf(stream: RandomStream, people: number, years: number): ForceOptions {
  return checkedForceOptions({ people, years, seed: stream.nextUint32(), planted: { noPulse: true } });
}

function memberOf(person: SyntheticPerson): StaffMember {
  return {
    pseudonym: person.ref,
    unit: person.unitName,
    role: person.role,
    rank: null,
    workforce: null,
    sex: null,
    ethnicity: null,
    birthYear: null,
    serviceStart: person.serviceStartDay,
    serviceEnd: person.serviceEndDay,
    fte: person.fte,
    postings: [],
  };
}

const absenceRoles = ['Response', 'Neighbourhood', 'Call handling', 'CID'] as const;

function absencesOf(stream: RandomStream, size: number, years: number) {
  const options = forceOf(stream, size, years);
  const { firstDay, lastDay } = periodOf(options);
  const people = planPeople(options, unitsOf(options.people));
  const absences = people.map((person, index) => {
    const course = new AbsenceCourse(options, person, index);
    course.advance(lastDay);
    return course.spells.map(({ startDay, endDay, code, onDuty }) => ({
      startDay,
      endDay: endDay > lastDay ? null : endDay,
      reason: code,
      fteDays: null,
      injuryOnDuty: onDuty,
    }));
  });
  return tallyAbsence({
    members: people.map(memberOf),
    absences,
    fromDay: firstDay,
    toDay: lastDay,
    days: 'calendar',
    gapDays: 0,
    bridgeWeekends: false,
    reasonOf: reasonReader({ own: {}, codeSets: null }),
    groupOf: groupReader('role', firstDay),
  });
}

const newAbsences: SimulationCell = {
  name: 'synthetic force: new absences by role, 400 people over 3 years',
  replicate: (stream) => {
    const { persons } = absencesOf(stream, 400, 3);
    const rates = spellRates(persons, new Set(absenceRoles), 'Neighbourhood', 'calendar');
    if ('none' in rates) return null;
    const own = (role: string) => rates.groups.find(({ group }) => group === role);
    const ratios = (['Response', 'Call handling'] as const).map((role) => {
      const { low, high } = own(role)?.ratio ?? {};
      return { parameter: `ratio of ${role}`, low: low ?? 0, high: high ?? 0, truth: planted.absence.rateRatio[role] };
    });
    return [...ratios, { parameter: 'CID the same as Neighbourhood', p: own('CID')?.p ?? 1 }];
  },
};

const daysToReturn: SimulationCell = {
  name: 'synthetic force: median days to return, psychological reasons, 300 people over 2 years',
  replicate: (stream) => {
    const { followed } = absencesOf(stream, 300, 2);
    const curve = returnToWork(followed, new Set(), 10).psychological.find(({ group }) => group === 'psychological');
    if (!curve || curve.low === null || curve.high === null) return null;
    const truth = planted.absence.medianDays.psychological;
    return [{ parameter: 'median', low: curve.low, high: curve.high, truth }];
  },
  bars: {
    covered: [0.95, 0.995],
    why: 'Days are whole: the limits fall on days, and each holds more than its share.',
  },
};

/** Points per exposure of this design, from the same model on 50 forces of 10,000 people; its standard error is 0.002. */
const slope = 0.113;

/** Days with an exposure, at each person's own rate. */
function historyOf(stream: RandomStream, person: SyntheticPerson, firstDay: number, days: number): number[] {
  const perDay = (9 * person.frailty) / 365.25;
  const history: number[] = [];
  const gap = () => -Math.log(1 - stream.nextUniform()) / perDay;
  for (let at = gap(); at < days; at += gap()) history.push(firstDay + Math.floor(at));
  return history;
}

/** The screenings of a force whose exposures are drawn plainly, through pairs, windows and the model. */
function outcomeOf(stream: RandomStream, size: number) {
  const options = forceOf(stream, size, 2);
  const { firstDay, lastDay, days } = periodOf(options);
  const people = planPeople(options, unitsOf(options.people));
  const history = people.map((person) => historyOf(stream, person, firstDay, days));
  const person = Uint32Array.from(history.flatMap((own, index) => own.map(() => index)));
  const screenings = [...invitations(options, people, history)]
    .map(({ person: index, takenDay, status, answers }) => ({
      person: index,
      day: takenDay,
      completed: status === 'completed',
      score: status === 'completed' ? total(answers['PHQ-9']) : null,
    }))
    .sort((a, b) => a.person - b.person || a.day - b.day);
  const scheme = compileScheme(countDocument);
  const spec = parseExposureOutcomeSpec({
    instrument: 'PHQ-9',
    from: isoOfDay(firstDay),
    to: isoOfDay(lastDay),
    windows: [180],
    at: [0, 5],
  });
  if (!scheme.ok || !spec.ok) throw new Error('The design does not hold.');
  return exposureOutcome({
    screenings,
    people: personFrameOf(
      people.map(({ ref, unitName, role, serviceStartDay, serviceEndDay }) => ({
        pseudonym: ref,
        listed: true,
        spells: [{ fromDay: serviceStartDay, toDay: serviceEndDay, unit: unitName, role }],
      })),
    ),
    serviceStart: people.map(({ serviceStartDay }) => serviceStartDay),
    recorded: { firstDay, lastDay },
    exposures: packExposures({
      persons: people.length,
      person,
      day: Int32Array.from(history.flat()),
      category: new Uint16Array(person.length),
      attributes: new Uint8Array(person.length),
      minutes: new Float64Array(person.length).fill(Number.NaN),
      categories: ['DEATH_SUDDEN_NONSUS'],
    }),
    spec: spec.value,
    fromDay: firstDay,
    toDay: lastDay,
    compiled: scheme.value,
    compared: [scheme.value, scheme.value],
    isCase: null,
  });
}

const doseResponse: SimulationCell = {
  name: 'synthetic force: PHQ-9 on exposure, 400 people over 2 years',
  replicate: (stream) => {
    const found = outcomeOf(stream, 400);
    if (!found.ok) return null;
    const { low, high } = found.value.slope;
    return low === null || high === null ? null : [{ parameter: 'slope', low, high, truth: slope }];
  },
};

export const syntheticForceCells: readonly SimulationCell[] = [newAbsences, daysToReturn, doseResponse];
