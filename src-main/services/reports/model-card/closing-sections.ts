import glossary from '#resources/glossary.json' with { type: 'json' };
import tripod from '#resources/reporting-guidelines/tripod-ai.json' with { type: 'json' };
import type { EarlyWarningResult } from '#shared/domain/early-warning.ts';
import type { ChecklistAnswer, Citation } from '#shared/report/appendix-blocks.ts';
import type { Block, ReportSection } from '#shared/report/document.ts';
import { termsUsed } from '#shared/report/terms-used.ts';
import { countCell, numberCell } from '../added/added-part.ts';
import { machinery } from '../appendices/methods-section.ts';
import type { ModelCardFacts } from './model-card-facts.ts';

/** Where the card answers an item of the guideline beside what the item itself says, by its number. */
const answeredIn: Readonly<Record<string, readonly string[]>> = {
  2: ['summary'],
  '3a': ['purpose'],
  '3b': ['purpose'],
  '3c': ['fairness'],
  '5a': ['analyses'],
  '5b': ['waves'],
  '6b': ['data'],
  '8a': ['data'],
  '9b': ['coefficients'],
  10: ['data'],
  14: ['fairness'],
  15: ['capacity-table'],
  '20a': ['data'],
  '20b': ['predictor-means'],
  '20c': ['drift-figure'],
  21: ['accuracy'],
  22: ['coefficients'],
  '23a': ['accuracy'],
  '23b': ['accuracy', 'fairness'],
  25: ['checks'],
  26: ['checks'],
  '27b': ['decisions'],
  '27c': ['drift-figure'],
};

const cited: readonly Citation[] = [
  tripod.citation,
  {
    text: 'DeLong ER, DeLong DM, Clarke-Pearson DL (1988). Comparing the areas under two or more correlated receiver operating characteristic curves: a nonparametric approach. Biometrics 44(3): 837–845.',
    doi: '10.2307/2531595',
  },
  {
    text: 'Gray RJ (1992). Flexible methods for analyzing survival data using splines, with applications to breast cancer prognosis. Journal of the American Statistical Association 87(420): 942–951.',
    doi: '10.1080/01621459.1992.10476248',
  },
  {
    text: 'Harrell FE, Lee KL, Mark DB (1996). Multivariable prognostic models: issues in developing models, evaluating assumptions and adequacy, and measuring and reducing errors. Statistics in Medicine 15(4): 361–387.',
    doi: null,
  },
  {
    text: 'Mitchell M, Wu S, Zaldivar A and others (2019). Model cards for model reporting. Proceedings of the Conference on Fairness, Accountability, and Transparency: 220–229.',
    doi: '10.1145/3287560.3287596',
  },
  {
    text: 'Riley RD, Ensor J, Snell KIE and others (2020). Calculating the sample size required for developing a clinical prediction model. BMJ 368: m441.',
    doi: '10.1136/bmj.m441',
  },
  {
    text: 'Vickers AJ, Elkin EB (2006). Decision curve analysis: a novel method for evaluating prediction models. Medical Decision Making 26(6): 565–574.',
    doi: '10.1177/0272989X06295361',
  },
];

/** What stands at the end so that the card can be checked: the analysis, the checklist, terms and references. */
export function closingSections(facts: ModelCardFacts, body: readonly ReportSection[]): readonly ReportSection[] {
  const known = new Set(body.flatMap(({ id, blocks }) => [id, ...blocks.flatMap(idOf)]));
  const sections = [methodSection(facts), checklistSection(facts.result, new Set([...known, 'analyses']))];
  const terms = termsUsed([...body, ...sections], glossary.terms);
  return [
    ...sections,
    { id: 'terms', heading: 'Terms', blocks: [{ kind: 'glossary', terms }] },
    { id: 'references', heading: 'References', blocks: [{ kind: 'references', items: cited }] },
  ];
}

function idOf(block: Block): string[] {
  return 'id' in block && block.id !== undefined ? [block.id] : [];
}

function methodSection({ analysis, result }: ModelCardFacts): ReportSection {
  const { provenance } = analysis;
  const { screenings, unknown } = result.landmarks;
  const share = screenings === null || unknown === null || screenings === 0 ? null : unknown / screenings;
  const batches = Map.groupBy(provenance.batches, ({ kind }) => kind);
  return {
    id: 'analyses',
    heading: 'Analyses in full',
    blocks: [
      {
        kind: 'methods',
        threshold: 10,
        methods: [
          {
            ...machinery(analysis),
            title: 'Early warning',
            counted: 'screenings with a known outcome',
            n: countCell(result.sampleSize.held),
            missing: share === null ? numberCell(null, 0) : { kind: 'share', value: share, decimals: 0 },
            missingMeans: 'screenings whose outcome is not known, as a share of all',
          },
        ],
      },
      {
        kind: 'provenance',
        title: 'Made from',
        entries: [
          { name: 'Snapshot', value: provenance.snapshot, code: true },
          { name: 'Engine', value: provenance.engine },
          { name: 'Method', value: `${analysis.method} version ${analysis.version}` },
          {
            name: 'Batches',
            value: [...batches]
              .map(([kind, held]) => `${kind} ${held.map(({ batch }) => batch).join(', ')}`)
              .join('; '),
          },
        ],
      },
      {
        kind: 'paragraph',
        tone: 'small',
        text: 'The manifest beside this card lets another evaluator run it again: tidemark verify. A script for R that fits the same model is written with the analysis.',
      },
    ],
  };
}

/** Each item as the run fills it in; what the software cannot know is left to the force, and said to be. */
export function checklistSection(result: EarlyWarningResult, known: ReadonlySet<string>): ReportSection {
  return {
    id: 'checklist',
    heading: 'Reporting checklist',
    blocks: [
      {
        kind: 'paragraph',
        text:
          result.tripod.length === 0
            ? `No model was fitted, so there is nothing for which ${tripod.guideline} asks.`
            : `What ${tripod.guideline}, the guideline for reports of ${tripod.of}, asks for, as the run answers it.`,
      },
      ...(result.tripod.length === 0
        ? []
        : [
            {
              kind: 'checklist' as const,
              guideline: tripod.guideline,
              items: result.tripod.map(({ item, title, text }) => ({
                number: item,
                asks: title,
                answer: answerOf(item, text, known),
              })),
              notes: ['Items are in words of our own; the guideline itself is among the references.'],
            },
          ]),
    ],
  };
}

const forTheForce = 'Not known to the software';

function answerOf(item: string, text: string, known: ReadonlySet<string>): ChecklistAnswer {
  if (text.startsWith(forTheForce)) return { not: 'the software does not know it; it is for the force to state.' };
  return { answered: (answeredIn[item] ?? []).filter((id) => known.has(id)), note: text };
}
