import { z } from 'zod';

/**
 * A screening instrument as a data file (`data.md` › Instruments). Every figure carries a mark: `C` confirmed in a source,
 * `D` a decision of this project, `UM` unconfirmed; what is unconfirmed is not `enabled`.
 */
const mark = z.enum(['C', 'D', 'UM']);
const itemNumber = z.number().int().min(1).max(200);
const provenance = { source: z.string().min(1), mark };
const label = z.string().min(1).max(200);

export type InstrumentRule =
  | { readonly item: number; readonly atLeast: number }
  | { readonly all: readonly InstrumentRule[] }
  | { readonly any: readonly InstrumentRule[] }
  | { readonly not: InstrumentRule }
  | { readonly criterion: string }
  | { readonly countOf: readonly InstrumentRule[]; readonly atLeast: number; readonly atMost?: number | undefined };

/** Rules see the answers as given, before any reversal. A `criterion` is a rule that its classification names. */
const rule: z.ZodType<InstrumentRule> = z.lazy(() =>
  z.union([
    z.strictObject({ item: itemNumber, atLeast: z.number().int() }),
    z.strictObject({ all: z.array(rule).min(1) }),
    z.strictObject({ any: z.array(rule).min(1) }),
    z.strictObject({ not: rule }),
    z.strictObject({ criterion: label }),
    z.strictObject({
      countOf: z.array(rule).min(1),
      atLeast: z.number().int().min(0),
      atMost: z.number().int().min(0).optional(),
    }),
  ]),
);

const item = z.strictObject({
  item: itemNumber,
  /** The item's own name in its publication, such as `P1`. */
  label,
  /** Wording, where the licence allows it and it is certain; else null. */
  text: z.string().min(1).nullable(),
  reversed: z.boolean(),
});

const scale = z.strictObject({
  scale: label,
  title: label,
  items: z.array(itemNumber).min(1),
  /** Sum of the answers, or their mean. */
  score: z.enum(['sum', 'mean']).default('sum'),
  /** What each answer counts, where that is not the answer itself (GHQ's 0-0-1-1): one value for each step of the range. */
  answers: z.array(z.number()).min(2).nullable().default(null),
  /** Published values of the sums from the lowest on, where sums are not reported as they are (SWEMWBS). */
  conversion: z
    .strictObject({ from: z.number().int(), values: z.array(z.number()).min(2), ...provenance })
    .nullable()
    .default(null),
  /** Where one scale runs the other way than the instrument. */
  higherIs: z.enum(['worse', 'better']).optional(),
  min: z.number(),
  max: z.number(),
  /** Sum × items ÷ items answered, while at most so many are missing; null where no rule is published. */
  proration: z.strictObject({ maximumMissing: z.number().int().min(1), ...provenance }).nullable(),
});

const classification = z.strictObject({
  name: label,
  /** Named parts, each of which may use those before it. */
  criteria: z.array(z.strictObject({ name: label, rule })),
  /** The first whose rule holds; the last has none and holds otherwise. */
  outcomes: z.array(z.strictObject({ value: label, title: label, when: rule.nullable() })).min(2),
  note: z.string().nullable(),
  ...provenance,
});

const bandSet = z.strictObject({
  scale: label,
  enabled: z.boolean(),
  bands: z.array(z.strictObject({ name: label, from: z.number(), to: z.number() })).min(2),
  ...provenance,
});

const cutOff = z.strictObject({
  name: label,
  scale: label,
  /** Met from this score on; null where it is met up to `atMost`. */
  atLeast: z.number().nullable(),
  atMost: z.number().optional(),
  enabled: z.boolean(),
  note: z.string().nullable(),
  ...provenance,
});

const norm = z.strictObject({
  scale: label,
  /** Part of the scale that the figures are for; null for the whole. */
  part: label.nullable(),
  population: z.string().nullable(),
  n: z.number().int().positive().nullable(),
  mean: z.number().nullable(),
  standardDeviation: z.number().positive().nullable(),
  reliability: z
    .strictObject({ value: z.number().min(0).max(1), type: z.enum(['alpha', 'test-retest', 'intraclass']) })
    .nullable(),
  enabled: z.boolean(),
  ...provenance,
});

const reliableChange = z.strictObject({
  name: label,
  scale: label,
  points: z.number().positive(),
  /** A score below this counts as recovered where the change is reliable; null where none is published. */
  recoveryBelow: z.number().nullable(),
  enabled: z.boolean(),
  note: z.string().nullable(),
  ...provenance,
});

export const instrumentSchema = z.strictObject({
  code: label,
  /** Version of this definition: a change of any rule gives it a new one. */
  version: label,
  title: label,
  higherIs: z.enum(['worse', 'better']),
  recall: label,
  prompt: z.string().nullable(),
  itemRange: z.strictObject({
    min: z.number().int(),
    max: z.number().int(),
    step: z.number().int().positive().default(1),
  }),
  responses: z.array(z.strictObject({ value: z.number().int(), label })),
  items: z.array(item).min(1),
  scales: z.array(scale).min(1),
  /** Scale of a score that names none; null where one must be named. */
  mainScale: label.nullable(),
  classifications: z.array(classification),
  bands: z.array(bandSet),
  cutOffs: z.array(cutOff),
  norms: z.array(norm),
  reliableChange: z.array(reliableChange),
  /** The item whose answer goes to the clinicians at once, and from which answer on. */
  safetyItem: z.strictObject({ item: itemNumber, raisedAt: z.number().int() }).nullable(),
  licence: z.strictObject({ use: z.enum(['embed', 'score-only']), text: z.string().min(1), source: z.string().min(1) }),
});

type DeepReadonly<T> = T extends (infer Element)[]
  ? readonly DeepReadonly<Element>[]
  : T extends object
    ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
    : T;

export type InstrumentDefinition = DeepReadonly<z.infer<typeof instrumentSchema>>;

type Scale = InstrumentDefinition['scales'][number];

/** The least and most that a scale's items can come to. */
export function scaleLimits(scale: Scale, { min, max }: InstrumentDefinition['itemRange']): readonly [number, number] {
  if (scale.conversion) return [scale.conversion.values[0] ?? Number.NaN, scale.conversion.values.at(-1) ?? Number.NaN];
  const counts = scale.answers ?? [min, max];
  const items = scale.score === 'mean' ? 1 : scale.items.length;
  return [items * Math.min(...counts), items * Math.max(...counts)];
}

function scaleFaults(scale: Scale, itemRange: InstrumentDefinition['itemRange']): readonly string[] {
  const faults: string[] = [];
  const [least, most] = scaleLimits(scale, itemRange);
  if (scale.min !== least || scale.max !== most)
    faults.push(`scale ${scale.scale} has limits that its items cannot have`);
  const steps = (itemRange.max - itemRange.min) / itemRange.step;
  if (scale.answers && scale.answers.length !== steps + 1) faults.push(`scale ${scale.scale} values not every answer`);
  if (scale.conversion) {
    const { from, values } = scale.conversion;
    const whole = values.length === scale.items.length * steps + 1 && from === scale.items.length * itemRange.min;
    if (!whole || scale.score !== 'sum' || scale.answers)
      faults.push(`scale ${scale.scale} does not convert every sum`);
    if (values.some((value, index) => index > 0 && value <= (values[index - 1] as number))) {
      faults.push(`the conversion of ${scale.scale} does not rise`);
    }
  }
  return faults;
}

/** Parts of a definition that point at nothing, overlap or contradict each other, in words; empty for a sound one. */
export function definitionFaults(definition: InstrumentDefinition): readonly string[] {
  const faults: string[] = [];
  const { items, scales, itemRange } = definition;
  items.forEach((entry, index) => {
    if (entry.item !== index + 1) faults.push(`item ${entry.item} stands in place ${index + 1}`);
  });
  for (const entry of scales) {
    if (entry.items.some((number) => number > items.length)) faults.push(`scale ${entry.scale} names a missing item`);
    if (new Set(entry.items).size < entry.items.length) faults.push(`scale ${entry.scale} counts an item twice`);
    faults.push(...scaleFaults(entry, itemRange));
  }
  const names = new Set(scales.map((entry) => entry.scale));
  const used = [definition.bands, definition.cutOffs, definition.norms, definition.reliableChange].flat();
  if ((itemRange.max - itemRange.min) % itemRange.step !== 0)
    faults.push('the steps do not reach the end of the range');
  for (const entry of used) {
    if (!names.has(entry.scale)) faults.push(`there is no scale ${entry.scale}`);
    if (entry.mark === 'UM' && entry.enabled) faults.push(`an unconfirmed figure of ${entry.scale} is switched on`);
  }
  for (const entry of definition.cutOffs) {
    if ((entry.atLeast === null) !== (entry.atMost !== undefined)) {
      faults.push(`cut-off ${entry.name} needs one limit, below or above`);
    }
  }
  for (const set of definition.bands) {
    const limits = scales.find((entry) => entry.scale === set.scale);
    let next = limits?.min;
    // Means and converted sums have two decimals, sums none.
    const gap = limits && (limits.score === 'mean' || limits.conversion) ? 0.01 : 1;
    const isNext = (value: number, expected: number | undefined): boolean =>
      expected !== undefined && Math.abs(value - expected) < 1e-9;
    for (const band of set.bands) {
      if (!isNext(band.from, next) || band.to < band.from)
        faults.push(`band ${band.name} of ${set.scale} leaves a gap`);
      next = band.to + gap;
    }
    if (!isNext((limits?.max ?? 0) + gap, next)) faults.push(`the bands of ${set.scale} do not reach its end`);
  }
  for (const entry of definition.classifications) {
    const last = entry.outcomes.length - 1;
    if (entry.outcomes.some((outcome, index) => (outcome.when === null) !== (index === last))) {
      faults.push(`${entry.name}: the last outcome, and no other, holds otherwise`);
    }
  }
  if (definition.mainScale !== null && !names.has(definition.mainScale)) faults.push('the main scale does not exist');
  if (definition.safetyItem && definition.safetyItem.item > items.length) faults.push('the safety item does not exist');
  return faults;
}
