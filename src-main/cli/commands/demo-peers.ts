import { z } from 'zod';
import type { DemoResults } from './demo-analyses.ts';
import type { PlantedAndFound } from './demo-support.ts';

const seenSchema = z.object({ people: z.number() });

/** What is planted in the peer network. */
export const peerTruthSchema = z.object({
  answeredIn72HoursShare: z.number(),
  network: z.object({
    overloaded: seenSchema.extend({ capacity: z.number() }),
    vettingLapsed: seenSchema,
    unsupervised: seenSchema,
    withoutCapacity: seenSchema.extend({ area: z.string() }),
    onlySpeaker: z.object({ language: z.string(), request: z.string().nullable() }),
  }),
});

const count = z.number().nullable();
const networkSchema = z.object({
  rows: z.array(z.object({ inUse: z.number(), languages: z.array(z.string()) })),
  supervision: z.object({ gaps: z.array(z.object({ gap: z.string(), people: count })) }),
  coverage: z.object({
    areas: z.array(z.object({ area: z.string(), people: count, needWithoutCapacity: z.boolean() })),
  }),
  matching: z.object({ proposals: z.array(z.object({ request: z.string(), volunteer: z.string() })) }),
});

/** Counts as they were planted, each beside what the network shows of it; null where it withholds one. */
export function peerEffects(
  network: DemoResults['peers'],
  { network: planted }: z.infer<typeof peerTruthSchema>,
): readonly PlantedAndFound[] {
  const { rows, supervision, coverage, matching } = networkSchema.parse(network);
  const counted = (effect: string, expected: number, found: number | null, note = ''): PlantedAndFound => ({
    ...{ effect, method: 'peer-network', planted: expected, found, low: found, high: found, note },
  });
  const lacking = (gap: string): number | null => supervision.gaps.find((own) => own.gap === gap)?.people ?? null;
  const { overloaded, vettingLapsed, unsupervised, withoutCapacity, onlySpeaker } = planted;
  const bare = coverage.areas.find(
    ({ area, needWithoutCapacity }) => area === withoutCapacity.area && needWithoutCapacity,
  );
  const speakers = rows.filter(({ languages }) => languages.includes(onlySpeaker.language)).length;
  const proposed = matching.proposals.filter(({ request }) => request === onlySpeaker.request).length;
  return [
    counted(
      'People whom the peer volunteer with most of them carries',
      overloaded.people,
      Math.max(0, ...rows.map(({ inUse }) => inUse)),
      `${overloaded.capacity} places`,
    ),
    counted(
      'People first met by a volunteer whose vetting had lapsed',
      vettingLapsed.people,
      lacking('vetting lapsed'),
    ),
    counted('People first met by a volunteer without a supervisor', unsupervised.people, lacking('no supervisor')),
    counted(
      `People who asked from ${withoutCapacity.area}, where no volunteer is ready`,
      withoutCapacity.people,
      bare?.people ?? null,
    ),
    ...(onlySpeaker.request === null
      ? []
      : [counted('Match of a request in a language that one volunteer speaks', 1, speakers === 1 ? proposed : 0)]),
  ];
}
