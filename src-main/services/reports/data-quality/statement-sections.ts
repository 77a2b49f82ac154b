import type { Block, ReportSection } from '#shared/report/document.ts';
import { formatDate, formatNumber } from '#shared/report/format.ts';
import { syntheticNote } from '../frame-sections.ts';
import { textCell } from '../published-cells.ts';
import { shareWords } from './codes-section.ts';
import { labelOf } from './extracts-sections.ts';
import { faultsOf } from './faults.ts';
import { type Answerable, answerable } from './questions.ts';
import type { JudgedRows, StatementFacts } from './statement-facts.ts';

function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatNumber(count)} ${count === 1 ? one : many}`;
}

function heldKinds({ quality }: StatementFacts): ReadonlySet<string> {
  return new Set(quality.freshness.filter(({ rows }) => rows > 0).map(({ kind }) => kind));
}

/** What there is to know of the data in one look. */
export function shortSection(facts: StatementFacts, judged: JudgedRows): ReportSection {
  const { batches, quality, spec, synthetic } = facts;
  const faults = faultsOf(facts);
  const of = (severity: string): number => faults.filter((fault) => fault.severity === severity).length;
  const open = answerable(heldKinds(facts)).filter(({ lacking }) => lacking.length > 0);
  const late = quality.freshness.filter(({ lateDays }) => lateDays !== null && lateDays > 0);
  return {
    id: 'summary',
    heading: 'In short',
    blocks: [
      ...(synthetic ? [syntheticNote] : []),
      {
        kind: 'key-figures',
        figures: [
          {
            value: formatNumber(heldKinds(facts).size),
            label: 'extracts held',
            note: `in ${plural(batches.length, 'batch', 'batches')}`,
          },
          { value: formatNumber(of('act')), label: 'faults to mend', note: 'figures are wrong until then' },
          { value: formatNumber(of('look')), label: 'to look into', note: 'figures may be wrong' },
          { value: formatNumber(open.length), label: 'questions that cannot be answered', note: 'with these extracts' },
        ],
      },
      {
        kind: 'list',
        ordered: false,
        items: [
          ...(facts.codes.all === 0 ? [] : [shareWords(facts, judged)]),
          late.length === 0
            ? `No extract is known to be late on ${formatDate(spec.to)}.`
            : `Late on ${formatDate(spec.to)}: ${late.map(({ label }) => label.toLowerCase()).join(', ')}.`,
          ...faults.filter(({ severity }) => severity === 'act').map(({ what }) => `${what}.`),
        ],
      },
    ],
  };
}

/** What these extracts can answer, with what is missing of it, and what they cannot. */
export function questionsSection(facts: StatementFacts): ReportSection {
  return {
    id: 'questions',
    heading: 'What can be answered with these data, and what cannot',
    blocks: [
      {
        kind: 'table',
        id: 'questions-table',
        caption: 'Questions, and whether the extracts held answer them',
        columns: [
          { label: 'Question', align: 'start' },
          { label: 'Analyses', align: 'start' },
          { label: 'With these data', align: 'start' },
        ],
        rows: answerable(heldKinds(facts)).map((entry) => ({
          cells: [
            textCell(entry.question.asks),
            textCell(entry.question.methods.join(', ')),
            textCell(answerWords(entry)),
          ],
        })),
        notes: [
          'That the extracts are there does not say that they are enough: each analysis says itself where it has too few people, and refuses.',
        ],
      },
      {
        kind: 'callout',
        tone: 'limits',
        title: 'What no check here can show',
        text: [
          'What was never recorded. Coverage says who has rows, not whether all that happened is in them.',
          'Whether a code means the same in every unit, and whether a score was answered as it was meant.',
          'How those are who did not answer, who left before the first extract, or whom the force did not employ.',
          'The data were gathered to run a police force, and not to answer these questions.',
        ],
      },
    ],
  };
}

function answerWords({ lacking, without }: Answerable): string {
  if (lacking.length > 0) {
    const words = lacking.map((kinds) => kinds.map((kind) => labelOf(kind).toLowerCase()).join(' or '));
    return `Cannot be answered: no ${words.join(', and no ')} held.`;
  }
  return without.length === 0 ? 'Can be answered.' : `Can be answered in part: ${without.join('; ')}.`;
}

/** For whoever answers for the data to sign, on paper or on screen. */
export function statementSection(facts: StatementFacts): ReportSection {
  const { spec, batches, analysis } = facts;
  const faults = faultsOf(facts);
  const wrong = faults.filter(({ severity }) => severity === 'act').length;
  const open = answerable(heldKinds(facts)).filter(({ lacking }) => lacking.length > 0);
  return {
    id: 'statement',
    heading: 'The statement',
    blocks: [
      {
        kind: 'list',
        ordered: true,
        items: [
          `On ${formatDate(spec.to)} this vault rests on ${plural(batches.length, 'batch', 'batches')} of ${plural(heldKinds(facts).size, 'extract')}, each named under “Every batch” with the hash of its file.`,
          'People stand in it under pseudonyms that this vault alone can make.',
          wrong === 0
            ? 'No fault is known that makes figures wrong.'
            : `${plural(wrong, 'fault')} ${wrong === 1 ? 'is' : 'are'} known that ${wrong === 1 ? 'makes' : 'make'} figures wrong until ${wrong === 1 ? 'it is' : 'they are'} mended: see “What was found, and what it does”.`,
          open.length === 0
            ? 'Every question that is listed can be answered, at least in part.'
            : `Not to be answered with it: ${open.map(({ question }) => question.asks.charAt(0).toLowerCase() + question.asks.slice(1)).join('; ')}.`,
          `Figures made from another snapshot than ${analysis.provenance.snapshot.slice(0, 16)}… rest on other data, and this statement says nothing of them.`,
        ],
      },
      signatures,
    ],
  };
}

/** Room to write on. */
const line = '…'.repeat(14);

const signatures: Block = {
  kind: 'table',
  id: 'signatures',
  caption: 'I have read this statement, and it agrees with what I know of the data',
  columns: [
    { label: 'As', align: 'start' },
    { label: 'Name', align: 'start' },
    { label: 'Date', align: 'start' },
    { label: 'Signature', align: 'start' },
  ],
  rows: ['Whoever imports the extracts', 'Evaluator', 'Data protection officer'].map((as) => ({
    cells: [textCell(as), textCell(line), textCell(line), textCell(line)],
  })),
  notes: ['Empty until it is signed. Tidemark signs for nobody.'],
};
