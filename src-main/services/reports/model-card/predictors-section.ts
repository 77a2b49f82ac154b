import type { ForestSpec } from '#shared/charts/chart-spec.ts';
import type { EarlyWarningResult } from '#shared/domain/early-warning.ts';
import type { Block, ReportSection, TableCellValue } from '#shared/report/document.ts';
import { formatNumber } from '#shared/report/format.ts';
import { textCell } from '../published-cells.ts';
import type { ModelCardFacts } from './model-card-facts.ts';

type Model = NonNullable<EarlyWarningResult['model']>;
type Term = Model['terms'][number];

/** Odds ratios of a usual difference, one standard deviation, before shrinkage; null where there are none. */
export function oddsRatio({ unpenalised, sd }: Term): { estimate: number; low: number; high: number } | null {
  if (unpenalised === null || unpenalised.low === null || unpenalised.high === null) return null;
  const { estimate, low, high } = unpenalised;
  return { estimate: Math.exp(sd * estimate), low: Math.exp(sd * low), high: Math.exp(sd * high) };
}

export function predictorsSection({ result: { model, rules } }: ModelCardFacts): ReportSection {
  return {
    id: 'predictors',
    heading: 'What it looks at, and what was tried beside it',
    blocks: [
      ...(model === null
        ? [{ kind: 'paragraph' as const, text: 'No model was fitted. The checks say what is lacking.' }]
        : modelBlocks(model)),
      { kind: 'heading', text: 'The rules that it must beat' },
      {
        kind: 'paragraph',
        text: 'Plain rules that anybody can count by hand, one point each, tested on the same waves. A model that does no better is not fit for use.',
      },
      rules.words.length === 0
        ? { kind: 'paragraph', text: 'No rules were tested, as no model was fitted.' }
        : { kind: 'list', ordered: false, items: rules.words },
    ],
  };
}

function modelBlocks(model: Model): Block[] {
  const drawn = model.terms.some((term) => oddsRatio(term) !== null);
  return [
    {
      kind: 'paragraph',
      text: 'A logistic regression with a ridge penalty. The predictors were stated beforehand and none was chosen by the data; no protected characteristic and no free text is among them. They are associations, not causes.',
    },
    ...(drawn ? [forest(model)] : []),
    {
      kind: 'table',
      id: 'coefficients',
      caption: 'The model in full',
      columns: [
        { label: 'Predictor', align: 'start' },
        { label: 'Coefficient', unit: 'log odds', align: 'end' },
        { label: 'Shrunken odds ratio', align: 'end' },
        { label: 'Odds ratio', align: 'end' },
        { label: '95% interval', align: 'end' },
      ],
      rows: model.terms.map((term) => ({
        cells: [
          textCell(capital(term.words)),
          { kind: 'number', value: term.coefficient, decimals: 4 },
          { kind: 'number', value: Math.exp(term.coefficient), decimals: 2 },
          ...plainRatio(term),
        ],
      })),
      notes: [
        `Each odds ratio is for one more of the unit. A chance is the inverse logit of ${formatNumber(model.intercept, 4)} plus each coefficient times its predictor. The penalty (lambda) is ${formatNumber(model.lambda, 4)}, which leaves ${formatNumber(model.effectiveParameters, 1)} effective parameters.`,
        'Shrunken coefficients score people and have no honest interval; beside them stand the odds ratios that the data give without shrinkage, with errors by person.',
      ],
    },
    {
      kind: 'table',
      id: 'predictor-means',
      caption: 'The predictors among the screenings learnt from',
      columns: [
        { label: 'Predictor', align: 'start' },
        { label: 'Unit', align: 'start' },
        { label: 'Mean', align: 'end' },
        { label: 'SD', align: 'end' },
      ],
      rows: model.terms.map(({ words, unit, mean, sd }) => ({
        cells: [
          textCell(capital(words)),
          textCell(unit),
          { kind: 'number', value: mean, decimals: 2 },
          { kind: 'number', value: sd, decimals: 2 },
        ],
      })),
      notes: [],
    },
  ];
}

function capital(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

function plainRatio({ unpenalised }: Term): TableCellValue[] {
  if (unpenalised === null) return [{ kind: 'not-assessable' }, { kind: 'not-assessable' }];
  const { estimate, low, high } = unpenalised;
  return [
    { kind: 'number', value: Math.exp(estimate), decimals: 2 },
    low === null || high === null
      ? { kind: 'not-assessable' }
      : { kind: 'interval', low: Math.exp(low), high: Math.exp(high), decimals: 2 },
  ];
}

function forest({ terms }: Model): Block {
  const rows = terms.map((term) => {
    const found = oddsRatio(term);
    return { label: term.words, estimate: found?.estimate ?? null, low: found?.low ?? null, high: found?.high ?? null };
  });
  const clear = rows.filter(({ low, high }) => low !== null && high !== null && (low > 1 || high < 1));
  const chart: ForestSpec = {
    kind: 'forest',
    measure: 'odds ratio for a usual difference (one SD), log scale',
    decimals: 2,
    rows,
  };
  return {
    kind: 'figure',
    title:
      clear.length === 0
        ? 'No predictor by itself goes clearly with more or fewer cases'
        : `Clearly going with more or fewer cases: ${clear.map(({ label }) => label).join('; ')}`,
    caption: 'Odds ratios of the predictors for one standard deviation more, before shrinkage, with 95% intervals',
    description: rows
      .map(({ label, estimate }) => `${label} ${estimate === null ? 'not assessable' : formatNumber(estimate, 2)}`)
      .join('; '),
    chart,
    data: {
      columns: [
        { label: 'Predictor', align: 'start' },
        { label: 'Odds ratio', align: 'end' },
        { label: '95% interval', align: 'end' },
      ],
      rows: rows.map(({ label, estimate, low, high }) => ({
        cells: [
          textCell(label),
          estimate === null ? { kind: 'not-assessable' } : { kind: 'number', value: estimate, decimals: 2 },
          low === null || high === null ? { kind: 'not-assessable' } : { kind: 'interval', low, high, decimals: 2 },
        ],
      })),
      notes: [],
    },
  };
}
