import type { CountToRelease } from '#main/disclosure/released-counts.ts';
import { listCaseEvents, listCases, listSignals } from '#main/store/case-records.ts';
import type { Connection } from '#main/store/connection.ts';
import { dayOfIso, londonDay } from '#shared/domain/dates.ts';
import type { ReportSection } from '#shared/report/document.ts';
import { textCell } from '../published-cells.ts';
import { type AddedPart, countCell, printed } from './added-part.ts';

export type NamedPeriod = { readonly name: string; readonly from: string; readonly to: string };

/** People, each counted once. Never which of them, nor what was seen of them. */
export type OffersOfPeriod = NamedPeriod & {
  /** For whom a signal stood as of a day of the period. */
  readonly signalled: number;
  /** To whom a clinician decided in the period to offer support, whatever the case began with. */
  readonly offered: number;
};

/** How often signals led to offers, as numbers of people and no more. */
export function offersOf(connection: Connection, period: NamedPeriod): OffersOfPeriod {
  const [first, last] = [dayOfIso(period.from) ?? 0, dayOfIso(period.to) ?? 0];
  const within = (day: number): boolean => day >= first && day <= last;
  const personOf = new Map(listCases(connection).map(({ id, person }) => [id, person]));
  const signalled = listSignals(connection).filter(({ asOfDay }) => within(asOfDay));
  const offered = listCaseEvents(connection).filter(
    ({ kind, decision, at }) =>
      kind === 'decision' && decision === 'contact' && within(londonDay(Math.floor(Date.parse(at) / 1_000))),
  );
  return {
    ...period,
    signalled: new Set(signalled.map(({ person }) => person)).size,
    offered: new Set(offered.map(({ caseId }) => personOf.get(caseId))).size,
  };
}

/**
 * @param minimum fewer people are withheld
 * @param isModelInUse whether an early-warning model raises signals, beside the rules of the scheme
 */
export function offersPart(periods: readonly OffersOfPeriod[], minimum: number, isModelInUse: boolean): AddedPart {
  const mayTell = (count: number): number | null => (count === 0 || count >= minimum ? count : null);
  const all = periods.flatMap(({ signalled, offered }) => [signalled, offered]);
  const counts = periods.flatMap(({ from, to, signalled, offered }): CountToRelease[] =>
    [['people with a signal', signalled] as const, ['people offered support by a clinician', offered] as const].flatMap(
      ([group, count]) => (mayTell(count) === null ? [] : [printed(group, { from, to }, count)]),
    ),
  );
  const withheld = all.filter((count) => mayTell(count) === null).length;
  return {
    analyses: [],
    withheld,
    counts: { workforce: [], clinical: counts },
    section: sectionOf(periods, mayTell, minimum, isModelInUse),
  };
}

function sectionOf(
  periods: readonly OffersOfPeriod[],
  mayTell: (count: number) => number | null,
  minimum: number,
  isModelInUse: boolean,
): ReportSection {
  const none = periods.every(({ signalled, offered }) => signalled === 0 && offered === 0);
  return {
    id: 'offers',
    heading: 'Signals and offers of support',
    blocks: [
      {
        kind: 'paragraph',
        text: `${isModelInUse ? 'An early-warning model was in use when this report was made, beside the rules of the weighting scheme.' : 'No early-warning model was in use when this report was made: signals come from the rules of the weighting scheme alone.'} Each signal goes to a clinician, who decides. No score is here, and none is anywhere outside the clinicians’ place.`,
      },
      none
        ? {
            kind: 'paragraph',
            text: 'No signal was raised and no offer decided in these quarters. Signals are raised in the place Exposure, offers decided in the place Cases.',
          }
        : {
            kind: 'table',
            id: 'offers-table',
            caption: 'Signals and offers, people counted once a quarter',
            columns: [
              { label: '', align: 'start' },
              ...periods.map(({ name }) => ({ label: name, align: 'end' as const })),
            ],
            rows: [
              {
                cells: [
                  textCell('People with a signal'),
                  ...periods.map(({ signalled }) => countCell(mayTell(signalled))),
                ],
              },
              {
                cells: [
                  textCell('People to whom a clinician decided to offer support'),
                  ...periods.map(({ offered }) => countCell(mayTell(offered))),
                ],
              },
            ],
            notes: [
              'An offer may follow a signal, a self-referral or anything else: where a case came from is sealed.',
            ],
            threshold: minimum,
          },
    ],
  };
}
