import { z } from 'zod';
import { dayOfIso } from '../domain/dates.ts';
import { costBases, serviceAudiences, serviceTypes } from '../domain/support-services.ts';
import { operation } from './define.ts';

const readers = ['analyst', 'clinician', 'evaluator'] as const;
const day = z.string().refine((text) => dayOfIso(text) !== null, 'must be a date such as 2026-03-31');
/** As the support extract has it. */
const service = z.string().trim().min(1).max(200);
const reason = z.string().trim().min(3, 'say in a few words why').max(500);

const offerFields = {
  type: z.enum(serviceTypes),
  /** Whom it is for. */
  audience: z.enum(serviceAudiences),
  cost: z.strictObject({ gbp: z.number().min(0).max(1e9), basis: z.enum(costBases) }).nullable(),
  /** Contacts that it can take in a month. */
  capacityPerMonth: z.number().positive().max(1e6).nullable(),
  from: day.nullable(),
  to: day.nullable(),
  /** How it is reached: a desk, a number, a page; never a person's name. */
  contact: z.string().trim().max(500),
};
const offerSchema = z.strictObject(offerFields);
export type ServiceOffer = z.infer<typeof offerSchema>;

const serviceSchema = z.strictObject({
  service,
  /** What holds now; null where it was withdrawn. */
  current: offerSchema.nullable(),
  /** Everything that was entered and withdrawn, the newest first. */
  history: z.array(
    z.strictObject({
      kind: z.enum(['entered', 'withdrawn']),
      offer: offerSchema.nullable(),
      at: z.string(),
      by: z.string(),
      reason: z.string(),
    }),
  ),
});
export type DirectoryService = z.infer<typeof serviceSchema>;

export const serviceOperations = {
  'services.list': operation({
    kind: 'query',
    roles: readers,
    audit: null,
    summary: 'The directory of support that the force offers, and the services of its extracts that are not in it.',
    input: z.strictObject({}),
    output: z.strictObject({
      services: z.array(serviceSchema),
      /** Named in a support extract, but not in the directory. */
      unlisted: z.array(z.string()),
    }),
  }),
  'services.enter': operation({
    kind: 'command',
    roles: ['analyst'],
    audit: 'service.enter',
    summary: 'Enters a service in the directory, or corrects it; what it was stays known.',
    input: z
      .strictObject({ service, ...offerFields, reason })
      .refine(({ from, to }) => from === null || to === null || from <= to, {
        path: ['to'],
        message: 'must not lie before "from"',
      }),
    output: serviceSchema,
  }),
  'services.withdraw': operation({
    kind: 'command',
    roles: ['analyst'],
    audit: 'service.withdraw',
    summary: 'Takes a service out of the directory; what it was stays known.',
    input: z.strictObject({ service, reason }),
    output: serviceSchema,
  }),
};
