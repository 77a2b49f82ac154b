import { z } from 'zod';
import type { DemoResults } from './demo-analyses.ts';

const halfSchema = z.object({ offers: z.number(), expected: z.number() });

/** What is planted in the uptake of support. */
export const supportTruthSchema = z.object({
  logOddsOfUptake: z.number(),
  shift: z.record(z.string(), z.number()),
  change: z.object({ on: z.string(), service: z.string() }).nullable(),
  realised: z.object({ change: z.object({ before: halfSchema, after: halfSchema }).nullable() }),
});

const groupSchema = z.object({
  group: z.string(),
  ratio: z.object({ estimate: z.number(), low: z.number().nullable(), high: z.number().nullable() }).nullable(),
});
const beforeSchema = z.object({
  services: z.array(z.object({ service: z.string(), groups: z.array(z.object({ groups: z.array(groupSchema) })) })),
});
const effectSchema = z.object({ estimate: z.number(), low: z.number().nullable(), high: z.number().nullable() });
const changeSchema = z.object({
  change: z.object({ compared: z.object({ difference: effectSchema }).nullable() }),
});

export type PlantedAndFound = {
  readonly effect: string;
  readonly method: string;
  readonly planted: number;
  readonly found: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly note: string;
};

/** The group that takes offers up less often, before the offer changed, and the step when it did. */
export function supportEffects(
  support: DemoResults['support'],
  truth: z.infer<typeof supportTruthSchema>,
): readonly PlantedAndFound[] {
  const { change, realised } = truth;
  if (support === null || change === null || realised.change === null) return [];
  const chance = (shift: number): number => 1 / (1 + Math.exp(-(truth.logOddsOfUptake + shift)));
  const method = 'support-uptake';
  const { services } = beforeSchema.parse(support.before);
  const groups = services.find(({ service }) => service === change.service)?.groups[0]?.groups ?? [];
  const ratios = Object.entries(truth.shift).map(([role, shift]): PlantedAndFound => {
    const ratio = groups.find(({ group }) => group === role)?.ratio ?? null;
    return {
      effect: `Uptake of ${change.service}, ${role} to the rest, ratio`,
      method,
      planted: chance(shift) / chance(0),
      found: ratio?.estimate ?? null,
      low: ratio?.low ?? null,
      high: ratio?.high ?? null,
      note: `offers before ${change.on}`,
    };
  });
  const { before, after } = realised.change;
  const step = changeSchema.parse(support.change).change.compared?.difference ?? null;
  return [
    ...ratios,
    {
      effect: `Uptake of ${change.service} since it is offered in another way, difference`,
      method,
      planted: after.expected / after.offers - before.expected / before.offers,
      found: step?.estimate ?? null,
      low: step?.low ?? null,
      high: step?.high ?? null,
      note: 'against Occupational health',
    },
  ];
}
