import type { CodeRule, CodeRules } from '#shared/contract/code-rules.ts';
import { exposureCategories, notTraumatic } from '#shared/domain/exposure-categories.ts';
import { comparableCode } from '#shared/domain/incident-codes.ts';
import { createMemory } from '../../bridge/memory.ts';

/** Rules that are being worked on and not saved; null while they are those in force. Kept until the vault locks. */
export const draftMemory = createMemory<CodeRules | null>(null);

export const categoryOptions: readonly { readonly value: string; readonly label: string }[] = [
  { value: notTraumatic, label: 'Not traumatic' },
  ...exposureCategories.map(({ code, label }) => ({ value: code, label })),
];

export function categoryLabel(category: string): string {
  return categoryOptions.find(({ value }) => value === category)?.label ?? category;
}

/** One text for one rule: what tells two of them apart. */
export function ruleKey({ code, category, from, to, match, note }: CodeRule): string {
  const anywhere = match === undefined || match === 'any';
  return JSON.stringify([comparableCode(code), category, from ?? '', to ?? '', anywhere ? '' : match, note ?? '']);
}

/** The category that a draft gives codes without a rule; by their comparable form. */
export function decisionsOf(draft: CodeRules, inForce: CodeRules): ReadonlyMap<string, string> {
  const before = new Set(inForce.rules.map(ruleKey));
  const added = draft.rules.filter((rule) => !before.has(ruleKey(rule)));
  return new Map(added.map((rule) => [comparableCode(rule.code), rule.category]));
}

/** The draft with codes decided, each by a rule for always; null takes a decision of this draft back. */
export function decide(
  draft: CodeRules,
  inForce: CodeRules,
  codes: readonly string[],
  categoryFor: (code: string) => string | null,
): CodeRules {
  const before = new Set(inForce.rules.map(ruleKey));
  const names = new Set(codes.map(comparableCode));
  const others = draft.rules.filter((rule) => before.has(ruleKey(rule)) || !names.has(comparableCode(rule.code)));
  const made = codes.flatMap((code): CodeRule[] => {
    const category = categoryFor(code);
    return category === null ? [] : [{ code, category }];
  });
  return { ...draft, rules: [...others, ...made] };
}

export function withoutRule(draft: CodeRules, rule: CodeRule): CodeRules {
  const key = ruleKey(rule);
  return { ...draft, rules: draft.rules.filter((candidate) => ruleKey(candidate) !== key) };
}

/** Puts a rule in the place of another, or behind the last where there is none to replace. */
export function withRule(draft: CodeRules, rule: CodeRule, replaced: CodeRule | null): CodeRules {
  const key = replaced === null ? null : ruleKey(replaced);
  const others = draft.rules.filter((candidate) => ruleKey(candidate) !== ruleKey(rule) || ruleKey(candidate) === key);
  if (!others.some((candidate) => ruleKey(candidate) === key)) return { ...draft, rules: [...others, rule] };
  return { ...draft, rules: others.map((candidate) => (ruleKey(candidate) === key ? rule : candidate)) };
}

export type DraftChanges = { readonly added: number; readonly removed: number };

export function changesOf(draft: CodeRules, inForce: CodeRules): DraftChanges {
  const before = new Set(inForce.rules.map(ruleKey));
  const after = new Set(draft.rules.map(ruleKey));
  return {
    added: [...after].filter((key) => !before.has(key)).length,
    removed: [...before].filter((key) => !after.has(key)).length,
  };
}
