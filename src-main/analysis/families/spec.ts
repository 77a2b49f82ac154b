import { z } from 'zod';
import { instrumentNamed } from '#main/analysis/instruments/registry.ts';
import type { FamilyMeasure } from '#shared/domain/family-impact.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { parseSpec } from '../parse-spec.ts';

const name = z.string().min(1).max(64);
/** Scale null is the main one of the instrument. */
const measure = z.strictObject({ instrument: name, scale: name.nullable().default(null) });

const schema = z.strictObject({
  /** Null is the wave with the most complete couples, the latest of several. */
  wave: z.string().min(1).max(200).nullable().default(null),
  /** Of officers and of partners alike. */
  distress: measure.default({ instrument: 'GHQ-12', scale: 'likert' }),
  /** Work–family conflict of officers. */
  conflict: measure.default({ instrument: 'WFC-FWC', scale: 'work-to-family' }),
  /** Of officers and of partners alike: what crossover looks at. */
  outcome: measure.default({ instrument: 'RAS', scale: 'mean' }),
  children: measure.default({ instrument: 'SDQ-P', scale: 'total difficulties' }),
  /** Whether households are taken together: where there are enough complete couples, or never. */
  households: z.enum(['linked', 'unlinked']).default('linked'),
  /** Days before an officer's answer in which exposure counts. */
  windowDays: z.number().int().min(1).max(3_660).default(180),
  scheme: name.default('count-v1'),
  samples: z.number().int().min(200).max(20_000).default(2_000),
  seed: z.number().int().min(0).max(4_294_967_295).default(1),
  rows: z.boolean().default(false),
});

/** The spec of `family-impact` with every default filled in. */
export type FamilyImpactSpec = Omit<z.infer<typeof schema>, MeasurePart> & Readonly<Record<MeasurePart, NamedScale>>;
type MeasurePart = 'distress' | 'conflict' | 'outcome' | 'children';
type NamedScale = { readonly instrument: string; readonly scale: string };

const parts: readonly MeasurePart[] = ['distress', 'conflict', 'outcome', 'children'];
const hint = 'Nothing was run. Correct the spec and run it again.';

/** Fails with `BAD_SPEC`, naming the field, the key that is not known, or the instrument; rows of single people are refused. */
export function parseFamilyImpactSpec(spec: unknown): Result<FamilyImpactSpec> {
  const parsed = parseSpec(schema, spec, 'family-impact');
  if (!parsed.ok) return parsed;
  if (parsed.value.rows) {
    return fail(
      'BAD_SPEC',
      'family-impact lists no single person: families answered so that they are seen together, never one by one.',
      'Nothing was run. Ask again without "rows".',
    );
  }
  const named: Partial<Record<MeasurePart, NamedScale>> = {};
  for (const part of parts) {
    const found = scaleOf(part, parsed.value[part]);
    if (!found.ok) return found;
    named[part] = found.value;
  }
  const measures = named as Readonly<Record<MeasurePart, NamedScale>>;
  const twice = sameScale(measures.distress, measures.conflict) || sameScale(measures.distress, measures.outcome);
  if (twice) {
    return fail('BAD_SPEC', 'The distress of family-impact is named a second time as conflict or outcome.', hint);
  }
  return ok({ ...parsed.value, ...measures });
}

function sameScale(one: NamedScale, other: NamedScale): boolean {
  return one.instrument === other.instrument && one.scale === other.scale;
}

function scaleOf(part: MeasurePart, given: z.infer<typeof measure>): Result<NamedScale> {
  const definition = instrumentNamed(given.instrument);
  if (!definition) {
    return fail(
      'BAD_SPEC',
      `The ${part} of family-impact names no instrument that is known: ${given.instrument}.`,
      hint,
    );
  }
  const scales = definition.scales.map(({ scale }) => scale);
  const scale = scales.find((one) => one === (given.scale ?? definition.mainScale));
  if (scale === undefined) {
    return fail(
      'BAD_SPEC',
      `The ${part} of family-impact needs a scale of ${definition.code}.`,
      `Nothing was run. Its scales are: ${scales.join(', ')}.`,
    );
  }
  return ok({ instrument: definition.code, scale });
}

/** A scale of the spec as the result names it. */
export function measureOf({ instrument, scale }: NamedScale): FamilyMeasure {
  const definition = instrumentNamed(instrument);
  const own = definition?.scales.find((one) => one.scale === scale);
  return {
    instrument,
    scale,
    name: definition?.scales.length === 1 ? instrument : `${instrument}, ${scale}`,
    higherIs: own?.higherIs ?? definition?.higherIs ?? 'worse',
  };
}
