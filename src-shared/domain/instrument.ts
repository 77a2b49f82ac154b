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
  atLeast: z.number(),
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
  itemRange: z.strictObject({ min: z.number().int(), max: z.number().int() }),
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

/** Parts of a definition that point at nothing, overlap or contradict each other, in words; empty for a sound one. */
export function definitionFaults(definition: InstrumentDefinition): readonly string[] {
  const faults: string[] = [];
  const { items, scales, itemRange } = definition;
  const range = itemRange.max - itemRange.min;
  items.forEach((entry, index) => {
    if (entry.item !== index + 1) faults.push(`item ${entry.item} stands in place ${index + 1}`);
  });
  for (const entry of scales) {
    if (entry.items.some((number) => number > items.length)) faults.push(`scale ${entry.scale} names a missing item`);
    if (new Set(entry.items).size < entry.items.length) faults.push(`scale ${entry.scale} counts an item twice`);
    if (entry.min !== entry.items.length * itemRange.min || entry.max - entry.min !== entry.items.length * range) {
      faults.push(`scale ${entry.scale} has limits that its items cannot have`);
    }
  }
  const names = new Set(scales.map((entry) => entry.scale));
  const used = [definition.bands, definition.cutOffs, definition.norms, definition.reliableChange].flat();
  for (const entry of used) {
    if (!names.has(entry.scale)) faults.push(`there is no scale ${entry.scale}`);
    if (entry.mark === 'UM' && entry.enabled) faults.push(`an unconfirmed figure of ${entry.scale} is switched on`);
  }
  for (const set of definition.bands) {
    const limits = scales.find((entry) => entry.scale === set.scale);
    let next = limits?.min;
    for (const band of set.bands) {
      if (band.from !== next || band.to < band.from) faults.push(`band ${band.name} of ${set.scale} leaves a gap`);
      next = band.to + 1;
    }
    if (next !== (limits?.max ?? 0) + 1) faults.push(`the bands of ${set.scale} do not reach its end`);
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
