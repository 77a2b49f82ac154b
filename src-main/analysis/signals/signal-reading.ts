import { dayOfIso } from '#shared/domain/dates.ts';
import type { Scheme } from '#shared/domain/scheme.ts';
import { counted, plainDate, plainNumber, plainShare } from '../exposure/words.ts';
import type { SignalsResult } from './signals.ts';

export type SignalReadingContext = {
  readonly scheme: Scheme;
  readonly clearAfterDays: number;
  readonly every: string;
  readonly coverage: number | null;
};

/** What the signals of a period say, with how they come about and their limits. */
export function readSignals(result: SignalsResult, context: SignalReadingContext): readonly string[] {
  const { scheme, clearAfterDays, every, coverage } = context;
  const { total, looks, rules } = result;
  const [first, last] = [looks[0]?.day ?? '', looks.at(-1)?.day ?? ''];
  const span = `${dateOf(first)} to ${dateOf(last)}`;
  const shown = coverage === null ? 'not known' : plainShare(coverage);
  const loudest = [...rules].sort((a, b) => b.signals - a.signals).find(({ signals }) => signals > 0);
  return [
    `Looked at every ${every} from ${span} (${counted(looks.length, 'look', 'looks')}), the rules of ${scheme.id} raised ${told(total.signals, 'signal', 'signals')} for ${told(result.peopleWithSignals, 'person', 'people')}; coverage is ${shown}.`,
    ...(total.signals === 0
      ? []
      : [
          `${capitalised(newAndAgain(total))}; ${told(total.joined, 'further look', 'further looks')} within the cool-down of ${counted(scheme.cooldown_days, 'day', 'days')} joined a signal that was there. None is left out.`,
        ]),
    ...(loudest ? [`The rule that spoke most often: ${loudest.words} (${told(loudest.signals)}).`] : []),
    `A rule over a window has cleared once it was false at every look for ${counted(clearAfterDays, 'day', 'days')}; after the last look something stands for ${told(result.peopleStanding, 'person', 'people')} of ${plainNumber(result.people)} in post.`,
    'A signal is a reason to offer support, never a verdict on anybody. Safety answers are no part of this, not even as a number: they go straight to the clinicians’ list.',
  ];
}

export function signalWarnings(result: SignalsResult, scheme: Scheme): readonly string[] {
  const warnings: string[] = [];
  if (result.people === 0) warnings.push('Nobody is in post at the last look.');
  if (scheme.review_triggers.length === 0)
    warnings.push(`The scheme ${scheme.id} has no rule that could raise a signal.`);
  if (result.atFirstLook > 0) {
    warnings.push(
      `${capitalised(told(result.atFirstLook, 'signal', 'signals'))} of the first look may have begun before it: begin earlier to see when.`,
    );
  }
  if (scheme.status !== 'approved') {
    warnings.push(`The scheme ${scheme.id} is not approved (${scheme.status}): use it to compare, not to decide.`);
  }
  return warnings;
}

const fewest = 5;

/** Of a total that is told, one part tells the other. */
function newAndAgain(total: { readonly new: number; readonly again: number }): string {
  const isFew = [total.new, total.again].some((count) => count > 0 && count < fewest);
  if (isFew && total.new > 0 && total.again > 0)
    return 'some were new, and the others said again that a rule still held';
  return `${told(total.new, 'was', 'were')} new and ${told(total.again)} said again that a rule still held`;
}

/** A count as it is told: `12 signals`; `fewer than 5 signals` where it is that few, so that no sentence says more than the tables. */
function told(count: number, one = '', many = ''): string {
  if (count > 0 && count < fewest) return `fewer than ${fewest} ${many}`.trim();
  return counted(count, one, many).trim();
}

function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function dateOf(iso: string): string {
  return plainDate(dayOfIso(iso) ?? 0);
}
