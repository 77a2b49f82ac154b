import { attributions, exposureCategories, proximities } from '#shared/domain/exposure-categories.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { type Scheme, schemeSchema } from '#shared/domain/scheme.ts';
import { parseTriggerRule, reservedTierNames, type TriggerRule } from '#shared/domain/trigger-rules.ts';
import { attributeValues, type ExposureDays, type PackedExposures, unpackAttributes } from './packed-exposures.ts';

/** A scheme that was checked and made ready for many events. */
export type CompiledScheme = {
  readonly scheme: Scheme;
  /** Tier weight by category code; a code that is not here weighs 1. */
  readonly tierWeights: ReadonlyMap<string, number>;
  readonly tierOfCategory: ReadonlyMap<string, string>;
  /** Proximity × attribution × first on scene × known victim, by the attributes byte of `PackedExposures`. */
  readonly attributeWeights: Float64Array;
  readonly triggers: readonly TriggerRule[];
  /** True when every event weighs 1 and no day is capped (`count-v1`): loads are plain counts. */
  readonly countsOnly: boolean;
};

/**
 * Checks a scheme document and compiles it. Fails with `BAD_SPEC` when it is not a scheme, when a tier lists a category
 * that does not exist or that another tier has, when a weight is given for a word outside the closed lists, or when
 * a review trigger does not follow the grammar.
 */
export function compileScheme(document: unknown): Result<CompiledScheme> {
  const parsed = schemeSchema.safeParse(document);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const place = issue === undefined || issue.path.length === 0 ? 'the document' : `"${issue.path.join('.')}"`;
    return refused(`${place} does not fit: ${issue?.message ?? 'unknown problem'}`);
  }
  const scheme = parsed.data;
  const problem = tierProblem(scheme) ?? wordProblem(scheme);
  if (problem !== null) return refused(problem);
  const triggers: TriggerRule[] = [];
  for (const { rule } of scheme.review_triggers) {
    const trigger = parseTriggerRule(rule, Object.keys(scheme.tiers), scheme.cooldown_days);
    if (!trigger.ok) return trigger;
    triggers.push(trigger.value);
  }
  const tiers = Object.entries(scheme.tiers);
  const tierWeights = new Map(tiers.flatMap(([, tier]) => tier.categories.map((code) => [code, tier.weight] as const)));
  const tierOfCategory = new Map(tiers.flatMap(([name, tier]) => tier.categories.map((code) => [code, name] as const)));
  const attributeWeights = attributeTable(scheme);
  const perHour = scheme.modifiers.minutes_on_scene?.per_hour ?? 0;
  const countsOnly =
    scheme.cap_per_day === null &&
    perHour === 0 &&
    attributeWeights.every((weight) => weight === 1) &&
    [...tierWeights.values()].every((weight) => weight === 1);
  return ok({ scheme, tierWeights, tierOfCategory, attributeWeights, triggers, countsOnly });
}

function refused(reason: string): Result<never> {
  return fail(
    'BAD_SPEC',
    `The weighting scheme cannot be used: ${reason}.`,
    'Nothing was changed. Correct the scheme, or use count-v1.',
  );
}

function tierProblem(scheme: Scheme): string | null {
  const seen = new Map<string, string>();
  for (const [name, tier] of Object.entries(scheme.tiers)) {
    if (reservedTierNames.includes(name)) return `a tier may not be called "${name}"`;
    for (const code of tier.categories) {
      if (!exposureCategories.some((category) => category.code === code)) {
        return `tier "${name}" lists "${code}", which is no category`;
      }
      const other = seen.get(code);
      if (other !== undefined) return `"${code}" is listed in tier "${other}" and again in tier "${name}"`;
      seen.set(code, name);
    }
  }
  return null;
}

function wordProblem(scheme: Scheme): string | null {
  const proximity = Object.keys(scheme.proximity).find((word) => !proximities.some((known) => known === word));
  if (proximity !== undefined) return `"${proximity}" is no proximity (${proximities.join(', ')})`;
  const attribution = Object.keys(scheme.attribution).find((word) => !attributions.some((known) => known === word));
  if (attribution !== undefined) return `"${attribution}" is no attribution (${attributions.join(', ')})`;
  return null;
}

function attributeTable(scheme: Scheme): Float64Array {
  const { first_on_scene: first, known_victim: known } = scheme.modifiers;
  return Float64Array.from({ length: attributeValues }, (_, byte) => {
    const { proximity, attribution, firstOnScene, knownVictim } = unpackAttributes(byte);
    const ofProximity = proximity === null ? 1 : (scheme.proximity[proximity] ?? 1);
    const ofAttribution = attribution === null ? 1 : (scheme.attribution[attribution] ?? 1);
    return ofProximity * ofAttribution * (firstOnScene ? (first ?? 1) : 1) * (knownVictim ? (known ?? 1) : 1);
  });
}

/**
 * Weight of each event (`data.md` › Exposure arithmetic), or null where all weigh 1. Where the scheme caps a day, the capped
 * sum of a person's day stands on the first event of that day and the others weigh 0, so that any sum over whole days is right.
 */
export function eventWeights(exposures: PackedExposures | ExposureDays, compiled: CompiledScheme): Float64Array | null {
  if (compiled.countsOnly) return null;
  if (!('category' in exposures)) throw new RangeError('A scheme with weights needs more than days.');
  const { category, attributes, minutes } = exposures;
  const tierWeight = Float64Array.from(exposures.categories, (code) => compiled.tierWeights.get(code) ?? 1);
  const rule = compiled.scheme.modifiers.minutes_on_scene;
  const cap = rule?.cap ?? 0;
  const perMinute = (rule?.per_hour ?? 0) / 60;
  const weights = new Float64Array(category.length);
  for (let i = 0; i < weights.length; i++) {
    const time = minutes[i] ?? Number.NaN;
    const longer = Number.isNaN(time) ? 1 : 1 + perMinute * Math.min(time, cap);
    weights[i] = (tierWeight[category[i] ?? 0] ?? 1) * (compiled.attributeWeights[attributes[i] ?? 0] ?? 1) * longer;
  }
  if (compiled.scheme.cap_per_day !== null) capDays(exposures, weights, compiled.scheme.cap_per_day);
  return weights;
}

function capDays({ offsets, day }: PackedExposures, weights: Float64Array, cap: number): void {
  for (let person = 0; person + 1 < offsets.length; person++) {
    const end = offsets[person + 1] ?? 0;
    let start = offsets[person] ?? 0;
    while (start < end) {
      let sum = weights[start] ?? 0;
      let next = start + 1;
      while (next < end && day[next] === day[start]) {
        sum += weights[next] ?? 0;
        weights[next] = 0;
        next++;
      }
      weights[start] = Math.min(sum, cap);
      start = next;
    }
  }
}
