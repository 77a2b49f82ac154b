import type { CodeRule, CodeRules } from '#shared/contract/code-rules.ts';
import { dayOfIso } from '#shared/domain/dates.ts';
import { exposureCategories, notTraumatic } from '#shared/domain/exposure-categories.ts';
import { type CodePlace, type CodeSet, comparableCode, countingCodes } from '#shared/domain/incident-codes.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';

/**
 * What the rules make of an incident: null where none of its codes has a rule, else the categories it is an exposure of
 * (indices into `exposureCategories`, ascending), none where its rules say that it is not traumatic.
 */
export type Outcome = readonly number[] | null;

/** The outcomes of one set of codes over time: `outcomes[k]` holds from `from[k]` to the day before `from[k + 1]`. */
export type OutcomeTimes = { readonly from: readonly number[]; readonly outcomes: readonly Outcome[] };

export type CompiledRules = {
  /** The outcomes of incidents with these codes, by the local day on which they were created. */
  readonly outcomes: (codes: CodeSet) => OutcomeTimes;
  /** Whether a rule for the code at this place is in force on the day. */
  readonly hasRule: (code: string, place: CodePlace, day: number) => boolean;
};

type Compiled = {
  readonly code: string;
  readonly from: number;
  readonly to: number;
  readonly match: 'closed' | 'opened' | 'any';
  /** Index into `exposureCategories`; −1 for a rule that says "not traumatic". */
  readonly category: number;
};

const always = Number.NEGATIVE_INFINITY;
const never = Number.POSITIVE_INFINITY;
const categoryIndex = new Map<string, number>(exposureCategories.map(({ code }, index) => [code, index]));

function compiledRule(rule: CodeRule): Compiled {
  return {
    code: comparableCode(rule.code),
    from: rule.from === undefined ? always : (dayOfIso(rule.from) ?? always),
    to: rule.to === undefined ? never : (dayOfIso(rule.to) ?? never),
    match: rule.match ?? 'any',
    category: rule.category === notTraumatic ? -1 : (categoryIndex.get(rule.category) ?? -1),
  };
}

function contradict(a: Compiled, b: Compiled): boolean {
  const samePlace = a.match === 'any' || b.match === 'any' || a.match === b.match;
  return samePlace && a.category !== b.category && a.from <= b.to && b.from <= a.to;
}

function inWords(rule: CodeRule, number: number): string {
  const days = [
    rule.from === undefined ? '' : ` from ${rule.from}`,
    rule.to === undefined ? '' : ` to ${rule.to}`,
  ].join('');
  return `rule ${number} (${rule.code.trim()} → ${rule.category}${days})`;
}

/**
 * Makes rules ready to be asked. The most specific rule that is in force on an incident's day speaks for a code: the code
 * itself before a longer beginning before a shorter one. Fails with `BAD_SPEC` where two rules say different things of the same
 * code on the same day, naming both.
 */
export function compileCodeRules(document: CodeRules): Result<CompiledRules> {
  const byCode = new Map<string, { readonly rule: Compiled; readonly number: number }[]>();
  for (const [index, given] of document.rules.entries()) {
    const rule = compiledRule(given);
    const others = byCode.get(rule.code) ?? [];
    const other = others.find((candidate) => contradict(candidate.rule, rule));
    if (other) {
      const before = document.rules[other.number - 1];
      return fail(
        'BAD_SPEC',
        `Two rules contradict each other: ${before ? inWords(before, other.number) : ''} and ${inWords(given, index + 1)}.`,
        'Nothing was saved. Take one of them out, or give them days or places that do not overlap.',
      );
    }
    byCode.set(rule.code, [...others, { rule, number: index + 1 }]);
  }
  return ok(rulesOver(byCode));
}

function rulesOver(byCode: ReadonlyMap<string, readonly { readonly rule: Compiled }[]>): CompiledRules {
  const prefixes = [...byCode.keys()].filter((code) => code.endsWith('*')).sort((a, b) => b.length - a.length);
  const remembered = new Map<string, readonly Compiled[]>();

  /** The rules that may speak for a code at a place, the most specific first. */
  const rulesFor = (given: string, place: CodePlace): readonly Compiled[] => {
    const name = `${place} ${given}`;
    const known = remembered.get(name);
    if (known) return known;
    const code = comparableCode(given);
    const beginnings = prefixes.filter((prefix) => code.startsWith(prefix.slice(0, -1)));
    const found = [code, ...beginnings]
      .flatMap((key) => byCode.get(key) ?? [])
      .map(({ rule }) => rule)
      .filter(({ match }) => match === 'any' || match === place);
    remembered.set(name, found);
    return found;
  };
  const ruleOn = (code: string, place: CodePlace, day: number): Compiled | undefined =>
    rulesFor(code, place).find((rule) => rule.from <= day && day <= rule.to);
  const outcomeOn = (codes: readonly string[], place: CodePlace, day: number): Outcome => {
    const found = codes.map((code) => ruleOn(code, place, day)).filter((rule) => rule !== undefined);
    if (found.length === 0) return null;
    const categories = new Set(found.map((rule) => rule.category).filter((category) => category >= 0));
    return [...categories].sort((a, b) => a - b);
  };
  return {
    hasRule: (code, place, day) => ruleOn(code, place, day) !== undefined,
    outcomes: (set) => {
      const { place, codes } = countingCodes(set);
      const days = new Set([always]);
      for (const rule of codes.flatMap((code) => rulesFor(code, place))) {
        days.add(rule.from);
        if (rule.to !== never) days.add(rule.to + 1);
      }
      const from = [...days].sort((a, b) => a - b);
      return { from, outcomes: from.map((day) => outcomeOn(codes, place, day)) };
    },
  };
}

/** Which outcome holds on a day; by index, as other facts may stand beside the outcomes. */
export function outcomeIndex({ from }: OutcomeTimes, day: number): number {
  let index = from.length - 1;
  while (index > 0 && (from[index] as number) > day) index -= 1;
  return index;
}
