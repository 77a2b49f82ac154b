import { civilOfDay, isoOfDay } from '#shared/domain/dates.ts';
import { type RandomStream, randomStream } from '#shared/domain/random.ts';
import { choose, gamma, pick, shuffled } from './distributions.ts';
import {
  ethnicGroups,
  femaleShare,
  nameOrigins,
  type RoleName,
  ranks,
  roleNames,
  roleShapes,
  type Unit,
  unitsOf,
  type WorkforceType,
} from './force-shape.ts';
import { nameLists } from './names.ts';
import { type ForceOptions, type Period, periodOf } from './options.ts';
import { planted } from './planted.ts';

export type SyntheticPerson = {
  readonly ref: string;
  readonly workforceType: WorkforceType;
  readonly rank: string;
  readonly role: RoleName;
  /** Index into the units of the force. */
  readonly unit: number;
  readonly unitName: string;
  readonly sex: 'Female' | 'Male';
  readonly ethnicityGroup: string;
  readonly birthYear: number;
  readonly serviceStartDay: number;
  /** Last day of service, null while serving. */
  readonly serviceEndDay: number | null;
  readonly fte: number;
  readonly name: string;
  readonly collar: string;
  /** Personal multiplier of the exposure rate, mean 1. */
  readonly frailty: number;
};

export const peopleHeader = [
  'person_ref',
  'workforce_type',
  'rank',
  'role',
  'unit',
  'sex',
  'ethnicity_group',
  'birth_year',
  'service_start',
  'service_end',
  'fte',
  'name',
  'collar',
] as const;

/** Share of the workforce that leaves, and is replaced, in a year: an assumption. */
const turnoverPerYear = 0.07;

export function refOf(number: number): string {
  return `P${String(number).padStart(6, '0')}`;
}

export function inService(person: SyntheticPerson, day: number): boolean {
  return person.serviceStartDay <= day && (person.serviceEndDay === null || day <= person.serviceEndDay);
}

/** Whole numbers of posts per role that add up to the force. Largest remainder (Hare quota). */
function postsByRole(people: number): ReadonlyMap<RoleName, number> {
  const exact = roleNames.map((role) => ({ role, posts: people * roleShapes[role].share }));
  const posts = new Map(exact.map(({ role, posts: quota }) => [role, Math.floor(quota)]));
  let left = people - [...posts.values()].reduce((sum, count) => sum + count, 0);
  const byRemainder = [...exact].sort((a, b) => (b.posts % 1) - (a.posts % 1));
  for (const { role } of byRemainder) {
    if (left-- <= 0) break;
    posts.set(role, (posts.get(role) ?? 0) + 1);
  }
  return posts;
}

/** Unit of every post, each unit of a role filled in turn, in random order. */
function unitOfEveryPost(random: RandomStream, people: number, units: readonly Unit[]): readonly number[] {
  const posts: number[] = [];
  for (const [role, count] of postsByRole(people)) {
    const ofRole = units.flatMap((unit, index) => (unit.role === role ? [index] : []));
    for (let i = 0; i < count; i++) posts.push(ofRole[i % ofRole.length] ?? 0);
  }
  return shuffled(random, posts);
}

type Service = { readonly startDay: number; readonly endDay: number | null };

function drawService(random: RandomStream, period: Period, turnover: boolean): Service {
  const chance = turnover ? 1 - Math.exp((-turnoverPerYear * period.days) / 365.25) : 0;
  const joins = random.nextUniform() < chance;
  const leaves = random.nextUniform() < chance;
  const tenureDays = 30 + Math.floor(gamma(random, 1.6, 11 * 365));
  const joinDay = period.firstDay + random.nextBelow(period.days - 30);
  const leaveDay = period.firstDay + 30 + random.nextBelow(period.days - 30);
  const startDay = joins ? joinDay : period.firstDay - Math.min(tenureDays, 34 * 365);
  return { startDay, endDay: leaves && leaveDay > startDay ? leaveDay : null };
}

function drawFte(random: RandomStream, workforceType: WorkforceType): number {
  if (workforceType === 'special') return 0.1;
  if (random.nextUniform() < (workforceType === 'officer' ? 0.9 : 0.75)) return 1;
  return 0.5 + random.nextBelow(5) / 10;
}

function drawName(random: RandomStream, sex: 'Female' | 'Male', ethnicityGroup: string): string {
  const origins = nameOrigins[ethnicityGroup];
  const list = nameLists[origins ? choose(random, origins) : 'british'];
  return `${pick(random, sex === 'Female' ? list.female : list.male)} ${pick(random, list.family)}`;
}

/**
 * Everybody whom the force's people file lists, in order of reference.
 * @param turnover whether people join and leave within the period; without it all serve throughout.
 */
export function planPeople(
  options: ForceOptions,
  units: readonly Unit[] = unitsOf(options.people),
  turnover = true,
): readonly SyntheticPerson[] {
  const random = randomStream(options.seed, 'people');
  const period = periodOf(options);
  const collars = shuffled(
    random,
    Array.from({ length: options.people }, (_, index) => index * 3 + 1),
  );
  return unitOfEveryPost(random, options.people, units).map((unitIndex, index) => {
    const unit = units[unitIndex] ?? { name: '', role: 'Response' };
    const workforceType = choose(random, roleShapes[unit.role].workforce);
    const sex = random.nextUniform() < femaleShare[workforceType] ? 'Female' : 'Male';
    const ethnicityGroup = choose(random, ethnicGroups);
    const service = drawService(random, period, turnover);
    const ageAtStart = 18 + Math.floor(Math.min(gamma(random, 2, 8), 27));
    return {
      ref: refOf(index + 1),
      workforceType,
      rank: choose(random, ranks[workforceType]),
      role: unit.role,
      unit: unitIndex,
      unitName: unit.name,
      sex,
      ethnicityGroup,
      birthYear: civilOfDay(service.startDay).year - ageAtStart - 1,
      serviceStartDay: service.startDay,
      serviceEndDay: service.endDay,
      fte: drawFte(random, workforceType),
      name: drawName(random, sex, ethnicityGroup),
      collar: `SYN${String(collars[index] ?? 0).padStart(6, '0')}`,
      frailty: gamma(random, planted.frailtyShape, 1),
    };
  });
}

export function peopleRow(person: SyntheticPerson): readonly string[] {
  return [
    person.ref,
    person.workforceType,
    person.rank,
    person.role,
    person.unitName,
    person.sex,
    person.ethnicityGroup,
    String(person.birthYear),
    isoOfDay(person.serviceStartDay),
    person.serviceEndDay === null ? '' : isoOfDay(person.serviceEndDay),
    String(person.fte),
    person.name,
    person.collar,
  ];
}
