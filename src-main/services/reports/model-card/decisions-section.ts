import type { Block, ReportSection } from '#shared/report/document.ts';
import { formatNumber, formatShare } from '#shared/report/format.ts';
import { textCell } from '../published-cells.ts';
import type { CardOfModel, DecisionByRole, ModelCardFacts } from './model-card-facts.ts';

const what: Readonly<Record<DecisionByRole['what'], string>> = {
  kept: 'Kept',
  used: 'Put into use',
  stopped: 'Taken out of use',
};

/** Who kept models, put them into use and took them out again, by role and never by name. */
export function decisionsSection({ history, kept, analysis }: ModelCardFacts): ReportSection {
  return {
    id: 'decisions',
    heading: 'Who decided what',
    blocks: [
      history.length === 0
        ? { kind: 'paragraph', text: 'No model is kept, so nothing was decided about one.' }
        : {
            kind: 'table',
            id: 'decisions-table',
            caption: 'Decisions on models of this vault, the oldest first',
            columns: [
              { label: 'On', align: 'end' },
              { label: 'Model', align: 'end' },
              { label: 'What', align: 'start' },
              { label: 'By', align: 'start' },
              { label: 'Reason', align: 'start' },
            ],
            rows: history.map(({ model, at, by, reason, ...decision }) => ({
              cells: [
                { kind: 'date', iso: at.slice(0, 10) },
                { kind: 'number', value: model, decimals: 0 },
                textCell(what[decision.what]),
                textCell(by),
                textCell(reason),
              ],
            })),
            notes: [
              'By the roles that people had then. Whoever keeps a model never puts it into use. Reasons stand as they were typed.',
            ],
          },
      ...(kept === null ? [] : keptBlocks(kept, analysis.version)),
    ],
  };
}

function keptBlocks(kept: CardOfModel, version: string): Block[] {
  const { id, hash, model, isSameData } = kept;
  return [
    { kind: 'heading', text: `Model ${id} as it was kept` },
    {
      kind: 'paragraph',
      text: `Support is offered from a chance of ${formatShare(model.threshold, 1)}. It was made on data to ${model.asOf} by version ${model.version} of the method${model.version === version ? '' : `, which is ${version} now`}, and passed every check then.`,
    },
    // On the same data it is the model in full above.
    ...(isSameData ? [] : [keptTable(kept)]),
    {
      kind: 'provenance',
      title: `Model ${id}`,
      entries: [
        { name: 'SHA-256 of the model', value: hash, code: true },
        { name: 'Snapshot it was made on', value: model.snapshot, code: true },
        { name: 'Engine', value: model.engine },
      ],
    },
  ];
}

function keptTable({ id, model }: CardOfModel): Block {
  return {
    kind: 'table',
    id: 'kept-model',
    caption: `Coefficients of model ${id} as it was kept`,
    columns: [
      { label: 'Predictor', align: 'start' },
      { label: 'Coefficient', unit: 'log odds', align: 'end' },
      { label: 'Shrunken odds ratio', align: 'end' },
    ],
    rows: model.terms.map(({ code, coefficient }) => ({
      cells: [
        textCell(code),
        { kind: 'number', value: coefficient, decimals: 4 },
        { kind: 'number', value: Math.exp(coefficient), decimals: 2 },
      ],
    })),
    notes: [`The intercept is ${formatNumber(model.intercept, 4)}.`],
  };
}
