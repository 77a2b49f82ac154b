import { type Choice, choiceOf } from './distributions.ts';
import type { NameOrigin } from './names.ts';

/** How the invented force is made up. Shares are assumptions of this generator unless a source is named. */

export const roleNames = [
  'Response',
  'Neighbourhood',
  'CID',
  'Roads policing',
  'Child abuse investigation',
  'Digital forensics',
  'Call handling',
  'Dispatch',
  'Custody',
  'Dog unit',
  'Firearms',
  'Family liaison',
  'Offender management',
  'Scenes of crime',
] as const;
export type RoleName = (typeof roleNames)[number];

export type WorkforceType = 'officer' | 'staff' | 'PCSO' | 'special';

type RoleShape = {
  /** Share of the force. */
  readonly share: number;
  readonly workforce: Choice<WorkforceType>;
  /** One unit per district (with one or two teams), one per pair of districts, or one for the force. */
  readonly units: { readonly per: 'district' | 'pair' | 'force'; readonly names: readonly string[] };
  readonly proximity: 'direct' | 'secondary' | 'remote';
  /** Named by the national wellbeing service as a high-risk role (`domain.md` §1.2), so screened under that programme. */
  readonly highRisk: boolean;
};

const officers = choiceOf<WorkforceType>([['officer', 1]]);

/** About two thirds are officers; England and Wales had 62% on 31 March 2025 (`domain.md` §7.1). */
export const roleShapes: Readonly<Record<RoleName, RoleShape>> = {
  Response: {
    share: 0.3,
    workforce: choiceOf<WorkforceType>([
      ['officer', 92],
      ['special', 8],
    ]),
    units: { per: 'district', names: ['Response A', 'Response B'] },
    proximity: 'direct',
    highRisk: false,
  },
  Neighbourhood: {
    share: 0.15,
    workforce: choiceOf<WorkforceType>([
      ['officer', 50],
      ['PCSO', 45],
      ['special', 5],
    ]),
    units: { per: 'district', names: ['Neighbourhood'] },
    proximity: 'direct',
    highRisk: false,
  },
  CID: {
    share: 0.12,
    workforce: choiceOf<WorkforceType>([
      ['officer', 85],
      ['staff', 15],
    ]),
    units: { per: 'pair', names: ['CID'] },
    proximity: 'secondary',
    highRisk: false,
  },
  'Roads policing': {
    share: 0.04,
    workforce: choiceOf<WorkforceType>([
      ['officer', 97],
      ['special', 3],
    ]),
    units: { per: 'force', names: ['Roads Policing Unit'] },
    proximity: 'direct',
    highRisk: false,
  },
  'Child abuse investigation': {
    share: 0.04,
    workforce: choiceOf<WorkforceType>([
      ['officer', 75],
      ['staff', 25],
    ]),
    units: { per: 'force', names: ['Child Abuse Investigation Team'] },
    proximity: 'secondary',
    highRisk: true,
  },
  'Digital forensics': {
    share: 0.025,
    workforce: choiceOf<WorkforceType>([
      ['officer', 20],
      ['staff', 80],
    ]),
    units: { per: 'force', names: ['Digital Forensics Unit'] },
    proximity: 'secondary',
    highRisk: true,
  },
  'Call handling': {
    share: 0.09,
    workforce: choiceOf<WorkforceType>([
      ['officer', 2],
      ['staff', 98],
    ]),
    units: { per: 'force', names: ['Contact Centre'] },
    proximity: 'remote',
    highRisk: false,
  },
  Dispatch: {
    share: 0.04,
    workforce: choiceOf<WorkforceType>([
      ['officer', 15],
      ['staff', 85],
    ]),
    units: { per: 'force', names: ['Control Room'] },
    proximity: 'remote',
    highRisk: false,
  },
  Custody: {
    share: 0.05,
    workforce: choiceOf<WorkforceType>([
      ['officer', 45],
      ['staff', 55],
    ]),
    units: { per: 'force', names: ['Custody'] },
    proximity: 'direct',
    highRisk: false,
  },
  'Dog unit': {
    share: 0.02,
    workforce: officers,
    units: { per: 'force', names: ['Dog Unit'] },
    proximity: 'direct',
    highRisk: false,
  },
  Firearms: {
    share: 0.04,
    workforce: officers,
    units: { per: 'force', names: ['Armed Response'] },
    proximity: 'direct',
    highRisk: true,
  },
  'Family liaison': {
    share: 0.02,
    workforce: officers,
    units: { per: 'force', names: ['Family Liaison'] },
    proximity: 'secondary',
    highRisk: true,
  },
  'Offender management': {
    share: 0.04,
    workforce: choiceOf<WorkforceType>([
      ['officer', 70],
      ['staff', 30],
    ]),
    units: { per: 'force', names: ['Offender Management'] },
    proximity: 'secondary',
    highRisk: true,
  },
  'Scenes of crime': {
    share: 0.025,
    workforce: choiceOf<WorkforceType>([
      ['officer', 3],
      ['staff', 97],
    ]),
    units: { per: 'force', names: ['Scenes of Crime'] },
    proximity: 'direct',
    highRisk: true,
  },
};

const districtNames =
  'Eastmoor Westford Northgate Southwell Aldersyke Brackenridge Calderthorpe Dunmere Elmsworth Fenwick Garsdale Harrowbeck Inglethorpe Kelderton Larkhill Millbeck Netherby Oakshaw Penhallow Ravensby'.split(
    ' ',
  );

export type Unit = { readonly name: string; readonly role: RoleName };

/** Districts grow with the force, from 4 to 20, so that units keep a size that a sergeant or an inspector would know. */
export function unitsOf(people: number): readonly Unit[] {
  const districts = districtNames.slice(0, Math.min(districtNames.length, Math.max(4, Math.round(people / 300))));
  return roleNames.flatMap((role) => {
    const { per, names } = roleShapes[role].units;
    const places =
      per === 'district' ? districts : per === 'pair' ? districts.filter((_, index) => index % 2 === 0) : [''];
    return places.flatMap((place) => names.map((name) => ({ name: `${place} ${name}`.trim(), role })));
  });
}

export const ranks: Readonly<Record<WorkforceType, Choice<string>>> = {
  officer: choiceOf([
    ['Constable', 77],
    ['Sergeant', 15],
    ['Inspector', 5],
    ['Chief inspector', 2],
    ['Superintendent', 1],
  ]),
  staff: choiceOf([
    ['Grade C', 40],
    ['Grade D', 35],
    ['Grade E', 18],
    ['Grade F', 7],
  ]),
  PCSO: choiceOf([['PCSO', 1]]),
  special: choiceOf([
    ['Special constable', 90],
    ['Special sergeant', 10],
  ]),
};

/** Close to the published shares of women in England and Wales: about 36% of officers and 62% of staff. */
export const femaleShare: Readonly<Record<WorkforceType, number>> = {
  officer: 0.36,
  staff: 0.62,
  PCSO: 0.46,
  special: 0.32,
};

/** Close to the published ethnic make-up of the police workforce in England and Wales: about 8% from ethnic minorities. */
export const ethnicGroups = choiceOf([
  ['White', 89.3],
  ['Asian', 3.9],
  ['Mixed', 2.6],
  ['Black', 1.4],
  ['Other', 0.8],
  ['Not stated', 2],
]);

export const nameOrigins: Readonly<Record<string, Choice<NameOrigin>>> = {
  White: choiceOf<NameOrigin>([
    ['british', 78],
    ['celtic', 18],
    ['european', 4],
  ]),
  Asian: choiceOf<NameOrigin>([
    ['southAsian', 90],
    ['eastAsian', 10],
  ]),
  Mixed: choiceOf<NameOrigin>([
    ['british', 55],
    ['caribbean', 20],
    ['southAsian', 15],
    ['eastAsian', 10],
  ]),
  Black: choiceOf<NameOrigin>([
    ['african', 60],
    ['caribbean', 40],
  ]),
  Other: choiceOf<NameOrigin>([
    ['arabic', 70],
    ['eastAsian', 30],
  ]),
  'Not stated': choiceOf<NameOrigin>([
    ['british', 80],
    ['celtic', 10],
    ['southAsian', 10],
  ]),
};
