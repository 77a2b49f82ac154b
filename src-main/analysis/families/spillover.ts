import { summarise } from '#main/stats/group-comparison/sample-summary.ts';
import { glm } from '#main/stats/procedures/glm/glm.ts';
import type { TermResult } from '#main/stats/procedures/term.ts';
import type {
  FamilyArrow,
  FamilyImpactResult,
  FamilyNode,
  FamilyRefused,
  FamilySpillover,
} from '#shared/domain/family-impact.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { categories, numbers, runOn, tableOf } from '../absence/model-table.ts';
import { arrowSentence, named } from './arrow-words.ts';
import { leastPeople, type ShowCount, toldRows } from './counts.ts';
import type { FamilyValues } from './officer-exposure.ts';

export const leastOfficers = 20;
const leastUnits = 3;
const dataName = 'officers.csv';

type Measures = FamilyImpactResult['measures'];
type SpilloverRow = FamilyValues & { readonly unit: string };

/**
 * Work–family conflict of officers on their exposure and distress, with errors that allow for officers of one unit being alike (CR2 by unit,
 * Satterthwaite's degrees of freedom).
 */
export function spilloverOf(
  values: readonly FamilyValues[],
  measures: Measures,
  windowDays: number,
  show: ShowCount,
): FamilySpillover | FamilyRefused {
  const complete = values.filter(
    (row): row is SpilloverRow =>
      row.unit !== null && ![row.exposure, row.officerDistress, row.conflict].some(Number.isNaN),
  );
  const rows = (complete.length < leastOfficers ? null : toldRows(complete, show)) ?? [];
  const units = new Set(rows.map(({ unit }) => unit)).size;
  if (rows.length < leastOfficers) {
    return refuse(
      `it needs ${leastOfficers} officers with exposure, distress, work–family conflict and a unit, and there are fewer`,
    );
  }
  if (units < leastUnits)
    return refuse(`the officers are of fewer than ${leastUnits} units, so errors by unit cannot be told`);
  const columns = { exposure: rows.map((row) => row.exposure), distress: rows.map((row) => row.officerDistress) };
  const conflict = rows.map((row) => row.conflict);
  const table = tableOf(rows.length, [
    numbers('exposure', columns.exposure),
    numbers('distress', columns.distress),
    numbers('conflict', conflict),
    categories(
      'unit',
      rows.map((row) => row.unit),
    ),
  ]);
  try {
    const found = runOn(
      glm,
      { formula: 'conflict ~ exposure + distress', robust: 'CR2', cluster: 'unit' },
      table,
      dataName,
    );
    const terms = found['terms'] as readonly TermResult[];
    const { rSquared } = found['fit'] as { readonly rSquared: number };
    const spread = (list: readonly number[]): number => summarise(Float64Array.from(list)).sd;
    const arrow = (name: 'exposure' | 'distress', among: string): FamilyArrow =>
      arrowOf(terms, name, spread(columns[name]) / spread(conflict), sentenceWords(measures, windowDays), among);
    return {
      refused: null,
      officers: rows.length,
      units: units < leastPeople ? null : units,
      rSquared,
      errors: 'CR2',
      diagram: {
        nodes: nodesOf(measures, windowDays),
        arrows: [
          arrow('exposure', 'among officers of the same distress'),
          arrow('distress', 'among officers of the same exposure'),
        ],
      },
    };
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    return refuse('exposure, distress or conflict do not vary enough among these officers');
  }
}

function refuse(reason: string): FamilyRefused {
  return { refused: `Spillover was not computed: ${reason}.` };
}

function arrowOf(
  terms: readonly TermResult[],
  name: 'exposure' | 'distress',
  scale: number,
  words: Readonly<Record<'exposure' | 'distress' | 'conflict', string>>,
  among: string,
): FamilyArrow {
  const term = terms.find((one) => one.term === name);
  if (!term || term.estimate === null || term.low === null || term.high === null || term.p === null) {
    throw new ExpectedError('REFUSED_MODEL', `There is no estimate for ${name}.`, 'Nothing was computed.');
  }
  const { estimate, low, high, p } = term;
  return {
    id: `${name}-conflict`,
    from: name === 'exposure' ? 'officer-exposure' : 'officer-distress',
    to: 'officer-conflict',
    kind: 'path',
    estimate,
    low,
    high,
    p,
    standardised: Number.isFinite(scale) ? estimate * scale : null,
    sentence: arrowSentence(words[name], words.conflict, { estimate, low, high }, among),
  };
}

function sentenceWords(measures: Measures, windowDays: number) {
  return {
    exposure: `the officer’s exposure in the ${windowDays} days before`,
    distress: named('officer', 'distress', measures.distress),
    conflict: named('officer', 'work–family conflict', measures.conflict),
  };
}

function nodesOf(measures: Measures, windowDays: number): FamilyNode[] {
  return [exposureNode(windowDays), distressNode('officer', measures), conflictNode(measures)];
}

export function exposureNode(windowDays: number): FamilyNode {
  return { id: 'officer-exposure', label: `Exposure in ${windowDays} days`, member: 'officer', measure: null };
}

export function distressNode(member: 'officer' | 'partner', { distress }: Measures): FamilyNode {
  const whose = member === 'officer' ? 'Officer’s' : 'Partner’s';
  return { id: `${member}-distress`, label: `${whose} distress`, member, measure: distress };
}

export function conflictNode({ conflict }: Measures): FamilyNode {
  return { id: 'officer-conflict', label: 'Officer’s work–family conflict', member: 'officer', measure: conflict };
}
