import { z } from 'zod';
import { evidenceCodeSchema } from './study.ts';

/** How sure one may be that the true effect is near the estimate (GRADE), the least first. */
export const certainties = ['very low', 'low', 'moderate', 'high'] as const;
export type Certainty = (typeof certainties)[number];

export const downgradeDomains = [
  'risk of bias',
  'inconsistency',
  'indirectness',
  'imprecision',
  'publication bias',
] as const;
export type DowngradeDomain = (typeof downgradeDomains)[number];

export const upgradeDomains = ['large effect', 'dose response', 'plausible confounding'] as const;
export type UpgradeDomain = (typeof upgradeDomains)[number];

export type GradeDomain = DowngradeDomain | UpgradeDomain;

export function isUpgrade(domain: GradeDomain): domain is UpgradeDomain {
  return (upgradeDomains as readonly string[]).includes(domain);
}

/** What the numbers suggest. `levels` is how far to go up or down; null where the numbers cannot say. */
export type GradeSuggestion = {
  readonly start: 'high' | 'low';
  readonly startWords: string;
  readonly domains: readonly { readonly domain: GradeDomain; readonly levels: number | null; readonly words: string }[];
  /** With what cannot be said taken as no reason to go up or down. */
  readonly certainty: Certainty;
};

const ratingSchema = z
  .strictObject({
    domain: z.enum([...downgradeDomains, ...upgradeDomains]),
    levels: z.number().int().min(-2).max(2),
    reason: z.string().trim().min(3, 'say why').max(2_000),
  })
  .refine(({ domain, levels }) => (isUpgrade(domain) ? levels >= 0 : levels <= 0), {
    path: ['levels'],
    message: 'goes the wrong way: the first five domains only lower certainty, the last three only raise it',
  });

/** How a person rates the certainty of one outcome. A domain that is not named counts as the numbers suggest. */
export const gradeSchema = z.strictObject({
  outcome: evidenceCodeSchema,
  start: z
    .strictObject({ level: z.enum(['high', 'low']), reason: z.string().trim().min(3, 'say why').max(2_000) })
    .nullable()
    .default(null),
  ratings: z
    .array(ratingSchema)
    .max(8)
    .refine((all) => new Set(all.map(({ domain }) => domain)).size === all.length, 'rates a domain twice')
    .default([]),
});
export type Grade = z.output<typeof gradeSchema>;

export type RatedDomain = {
  readonly domain: GradeDomain;
  readonly levels: number;
  readonly by: 'person' | 'numbers' | 'nobody';
  readonly words: string;
};

export type RatedCertainty = {
  readonly start: 'high' | 'low';
  readonly startWords: string;
  readonly domains: readonly RatedDomain[];
  readonly certainty: Certainty;
};

/** Where a sum of levels ends: from high or low, up or down, within the four. */
export function certaintyOf(start: 'high' | 'low', levels: readonly number[]): Certainty {
  const place = (start === 'high' ? 3 : 1) + levels.reduce((sum, value) => sum + value, 0);
  return certainties[Math.max(0, Math.min(3, place))] ?? 'very low';
}

/** A person's rating goes before the suggestion, domain by domain. */
export function rated(suggestion: GradeSuggestion, grade: Grade | null): RatedCertainty {
  const start = grade?.start?.level ?? suggestion.start;
  const domains = suggestion.domains.map(({ domain, levels, words }): RatedDomain => {
    const own = grade?.ratings.find((rating) => rating.domain === domain);
    if (own) return { domain, levels: own.levels, by: 'person', words: own.reason };
    return { domain, levels: levels ?? 0, by: levels === null ? 'nobody' : 'numbers', words };
  });
  return {
    start,
    startWords: grade?.start?.reason ?? suggestion.startWords,
    domains,
    certainty: certaintyOf(
      start,
      domains.map(({ levels }) => levels),
    ),
  };
}
