import glossary from '#resources/glossary.json' with { type: 'json' };
import record from '#resources/reporting-guidelines/record.json' with { type: 'json' };
import strobe from '#resources/reporting-guidelines/strobe.json' with { type: 'json' };
import type { ChecklistAnswer } from '#shared/report/appendix-blocks.ts';
import type { ReportSection } from '#shared/report/document.ts';
import { termsUsed } from '#shared/report/terms-used.ts';
import { guidelineSection } from '../appendices/guideline-section.ts';
import { machinery } from '../appendices/methods-section.ts';
import { shown } from '../published-cells.ts';
import { countName } from './counts-to-judge.ts';
import type { JudgedRows, StatementFacts } from './statement-facts.ts';

/** How an item of the guideline is answered by a statement on data, by its number. */
const answers: Readonly<Record<string, ChecklistAnswer>> = {
  '1.1': { answered: ['extracts'] },
  '1.2': { answered: ['freshness'], note: 'one police force, which the front page is for' },
  '1.3': {
    answered: ['statement'],
    note: 'extracts are linked by pseudonym inside the vault, and with nothing outside it',
  },
  '6.1': { answered: ['coverage'], note: 'everybody in the people extract; nobody was chosen' },
  '6.2': { not: 'nobody has compared the codes of these extracts with the case files. It is for the force to state.' },
  '6.3': {
    answered: ['faults'],
    note: 'rows of people who are not among the imported people; other linkage there is none',
  },
  '7.1': { answered: ['codes'], note: 'the rules themselves are exported from Tidemark as a file' },
  '12.1': { answered: ['extracts'], note: 'the extracts as they were exported, whole' },
  '12.2': {
    answered: ['extracts', 'faults'],
    note: 'rows are checked on import, rejected or noted, and never changed',
  },
  '12.3': {
    answered: ['faults'],
    note: 'by the reference of a person, made into a pseudonym; rows that find nobody are counted',
  },
  '13.1': { answered: ['rows'], note: 'read, accepted, held already, rejected' },
  '19.1': { answered: ['questions'], note: 'what no check here can show' },
  '22.1': {
    answered: ['batches', 'analyses'],
    note: 'the manifest names every file; rows of people never leave the vault',
  },
};

/** What stands at the end so that the statement can be checked. */
export function closingSections(
  facts: StatementFacts,
  judged: JudgedRows,
  body: readonly ReportSection[],
): readonly ReportSection[] {
  const sections = [methodSection(facts, judged), guidelineSection(record, answers, strobe)];
  const terms = termsUsed([...body, ...sections], glossary.terms);
  return [
    ...sections,
    { id: 'terms', heading: 'Terms', blocks: [{ kind: 'glossary', terms }] },
    {
      id: 'references',
      heading: 'References',
      blocks: [{ kind: 'references', items: [record.citation, strobe.citation] }],
    },
  ];
}

function methodSection({ analysis, codes }: StatementFacts, judged: JudgedRows): ReportSection {
  const { provenance } = analysis;
  const [all, covered] = [judged(countName.codes('all')), judged(countName.codes('covered'))];
  const missing =
    codes.all === 0 || all.value === null || covered.value === null ? null : 1 - covered.value / all.value;
  return {
    id: 'analyses',
    heading: 'Analyses in full',
    blocks: [
      {
        kind: 'methods',
        threshold: 5,
        methods: [
          {
            ...machinery(analysis),
            title: 'Data quality',
            counted: 'exposure rows and attendances',
            n: codes.all === 0 ? { kind: 'number', value: 0, decimals: 0 } : shown(all),
            missing:
              codes.all === 0
                ? { kind: 'not-assessable' }
                : missing === null
                  ? { kind: 'withheld', reason: 'derived' }
                  : { kind: 'share', value: missing, decimals: 1 },
            missingMeans: 'those whose code has no rule or whose incident is not imported, as a share of all',
          },
        ],
      },
      {
        kind: 'definitions',
        items: [
          {
            term: 'Withheld',
            meaning:
              'Counts of rows from 1 to 4, of screenings, families, support and adverse events from 1 to 9, and others from which one of these could be worked out.',
          },
          {
            term: 'Gap',
            meaning:
              'A month of a unit of ten people or more without a row, where its usual share of people with rows leaves less than 1 in 100 to chance; or with a third of the usual share or less.',
          },
          {
            term: 'Late',
            meaning:
              'Beyond the median number of days between the last days of its batches, and a quarter of it or two days, whichever is more.',
          },
          {
            term: 'Unusual volume',
            meaning:
              'Rows of a month outside the process limits of an XmR chart of the months before, or a run of months on one side.',
          },
          {
            term: 'New or vanished code',
            meaning:
              'A code that stands in the last three months and not before, or the other way round; changes of a share are tested, and adjusted for their number by Benjamini and Hochberg.',
          },
        ],
      },
      {
        kind: 'provenance',
        title: 'Made from',
        entries: [
          { name: 'Snapshot', value: provenance.snapshot, code: true },
          { name: 'Engine', value: provenance.engine },
          ...(provenance.codeRules === null
            ? []
            : [
                {
                  name: `Code rules, version ${provenance.codeRules.version}`,
                  value: provenance.codeRules.hash,
                  code: true,
                },
              ]),
        ],
      },
    ],
  };
}
