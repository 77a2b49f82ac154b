import type { CaseEvent, CaseView } from '#shared/contract/cases.ts';
import {
  caseEventWords,
  decisionWords,
  notACrisisService,
  offerNotVerdict,
  originWords,
} from '#shared/domain/cases.ts';
import { exposureCategories } from '#shared/domain/exposure-categories.ts';
import {
  type Block,
  defaultMarking,
  type ReportDocument,
  type ReportSection,
  type TableCellValue,
  type TableColumn,
} from '#shared/report/document.ts';
import { formatDate } from '#shared/report/format.ts';
import type { IdentityField } from './identity.ts';

export type SummaryFacts = {
  readonly view: CaseView;
  readonly identity: readonly IdentityField[] | null;
  readonly madeBy: string;
  /** `31 Mar 2026, 14:05`. */
  readonly madeAt: string;
  readonly dataTo: string;
  readonly synthetic: boolean;
};

const mostMonths = 24;
const mostEvents = 60;

const cell = (text: string): TableCellValue => ({ kind: 'text', text });
const date = (iso: string | null): TableCellValue => (iso === null ? cell('–') : { kind: 'date', iso });
const column = (label: string, align: 'start' | 'end' = 'start'): TableColumn => ({ label, align });
const paragraph = (text: string): Block => ({ kind: 'paragraph', text });

function table(caption: string, columns: readonly TableColumn[], rows: readonly (readonly TableCellValue[])[]): Block {
  return { kind: 'table', caption, columns, rows: rows.map((cells) => ({ cells })), notes: [] };
}

function whoSection({ view, identity, synthetic, madeBy, madeAt }: SummaryFacts): ReportSection {
  const blocks: Block[] = [];
  if (synthetic) {
    const text = ['Everybody in this summary was made by a program.'];
    blocks.push({ kind: 'callout', tone: 'synthetic', title: 'Synthetic data', text });
  }
  const state = view.decision === null ? 'No decision yet' : decisionWords[view.decision];
  blocks.push({
    kind: 'definitions',
    items: [
      { term: 'Person', meaning: identity === null ? `Pseudonym ${view.person}` : view.person },
      ...(identity ?? []).map(({ name, value }) => ({ term: capital(name), meaning: value })),
      {
        term: 'Unit and role',
        meaning: `${view.timeline?.unit ?? 'unit not held'}; ${view.timeline?.role ?? 'role not held'}`,
      },
      { term: 'Case', meaning: `${view.case}, ${view.state}; ${originWords[view.origin].toLowerCase()}` },
      { term: 'Where it stands', meaning: view.due === null ? state : `${state}; due ${formatDate(view.due)}` },
      { term: 'Made', meaning: `By ${madeBy} on ${madeAt}` },
    ],
  });
  blocks.push({ kind: 'callout', tone: 'limits', title: 'What this is', text: [offerNotVerdict, notACrisisService] });
  return { id: 'person', heading: identity === null ? 'Person and case' : 'Person and case, with identity', blocks };
}

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

function reasonsSection(view: CaseView): ReportSection {
  const signals = view.signals.map(
    ({ words, scheme, asOf }) => `${words} (scheme ${scheme}, data to ${formatDate(asOf)})`,
  );
  const blocks: Block[] = [
    signals.length === 0
      ? paragraph('No exposure rule has raised a signal in this case.')
      : { kind: 'list', ordered: false, items: signals },
  ];
  const answers = view.safety.map(({ answer, givenOn, acknowledgedBy }) => {
    const given = givenOn === null ? 'on a day that is not known' : `on ${formatDate(givenOn)}`;
    if (answer === 'not seen') return `A self-harm question ${given}: safety answer not seen. This is not “no risk”.`;
    const seen = acknowledgedBy === null ? 'not acknowledged yet' : `acknowledged by ${acknowledgedBy}`;
    return `An answer to a self-harm question ${given} was above its first step; ${seen}.`;
  });
  if (answers.length > 0)
    blocks.push({ kind: 'heading', text: 'Safety answers' }, { kind: 'list', ordered: false, items: answers });
  return { id: 'reasons', heading: 'Why the case is open', blocks };
}

function exposureSection(view: CaseView): ReportSection {
  const counted = (view.timeline?.events ?? []).filter((event) => event.counted);
  if (counted.length === 0) {
    const why =
      view.timeline === null
        ? 'Not assessable: nobody of this pseudonym is in the data.'
        : 'No counted exposure is held.';
    return { id: 'exposure', heading: 'Exposure over time', blocks: [paragraph(why)] };
  }
  const label = (code: string): string => exposureCategories.find((entry) => entry.code === code)?.label ?? code;
  const months = new Map<string, number>();
  for (const { day } of counted) months.set(day.slice(0, 7), (months.get(day.slice(0, 7)) ?? 0) + 1);
  const recent = [...months].sort(([a], [b]) => (a < b ? 1 : -1)).slice(0, mostMonths);
  const events = [...counted].sort((a, b) => (a.day < b.day ? 1 : -1));
  const shown = events.slice(0, mostEvents);
  const more = events.length > shown.length ? `; the newest ${shown.length} of ${events.length}` : '';
  return {
    id: 'exposure',
    heading: 'Exposure over time',
    blocks: [
      table(
        'Counted exposures by month; months without any are left out',
        [column('Month'), column('Exposures', 'end')],
        recent.map(([month, count]) => [date(month), { kind: 'number', value: count, decimals: 0 }]),
      ),
      table(
        `Single exposures${more}`,
        [column('Day'), column('Kind'), column('Proximity')],
        shown.map(({ day, category, proximity }) => [date(day), cell(label(category)), cell(proximity ?? '–')]),
      ),
    ],
  };
}

function changeText({ sinceFirst, sincePrevious }: CaseView['scores'][number]): string {
  if (sinceFirst === 'First score') return 'The first score that is held.';
  const before = `Since the score before: ${sincePrevious}.`;
  return sinceFirst === sincePrevious ? before : `${before} Since the first: ${sinceFirst}.`;
}

function scoresSection({ scores, scoresNote }: CaseView): ReportSection {
  const blocks: Block[] = [paragraph(scoresNote)];
  for (const line of scores) {
    blocks.push({
      kind: 'definitions',
      items: [
        { term: formatDate(line.day), meaning: [{ text: line.scale, emphasis: 'strong' }, `: ${line.score}`] },
        ...(line.assessable
          ? [
              { term: 'Meaning', meaning: `${capital(line.band)}. ${line.caseness}.` },
              {
                term: 'Change',
                meaning: changeText(line),
              },
            ]
          : []),
      ],
    });
  }
  return { id: 'scores', heading: 'Scores, with reliable change', blocks };
}

function lifeSection({ absences, absenceWords, contacts }: CaseView): ReportSection {
  const blocks: Block[] = [paragraph(absenceWords)];
  if (absences.length > 0) {
    blocks.push(
      table(
        'Absences',
        [column('From'), column('To'), column('Reason'), column('FTE days', 'end')],
        absences.map(({ from, to, reason, fteDays }) => [
          date(from),
          to === null ? cell('not ended') : date(to),
          cell(reason ?? '–'),
          fteDays === null ? { kind: 'empty' } : { kind: 'number', value: fteDays, decimals: 1 },
        ]),
      ),
    );
  }
  blocks.push(
    contacts.length === 0
      ? paragraph('No contact with a support service is recorded.')
      : table(
          'Contacts with services',
          [column('Day'), column('Service'), column('Step')],
          contacts.map(({ day, service, step }) => [date(day), cell(service), cell(step)]),
        ),
  );
  return { id: 'absence', heading: 'Absence and contacts with services', blocks };
}

function eventLines(event: CaseEvent): Block {
  const what =
    event.decision === null
      ? caseEventWords[event.kind]
      : `${caseEventWords[event.kind]}: ${decisionWords[event.decision]}`;
  const items = [
    {
      term: 'Reason',
      meaning: event.hidden ? 'Hidden until both reviews are in.' : (event.reason ?? 'None was written.'),
    },
    ...(event.overrideReason === null ? [] : [{ term: 'Otherwise than suggested', meaning: event.overrideReason }]),
    ...(event.due === null ? [] : [{ term: 'Due', meaning: formatDate(event.due) }]),
  ];
  const day = formatDate(event.at.slice(0, 10));
  return {
    kind: 'definitions',
    items: [{ term: day, meaning: [{ text: what, emphasis: 'strong' }, ` by ${event.user}`] }, ...items],
  };
}

/** A case as a document for restricted use: by pseudonym, unless an identity is given. */
export function summaryDocument(facts: SummaryFacts): ReportDocument {
  const { view, identity, dataTo } = facts;
  return {
    title: `Case ${view.case}: summary`,
    subtitle: identity === null ? `Pseudonym ${view.person}` : 'With the identity of the person',
    marking: `${defaultMarking} – OCCUPATIONAL HEALTH IN CONFIDENCE`,
    language: 'en-GB',
    dataTo,
    about: `Made by ${facts.madeBy} on ${facts.madeAt} for the clinicians of occupational health. Not for line managers, and not for discipline, promotion, vetting or posting.`,
    sections: [
      whoSection(facts),
      reasonsSection(view),
      exposureSection(view),
      scoresSection(view),
      lifeSection(view),
      { id: 'decisions', heading: 'Decisions', blocks: view.events.map(eventLines) },
    ],
  };
}
