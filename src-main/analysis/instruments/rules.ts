import type { InstrumentDefinition, InstrumentRule } from '#shared/domain/instrument.ts';

/** True, false, or null where a missing answer could decide either way (Kleene's three-valued logic). */
export type Truth = boolean | null;

type Criteria = ReadonlyMap<string, Truth>;
type Answers = readonly (number | null)[];

function allOf(truths: readonly Truth[]): Truth {
  if (truths.includes(false)) return false;
  return truths.includes(null) ? null : true;
}

function negated(truth: Truth): Truth {
  return truth === null ? null : !truth;
}

function between(truths: readonly Truth[], atLeast: number, atMost: number): Truth {
  const certain = truths.filter((truth) => truth === true).length;
  const possible = certain + truths.filter((truth) => truth === null).length;
  if (possible < atLeast || certain > atMost) return false;
  return certain >= atLeast && possible <= atMost ? true : null;
}

/** Whether a rule holds for the answers as given. A criterion that does not exist is undecided. */
export function evaluateRule(rule: InstrumentRule, answers: Answers, criteria: Criteria): Truth {
  const each = (rules: readonly InstrumentRule[]) => rules.map((part) => evaluateRule(part, answers, criteria));
  if ('item' in rule) {
    const answer = answers[rule.item - 1] ?? null;
    return answer === null ? null : answer >= rule.atLeast;
  }
  if ('all' in rule) return allOf(each(rule.all));
  if ('any' in rule) return negated(allOf(each(rule.any).map(negated)));
  if ('not' in rule) return negated(evaluateRule(rule.not, answers, criteria));
  if ('criterion' in rule) return criteria.get(rule.criterion) ?? null;
  return between(each(rule.countOf), rule.atLeast, rule.atMost ?? Number.POSITIVE_INFINITY);
}

type Classification = InstrumentDefinition['classifications'][number];

/** Value of the first outcome that holds; null where missing answers leave it open. */
export function classify(classification: Classification, answers: Answers): string | null {
  const criteria = new Map<string, Truth>();
  for (const { name, rule } of classification.criteria) criteria.set(name, evaluateRule(rule, answers, criteria));
  for (const outcome of classification.outcomes) {
    const truth = outcome.when === null ? true : evaluateRule(outcome.when, answers, criteria);
    if (truth === null) return null;
    if (truth) return outcome.value;
  }
  return null;
}
