import type { Signposting } from '#shared/contract/report-spec.ts';
import type { FamilyImpactResult } from '#shared/domain/family-impact.ts';
import type { Block, ReportDocument, ReportSection } from '#shared/report/document.ts';
import { formatDate, formatNumber } from '#shared/report/format.ts';
import { sheetFindings } from './sheet-findings.ts';

export type FamilySheetFacts = {
  readonly spec: { readonly title: string; readonly marking: string; readonly signposting: Signposting };
  readonly synthetic: boolean;
  readonly result: FamilyImpactResult;
  /** Families that took part and couples who answered all, as they may be let out; null where withheld. */
  readonly families: number | null;
  readonly couples: number | null;
  /** Day of the last answer, ISO. */
  readonly lastDay: string;
  readonly engine: string;
};

/** One page for the families of a force, in plain words; about groups of ten and more only, and about no single family. */
export function familySheet(facts: FamilySheetFacts): ReportDocument {
  const { spec, lastDay, result } = facts;
  return {
    title: spec.title,
    subtitle: `Family survey, wave ${result.wave}. Last answer: ${formatDate(lastDay)}`,
    marking: spec.marking,
    language: 'en-GB',
    dataTo: lastDay,
    layout: 'sheet',
    about:
      'Police work comes home too. This sheet says what families told us, what may help, and who you can turn to. It is about groups of people. No one person or family can be picked out.',
    sections: [whoAnswered(facts), whatWeFound(facts), whatCanHelp(spec), whoToTurnTo(facts)],
  };
}

function whoAnswered({ families, couples, synthetic }: FamilySheetFacts): ReportSection {
  const took = families === null ? 'Families took part.' : `${formatNumber(families)} families took part.`;
  const both =
    couples === null
      ? ''
      : ` In ${formatNumber(couples)} of them, both the officer and the partner told us about strain and life as a couple.`;
  return {
    id: 'who',
    heading: 'Who took part',
    blocks: [
      ...(synthetic ? [syntheticNote] : []),
      {
        kind: 'paragraph',
        text: `${took}${both} Thank you. We only used answers from people who said yes first. If they changed their mind, we took their answers out.`,
      },
    ],
  };
}

const syntheticNote: Block = {
  kind: 'callout',
  tone: 'synthetic',
  title: 'A program made up these answers. They say nothing about any real force or family.',
  text: [],
};

function whatWeFound({ result }: FamilySheetFacts): ReportSection {
  return {
    id: 'found',
    heading: 'What we found',
    blocks: [
      { kind: 'list', ordered: false, items: sheetFindings(result) },
      {
        kind: 'paragraph',
        text: 'These things were often found side by side. The survey cannot tell which came first, or why. Your own family may be quite different.',
      },
    ],
  };
}

function whatCanHelp({ signposting }: FamilySheetFacts['spec']): ReportSection {
  return {
    id: 'help',
    heading: 'What may help',
    blocks: [{ kind: 'list', ordered: false, items: signposting.advice.map(({ words }) => words) }],
  };
}

function whoToTurnTo({ spec: { signposting }, engine }: FamilySheetFacts): ReportSection {
  return {
    id: 'turn-to',
    heading: 'Who you can turn to',
    blocks: [
      {
        kind: 'definitions',
        items: signposting.contacts.map(({ name, what, reach }) => ({
          term: name,
          meaning: [`${what} `, { text: reach, emphasis: 'strong' }],
        })),
      },
      {
        kind: 'callout',
        tone: 'caution',
        title: 'Is someone in danger now?',
        text: ['Call 999, or go to A&E. Asking for help is never a waste of time.'],
      },
      {
        kind: 'paragraph',
        tone: 'small',
        text: `We leave out anything about fewer than 10 people. Contacts were checked on ${formatDate(checkedOn(signposting))}. Made with ${engine}.`,
      },
    ],
  };
}

/** The day on which the oldest of it was checked, ISO. */
function checkedOn({ advice, contacts }: Signposting): string {
  return [...advice, ...contacts].reduce(
    (oldest, entry) => (entry.checkedOn < oldest ? entry.checkedOn : oldest),
    '9999-12-31',
  );
}
