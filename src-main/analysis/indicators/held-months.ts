import { holdsInPart } from '../exposure/trend/month-states.ts';
import { plainDate } from '../exposure/words.ts';
import { type DatedKind, datedKinds, type HeldSpan, type MeasureData } from './measure-data.ts';
import type { Month } from './spec.ts';

/** Of these there are rows on most days; the others come in waves, and a month that holds any of them is whole. */
const everyDay: ReadonlySet<DatedKind> = new Set(['exposures', 'absences']);

const words: Readonly<Record<DatedKind, string>> = {
  exposures: 'exposures',
  absences: 'absences',
  screenings: 'screenings',
  support: 'steps of support',
  peer_contacts: 'contacts with peers',
  peer_requests: 'requests for peer support',
};

/** Why an indicator made from such kinds cannot be measured in a month: what is held does not reach it. Null where it does. */
export function whyNotHeld(kinds: readonly string[], data: MeasureData, month: Month): string | null {
  for (const kind of datedKinds) {
    const span = kinds.includes(kind) ? data.spanOf(kind) : null;
    if (span === null) continue;
    const reason = whyOutside(kind, span, month);
    if (reason !== null) return reason;
  }
  return null;
}

/** Why what is held of an extract does not reach a month; null where it does. */
export function whyOutside(
  kind: DatedKind,
  span: HeldSpan,
  { firstDay, lastDay }: Pick<Month, 'firstDay' | 'lastDay'>,
): string | null {
  const isPart = everyDay.has(kind) && holdsInPart(span, firstDay, lastDay);
  const beginsLater = span.firstDay > lastDay || (isPart && span.firstDay > firstDay);
  const endsEarlier = span.lastDay < firstDay || (isPart && span.lastDay < lastDay);
  if (endsEarlier) return `The ${words[kind]} that are held end on ${plainDate(span.lastDay)}.`;
  return beginsLater ? `The ${words[kind]} that are held begin on ${plainDate(span.firstDay)}.` : null;
}
