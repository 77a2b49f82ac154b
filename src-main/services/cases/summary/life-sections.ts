import type { CaseEvent, CaseView } from '#shared/contract/cases.ts';
import { caseEventWords, decisionWords } from '#shared/domain/cases.ts';
import type { Block, ReportSection } from '#shared/report/document.ts';
import { formatDate } from '#shared/report/format.ts';
import { cell, column, dateCell, paragraph, table } from './summary-blocks.ts';

export function absenceSection({ absences, absenceWords }: CaseView): ReportSection {
  return {
    id: 'absence',
    heading: 'Absence',
    blocks: [
      paragraph(absenceWords),
      ...(absences.length === 0
        ? []
        : [
            table(
              'Absences',
              [column('From'), column('To'), column('Reason'), column('FTE days', 'end')],
              absences.map(({ from, to, reason, fteDays }) => [
                dateCell(from),
                to === null ? cell('not ended') : dateCell(to),
                cell(reason ?? '–'),
                fteDays === null ? { kind: 'empty' } : { kind: 'number', value: fteDays, decimals: 1 },
              ]),
            ),
          ]),
    ],
  };
}

export function contactsSection({ contacts }: CaseView): ReportSection {
  return {
    id: 'contacts',
    heading: 'Contacts with services',
    blocks: [
      contacts.length === 0
        ? paragraph('No contact with a support service is recorded.')
        : table(
            'Contacts with services',
            [column('Day'), column('Service'), column('Step')],
            contacts.map(({ day, service, step }) => [dateCell(day), cell(service), cell(step)]),
          ),
    ],
  };
}

/** What was decided, by whom and why, in the order in which it was. */
export function decisionsSection({ events }: CaseView): ReportSection {
  return { id: 'decisions', heading: 'Decisions', blocks: events.map(eventBlock) };
}

function eventBlock(event: CaseEvent): Block {
  const what =
    event.decision === null
      ? caseEventWords[event.kind]
      : `${caseEventWords[event.kind]}: ${decisionWords[event.decision]}`;
  return {
    kind: 'definitions',
    items: [
      {
        term: formatDate(event.at.slice(0, 10)),
        meaning: [{ text: what, emphasis: 'strong' }, ` by ${event.user}`],
      },
      {
        term: 'Reason',
        meaning: event.hidden ? 'Hidden until both reviews are in.' : (event.reason ?? 'None was written.'),
      },
      ...(event.overrideReason === null ? [] : [{ term: 'Otherwise than suggested', meaning: event.overrideReason }]),
      ...(event.due === null ? [] : [{ term: 'Due', meaning: formatDate(event.due) }]),
    ],
  };
}
