import { decisionWords, notACrisisService, offerNotVerdict, originWords } from '#shared/domain/cases.ts';
import type { Block, ReportSection } from '#shared/report/document.ts';
import { formatDate } from '#shared/report/format.ts';
import { capital, cell, column, table } from './summary-blocks.ts';
import type { SummaryFacts } from './summary-facts.ts';

const syntheticNote: Block = {
  kind: 'callout',
  tone: 'synthetic',
  title: 'Synthetic data',
  text: ['Everybody in this summary was made by a program.'],
};

/** Whose case it is, what the summary is for, and what it is not. */
export function personSection({ view, identity, synthetic, reason, made }: SummaryFacts): ReportSection {
  const state = view.decision === null ? 'No decision yet' : decisionWords[view.decision];
  const unit = view.timeline?.unit ?? 'unit not held';
  const role = view.timeline?.role ?? 'role not held';
  return {
    id: 'person',
    heading: identity === null ? 'Person and case' : 'Person and case, with identity',
    blocks: [
      ...(synthetic ? [syntheticNote] : []),
      {
        kind: 'definitions',
        items: [
          { term: 'Person', meaning: identity === null ? `Pseudonym ${view.person}` : view.person },
          ...(identity ?? []).map(({ name, value }) => ({ term: capital(name), meaning: value })),
          { term: 'Unit and role', meaning: `${unit}; ${role}` },
          { term: 'Case', meaning: `${view.case}, ${view.state}; ${originWords[view.origin].toLowerCase()}` },
          {
            term: 'Where it stands',
            meaning: view.due === null ? state : `${state}; due ${formatDate(view.due)}`,
          },
          ...(reason === null ? [] : [{ term: 'Made for', meaning: reason }]),
          ...(made === null ? [] : [{ term: 'Made', meaning: `By ${made.by} on ${made.at}` }]),
        ],
      },
      {
        kind: 'callout',
        tone: 'caution',
        title: 'An offer of support, not a verdict',
        text: [
          offerNotVerdict,
          'It is not for discipline, promotion, vetting or posting, and no line manager may see it.',
          notACrisisService,
        ],
      },
    ],
  };
}

/** To be written in by hand, or in the Word file. */
const blank = '………………………………………………………………';
const yesOrNo = 'yes ……   no ……   on ………………………';

/** Nothing that a clinician writes of somebody goes out before they could see it and agreed. */
export const sightSection: ReportSection = {
  id: 'sight',
  heading: 'Sight and consent, before it is handed to anybody',
  blocks: [
    {
      kind: 'paragraph',
      text: 'Whoever this is about is offered sight of it before it goes, and it goes to nobody without their consent, which is written down (Faculty of Occupational Medicine). Fill this in by hand or in the Word file. Where the person does not agree, it stays in the case.',
    },
    table(
      'To be filled in',
      [column('What'), column('Filled in by the clinician')],
      [
        [cell('To whom it is to go'), cell(blank)],
        [cell('What for, and what of it they need'), cell(blank)],
        [cell('The person was offered sight of it'), cell(yesOrNo)],
        [cell('They have read it'), cell(yesOrNo)],
        [cell('What they asked to be changed or left out'), cell(blank)],
        [cell('They agree that it goes to those named'), cell(yesOrNo)],
        [cell('Name and signature of the person'), cell(blank)],
        [cell('Name and signature of the clinician'), cell(blank)],
      ],
    ),
  ],
};
