import type { CostBasis } from '#shared/domain/support-services.ts';
import { isEnough } from './counts.ts';
import type { Course } from './courses.ts';
import type { FunnelStep } from './funnel.ts';

/** What the directory says of a service. */
export type ServiceTerms = {
  readonly service: string;
  readonly cost: { readonly gbp: number; readonly basis: CostBasis } | null;
  readonly capacityPerMonth: number | null;
};

/** What the costs extract says of a service; periods such as `2026-03`. */
export type PeriodCost = { readonly service: string; readonly period: string; readonly amountGbp: number };

export type UsageReason = 'few' | 'not-listed' | 'no-capacity' | 'no-cost';

/** How much a service was used, beside what it can take and what it costs; null with the reason where that cannot be told. */
export type ServiceUsage = {
  readonly isListed: boolean;
  readonly months: number;
  /** Courses with their first contact in the period, and those completed in it. */
  readonly contacts: number | null;
  readonly completed: number | null;
  readonly contactsPerMonth: number | null;
  readonly capacityPerMonth: number | null;
  /** Contacts a month over the capacity, 0 or more. */
  readonly shareOfCapacity: number | null;
  readonly capacityReason: UsageReason | null;
  readonly costGbp: number | null;
  readonly costFrom: 'costs' | 'directory' | null;
  readonly costPerContact: number | null;
  readonly costPerCompleted: number | null;
  readonly costReason: UsageReason | null;
};

const daysOfMonth = 365.25 / 12;

export type UsageInput = {
  readonly service: string;
  readonly courses: readonly Course[];
  readonly funnel: readonly FunnelStep[];
  readonly terms: ServiceTerms | null;
  readonly costs: readonly PeriodCost[];
  readonly fromDay: number;
  readonly toDay: number;
  /** Months of the period as `2026-03`. */
  readonly monthNames: ReadonlySet<string>;
  readonly minimum: number;
};

export function usageOf(input: UsageInput): ServiceUsage {
  const { courses, funnel, terms } = input;
  const months = (input.toDay - input.fromDay + 1) / daysOfMonth;
  const shownOf = (step: string): number | null => funnel.find((one) => one.step === step)?.people ?? null;
  const contacts = countIn(courses, (course) => course.contactDay, shownOf('contacted'), input);
  const completed = countIn(courses, (course) => course.completedDay, shownOf('completed'), input);
  const capacityPerMonth = terms?.capacityPerMonth ?? null;
  const perMonth = contacts === null ? null : contacts / months;
  return {
    isListed: terms !== null,
    months,
    contacts,
    completed,
    contactsPerMonth: perMonth,
    capacityPerMonth,
    shareOfCapacity: perMonth === null || capacityPerMonth === null ? null : perMonth / capacityPerMonth,
    capacityReason:
      capacityPerMonth === null ? (terms === null ? 'not-listed' : 'no-capacity') : contacts === null ? 'few' : null,
    ...costOf(input, months, contacts, completed),
  };
}

/**
 * Courses with such a day in the period. Withheld where few people stand behind them, or where a small number would follow from this
 * one and that of the funnel.
 */
function countIn(
  courses: readonly Course[],
  dayOf: (course: Course) => number | null,
  beside: number | null,
  { fromDay, toDay, minimum }: UsageInput,
): number | null {
  const own = courses.filter((course) => {
    const day = dayOf(course);
    return day !== null && day >= fromDay && day <= toDay;
  });
  if (new Set(own.map(({ member }) => member)).size < minimum) return null;
  return isEnough(Math.abs(own.length - (beside ?? own.length)), minimum) ? own.length : null;
}

/** The costs extract goes before the directory; months that it leaves out cost as much as those that it has. */
function costOf(
  { service, terms, costs, monthNames }: UsageInput,
  months: number,
  contacts: number | null,
  completed: number | null,
): Pick<ServiceUsage, 'costGbp' | 'costFrom' | 'costPerContact' | 'costPerCompleted' | 'costReason'> {
  const held = costs.filter((cost) => cost.service === service && monthNames.has(cost.period));
  const cost = terms?.cost ?? null;
  const each = (gbp: number, count: number | null): number | null => (count === null ? null : gbp / count);
  const told = (gbp: number, costFrom: 'costs' | 'directory') => ({
    costGbp: gbp,
    costFrom,
    costPerContact: each(gbp, contacts),
    costPerCompleted: each(gbp, completed),
    costReason: contacts === null ? ('few' as const) : null,
  });
  if (held.length > 0)
    return told((held.reduce((sum, { amountGbp }) => sum + amountGbp, 0) / held.length) * months, 'costs');
  if (cost?.basis === 'month') return told(cost.gbp * months, 'directory');
  if (cost !== null && contacts !== null) return told(cost.gbp * contacts, 'directory');
  return {
    costGbp: null,
    costFrom: null,
    costPerContact: null,
    costPerCompleted: null,
    costReason: cost !== null ? 'few' : terms === null ? 'not-listed' : 'no-cost',
  };
}
