import { exposureCategories } from '#shared/domain/exposure-categories.ts';
import type { Scheme } from '#shared/domain/scheme.ts';
import { parseTriggerRule, type TriggerRule, triggerInWords } from '#shared/domain/trigger-rules.ts';
import { createMemory } from '../../bridge/memory.ts';

/** What is being written, kept while another place is looked at. */
export type Draft = {
  readonly document: Scheme;
  /** Null for the next version of a draft that is there. */
  readonly copiedFrom: string | null;
  readonly isNew: boolean;
};

/** What a part of the form is given. */
export type PartProps = { readonly document: Scheme; readonly onChange: (change: Partial<Scheme>) => void };

export const draftMemory = createMemory<Draft | null>(null);

export function categoryLabel(code: string): string {
  return exposureCategories.find((category) => category.code === code)?.label ?? code;
}

/** A copy to begin a new scheme from: it has no name yet, and nobody has approved it. */
export function copyOf(document: Scheme): Scheme {
  return { ...document, id: '', status: 'draft', approved_by: null, effective_from: null };
}

/** The first letter that no tier has. */
export function nextTierName(tiers: Scheme['tiers']): string {
  const letters = Array.from({ length: 26 }, (_, at) => String.fromCharCode(65 + at));
  return letters.find((letter) => !(letter in tiers)) ?? `T${Object.keys(tiers).length + 1}`;
}

/** The tiers with one of them renamed or given other content, in their order. */
export function withTier(
  tiers: Scheme['tiers'],
  name: string,
  change: { readonly name?: string; readonly weight?: number; readonly categories?: readonly string[] },
): Scheme['tiers'] {
  return Object.fromEntries(
    Object.entries(tiers).map(([own, tier]) =>
      own === name
        ? [
            change.name ?? own,
            { weight: change.weight ?? tier.weight, categories: [...(change.categories ?? tier.categories)] },
          ]
        : [own, tier],
    ),
  );
}

export function withoutTier(tiers: Scheme['tiers'], name: string): Scheme['tiers'] {
  return Object.fromEntries(Object.entries(tiers).filter(([own]) => own !== name));
}

/** A table of weights with one word set, or left out where it is empty. */
export function withWeight<Words extends Readonly<Record<string, number>>>(
  words: Words,
  word: string,
  value: number | null,
): Record<string, number> {
  const rest = Object.fromEntries(Object.entries(words).filter(([own]) => own !== word));
  return value === null ? rest : { ...rest, [word]: value };
}

/** What a number field holds: null where it is empty. */
export function numberTyped(value: string | number): number | null {
  if (value === '') return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

export type RuleKind = TriggerRule['kind'];

/** A rule as the form shows it; fields that its kind does not use keep what was typed. */
export type RuleFields = {
  readonly kind: RuleKind;
  readonly least: number;
  readonly percent: number;
  readonly windowDays: number;
  readonly tier: string;
  readonly category: string;
};

export const newRule: RuleFields = {
  kind: 'count',
  least: 8,
  percent: 95,
  windowDays: 180,
  tier: 'A',
  category: 'POLICE_CONTACT_DEATH',
};

/** The fields of a rule; null where it is written in a way that the form does not know. */
export function fieldsOf(rule: string, tiers: Scheme['tiers'], cooldownDays: number): RuleFields | null {
  const parsed = parsedRule(rule, tiers, cooldownDays);
  if (!parsed) return null;
  switch (parsed.kind) {
    case 'single':
      return { ...newRule, kind: 'single', category: parsed.category };
    case 'percentile':
      return { ...newRule, kind: 'percentile', percent: parsed.percent, windowDays: parsed.windowDays };
    case 'tier':
      return { ...newRule, kind: 'tier', tier: parsed.tier, least: parsed.least, windowDays: parsed.windowDays };
    case 'count':
      return { ...newRule, kind: 'count', least: parsed.least, windowDays: parsed.windowDays };
  }
}

/** The tier that a rule names, whether the scheme has it or not. */
function parsedRule(rule: string, tiers: Scheme['tiers'], cooldownDays: number): TriggerRule | null {
  const named = /^([A-Za-z][A-Za-z0-9_-]*)>=/.exec(rule)?.[1];
  const names = named === undefined ? Object.keys(tiers) : [...Object.keys(tiers), named];
  const parsed = parseTriggerRule(rule, names, cooldownDays);
  return parsed.ok ? parsed.value : null;
}

/** A rule as the document writes it. */
export function ruleOf({ kind, least, percent, windowDays, tier, category }: RuleFields): string {
  switch (kind) {
    case 'count':
      return `count>=${least} in ${windowDays}d`;
    case 'tier':
      return `${tier}>=${least} in ${windowDays}d`;
    case 'percentile':
      return `pctile>=${percent} within role in ${windowDays}d`;
    case 'single':
      return `single:${category}`;
  }
}

export function ruleInWords(rule: string, { tiers, cooldown_days: cooldownDays }: Scheme): string {
  const parsed = parsedRule(rule, tiers, cooldownDays);
  return parsed ? triggerInWords(parsed) : rule;
}
