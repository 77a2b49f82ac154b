import type { DataTable } from '../../data/table.ts';
import { columnsOfFormula, parseFormula } from '../../formula/formula.ts';
import type { Outcome, Procedure, RunContext } from '../procedure.ts';
import { covariateText, responseText } from '../shared/covariate-terms.ts';
import { badSpec } from '../shared/did-messages.ts';
import { groupTimeOutcome } from './group-time.ts';
import { type DidInput, didInput } from './input.ts';
import { type DidMethod, type DidSpec, didSchema } from './spec.ts';
import { twoByTwoOutcome } from './two-by-two.ts';
import { eventStudyOutcome, twoWayOutcome } from './two-way.ts';

function formulaText(spec: DidSpec): string {
  const terms = covariateText(spec.covariates);
  return `${responseText(spec.y)} ~ ${terms === '' ? '1' : terms}`;
}

function columnsOf(spec: DidSpec): string[] {
  const named = [spec.unit, spec.time, spec.treatedFrom, spec.treated, spec.post, spec.cluster];
  return [...columnsOfFormula(parseFormula(formulaText(spec))), ...named.filter((name) => name !== undefined)];
}

function methodOf(spec: DidSpec): DidMethod {
  return spec.method ?? (spec.treated === undefined ? 'group-time' : '2x2');
}

function refuseMixed(spec: DidSpec, method: DidMethod): void {
  const byUnits = [spec.unit, spec.time, spec.treatedFrom].filter((name) => name !== undefined).length;
  const byArms = [spec.treated, spec.post].filter((name) => name !== undefined).length;
  const enough =
    byArms === 2 && method === '2x2' ? byUnits === 0 || spec.treatedFrom === undefined : byUnits === 3 && byArms === 0;
  if (!enough) {
    throw badSpec(
      method === '2x2'
        ? '2x2 needs either the columns “treated” and “post”, or “unit”, “time” and “treatedFrom”.'
        : `${method} needs the columns “unit”, “time” and “treatedFrom”, not “treated” and “post”.`,
      'Name the columns.',
    );
  }
  if (spec.robust !== undefined && (method !== '2x2' || spec.cluster !== undefined)) {
    throw badSpec('“robust” is for 2x2 without clusters.', 'Leave it out.');
  }
}

function run(table: DataTable, spec: DidSpec, context: RunContext): Outcome {
  const method = methodOf(spec);
  refuseMixed(spec, method);
  const input: DidInput = didInput(table, spec, formulaText(spec), method, context);
  const outcomes = {
    '2x2': twoByTwoOutcome,
    twfe: twoWayOutcome,
    'event-study': eventStudyOutcome,
    'group-time': groupTimeOutcome,
  };
  return { n: input.y.length, excluded: input.frame.excluded, method, ...outcomes[method](input) };
}

const exampleRows = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].flatMap((unit, u) =>
  [1, 2, 3, 4].map((time) => {
    const from = u < 3 ? 3 : u < 5 ? 4 : 0;
    const value = 10 + u + 0.5 * time + ((u * 7 + time * 5) % 4) / 4 - (from > 0 && time >= from ? 2 : 0);
    return `${unit},${time},${from === 0 ? '' : from},${value}`;
  }),
);

export const did: Procedure<DidSpec> = {
  name: 'did',
  summary:
    'Difference-in-differences: how treated units changed against units that were not treated, whenever each began.',
  schema: didSchema,
  columns: columnsOf,
  run,
  example: {
    question: 'How did areas change that began in month 3 or 4, against those that never did?',
    data: `area,month,began,rate\n${exampleRows.join('\n')}\n`,
    spec: { y: 'rate', unit: 'area', time: 'month', treatedFrom: 'began', method: 'group-time' },
  },
};
