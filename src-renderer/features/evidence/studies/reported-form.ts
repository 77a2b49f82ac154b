import { type Reported, reportedSchema } from '#shared/domain/evidence/numbers.ts';
import type { studiesText as text } from './text.ts';

export type ReportedKind = keyof typeof text.kinds;
export type NumberName = keyof typeof text.numbers;

/** The numbers that are asked for by what a paper reports, in the order in which papers print them. */
export const numbersOf: Readonly<Record<ReportedKind, readonly NumberName[]>> = {
  means: ['n1', 'mean1', 'sd1', 'n2', 'mean2', 'sd2'],
  change: ['n', 'meanBefore', 'sdBefore', 'meanAfter', 'correlation'],
  events: ['events1', 'n1', 'events2', 'n2'],
  effect: ['estimate', 'se', 'low', 'high', 'n'],
  correlation: ['r', 'n'],
  proportion: ['events', 'n'],
};

export type ReportedForm = {
  readonly kind: ReportedKind;
  /** Of an effect alone. */
  readonly measure: string;
  readonly numbers: Readonly<Partial<Record<NumberName, string | number>>>;
};

/** What the form says, and what it gets wrong in words; both null while it is empty or not complete. */
export function reportedOf({ kind, measure, numbers }: ReportedForm): {
  readonly reported: Reported | null;
  readonly problem: string | null;
} {
  const given = numbersOf[kind].flatMap((name) => {
    const value = numbers[name];
    return value === undefined || value === '' ? [] : [[name, Number(value)] as const];
  });
  const parsed = reportedSchema.safeParse({
    of: kind,
    ...(kind === 'effect' ? { measure } : {}),
    ...Object.fromEntries(given),
  });
  if (parsed.success) return { reported: parsed.data, problem: null };
  const own = parsed.error.issues.find(({ code }) => code === 'custom');
  return { reported: null, problem: own?.message ?? null };
}
