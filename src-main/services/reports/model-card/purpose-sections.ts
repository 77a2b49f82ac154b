import { limitsOfModel, mustNotBeUsedFor } from '#main/analysis/early-warning/model/model-card.ts';
import type { GateCheck } from '#shared/domain/early-warning.ts';
import type { Block, KeyFigure, ReportSection } from '#shared/report/document.ts';
import { formatNumber } from '#shared/report/format.ts';
import { syntheticNote } from '../frame-sections.ts';
import { textCell } from '../published-cells.ts';
import type { CardPart } from './counts-printed.ts';
import type { ModelCardFacts } from './model-card-facts.ts';

/** Whether it may be used, in one look. */
export function shortSection({ result, analysis, synthetic, kept, withheld }: ModelCardFacts): ReportSection {
  const { gate } = result;
  return {
    id: 'summary',
    heading: 'In short',
    blocks: [
      ...(synthetic ? [syntheticNote] : []),
      {
        kind: 'callout',
        tone: gate.fit ? 'finding' : 'caution',
        title: gate.fit ? 'Fit for use, by every check' : 'Not fit for use',
        text: [
          gate.fit
            ? 'It may be kept, and put into use by a clinician other than whoever kept it. Whoever it names is offered support after a person has looked.'
            : 'It raises no signals, and cannot be kept. The checks below say what is missing.',
        ],
      },
      { kind: 'key-figures', figures: keyFigures(result) },
      { kind: 'list', ordered: false, items: analysis.reading },
      ...(kept === null ? [] : keptBlocks(kept)),
      ...withheldBlocks(withheld),
    ],
  };
}

function keyFigures({ validation: { temporal }, signals }: ModelCardFacts['result']): readonly KeyFigure[] {
  const figure = (label: string, estimate: NonNullable<typeof temporal>['auc'] | undefined): KeyFigure => {
    if (!estimate) return { value: 'not assessable', label };
    const { low, high } = estimate;
    const ends = low === null || high === null ? {} : { note: `${formatNumber(low, 2)} to ${formatNumber(high, 2)}` };
    return { value: formatNumber(estimate.estimate, 2), label, ...ends };
  };
  return [
    figure('area under the curve', temporal?.auc),
    figure('calibration slope', temporal?.slope),
    figure('observed over expected', temporal?.observedExpected),
    { value: signals === null ? 'withheld' : formatNumber(signals), label: 'offers of support due now' },
  ];
}

/** That the figures are of the data now; what the model itself is stands in its own section. */
function keptBlocks({ id, isSameData }: NonNullable<ModelCardFacts['kept']>): Block[] {
  const text = isSameData
    ? `This is the card of model ${id}, on the data on which it was kept.`
    : `This is the card of model ${id}. Data, or the cases that are open, have changed since it was kept: its options were run again on what is held now, and the figures are of that run. What was kept stands under “Who decided what”.`;
  return [{ kind: 'paragraph', text }];
}

const partWords: Readonly<Record<CardPart, string>> = {
  today: 'of people who can be assessed',
  tested: 'of the screenings tested',
  whole: 'of all screenings',
  'outcome parts': 'of the two parts of the outcome',
  waves: 'of each wave',
  folds: 'of each wave as it was tested',
};

function withheldBlocks(withheld: readonly CardPart[]): Block[] {
  if (withheld.length === 0) return [];
  const words = withheld.map((part) => partWords[part]).join(', ');
  const text = `Counts ${words} are withheld: beside a report that was released before, a small number would follow from them. No other figure changes for it.`;
  return [{ kind: 'paragraph', tone: 'small', text }];
}

export function purposeSection({ result, run }: ModelCardFacts): ReportSection {
  return {
    id: 'purpose',
    heading: 'What it is for, and what it is not for',
    blocks: [
      {
        kind: 'definitions',
        items: [
          {
            term: 'For',
            meaning: `To help occupational-health clinicians decide to whom to offer support first. It foretells whether somebody who is well enough at a screening will, within ${run.horizonDays} days, reach ${result.caseWords} or begin a psychological absence of more than ${run.spellDays} days.`,
          },
          { term: 'Never for', meaning: mustNotBeUsedFor },
          {
            term: 'Who decides',
            meaning:
              'A model raises signals only once it has passed every check, somebody has kept it, and a clinician other than that person has put it into use. Any clinician takes it out of use at any time. A signal is an offer of support that a clinician looks at first; no decision about anybody is made by the model.',
          },
          {
            term: 'Who sees what',
            meaning:
              'Clinicians see whom it names, with the reasons in words and a chance in words. Analysts and evaluators see the model and this card, and never a person.',
          },
          {
            term: 'Not assessable',
            meaning:
              'Whoever has no recent, scored screening is counted with the reason. It says only that nothing can be said, and is never the same as no risk.',
          },
        ],
      },
    ],
  };
}

const stateWords = (passed: GateCheck['passed']): string =>
  passed === null ? 'Not judged' : passed ? 'Passed' : 'Failed';

export function checksSection({ result: { gate }, analysis }: ModelCardFacts): ReportSection {
  return {
    id: 'checks',
    heading: 'Whether it may be used, and its limits',
    blocks: [
      {
        kind: 'table',
        id: 'checks-table',
        caption: 'What fitness for use asks, and what was found',
        columns: [
          { label: 'What is asked', align: 'start' },
          { label: 'What was found', align: 'start' },
          { label: 'Verdict', align: 'start' },
        ],
        rows: gate.checks.map(({ words, found, passed }) => ({
          cells: [textCell(words), textCell(found), textCell(stateWords(passed))],
        })),
        notes: [
          'All of it must pass on waves that the model was not trained on. What cannot be judged does not pass. Figures are judged before they are rounded.',
        ],
      },
      ...(analysis.warnings.length === 0
        ? []
        : [{ kind: 'callout' as const, tone: 'caution' as const, title: 'To bear in mind', text: analysis.warnings }]),
      limits,
    ],
  };
}

const limits: Block = {
  kind: 'callout',
  tone: 'limits',
  title: 'What this cannot show',
  text: [
    limitsOfModel,
    'Screening is voluntary. Weights help only as far as predictors and role explain who answers; in validation the figures are those of people whose outcome is known, unweighted.',
    'Support that is given after a screening is part of what happens. A model that works may look worse for it, because those who are helped do not become cases.',
    'It was made and tested in one force. Nothing is claimed for another.',
  ],
};
