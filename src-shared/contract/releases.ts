import { z } from 'zod';
import { bundleBodySchema } from '../domain/bundle.ts';
import { operation } from './define.ts';
import { releaseSpecSchema } from './release-spec.ts';

const count = z.number().int();
const reason = z.string().trim().min(3, 'say in a few words why').max(500);

const releaseSchema = z.strictObject({
  id: count,
  kind: z.enum(['report', 'bundle']),
  title: z.string(),
  releasedAt: z.string(),
  releasedBy: z.string(),
  purpose: z.string(),
  marking: z.string(),
  /** Of a report’s manifest, or of a bundle. */
  manifestHash: z.string(),
  counts: count,
  withheld: count,
  /** Null where it stands. */
  withdrawn: z.strictObject({ at: z.string(), user: z.string(), reason: z.string() }).nullable(),
});

/** What is told of a bundle before it leaves and when it does. */
const leaving = {
  /** SHA-256 of the body: whoever agrees to a release agrees to this. */
  hash: z.string(),
  counts: count,
  withheld: count,
  /** What was asked for and is not in it, and why. */
  notes: z.array(z.string()),
};

export const releaseOperations = {
  'releases.list': operation({
    kind: 'query',
    roles: ['analyst', 'evaluator'],
    audit: null,
    summary: 'What was let out of this vault, newest first: what, when, by whom, why and under which marking.',
    input: z.strictObject({}),
    output: z.strictObject({ releases: z.array(releaseSchema) }),
  }),
  'releases.withdraw': operation({
    kind: 'command',
    roles: ['analyst', 'evaluator'],
    audit: 'release.withdraw',
    summary:
      'Says of a release that it is taken back. It stays in the log, and later releases are still decided together with it.',
    input: z.strictObject({ id: count, reason }),
    output: releaseSchema,
  }),
  'releases.prepare': operation({
    kind: 'job',
    roles: ['analyst', 'evaluator', 'clinician'],
    audit: null,
    summary:
      'Shows exactly what a bundle for other forces would hold, decided together with everything let out before. Nothing is written.',
    input: z.strictObject({ spec: releaseSpecSchema }),
    output: z.strictObject({ body: bundleBodySchema, ...leaving, twoPeople: z.boolean() }),
  }),
  'releases.share': operation({
    kind: 'job',
    roles: ['analyst', 'evaluator'],
    audit: 'release.share',
    summary:
      'Writes a signed bundle for other forces, entered in the log of releases first. Where the vault asks for two people, it files a request, and writes once another person has agreed to exactly this.',
    input: z.strictObject({ spec: releaseSpecSchema, reason, file: z.string().min(1).max(4_096) }),
    output: z.strictObject({
      ...leaving,
      state: z.enum(['written', 'waiting']),
      /** Of the approval; null where none is asked for. */
      request: count.nullable(),
      file: z.string().nullable(),
      /** Of the key that signed it. */
      fingerprint: z.string().nullable(),
      sha256: z.string().nullable(),
    }),
  }),
  'releases.requests': operation({
    kind: 'query',
    roles: ['analyst', 'evaluator', 'clinician', 'administrator'],
    audit: null,
    summary: 'Requests to let a bundle out, newest first, each with the spec of what would leave and the hash of it.',
    input: z.strictObject({}),
    output: z.strictObject({
      requests: z.array(
        z.strictObject({
          id: count,
          spec: releaseSpecSchema,
          hash: z.string(),
          reason: z.string(),
          requestedAt: z.string(),
          requestedBy: z.string(),
          state: z.enum(['waiting', 'approved', 'declined', 'done']),
          decidedAt: z.string().nullable(),
          decidedBy: z.string().nullable(),
          note: z.string(),
        }),
      ),
      /** Whether another person has to agree before a report or a bundle leaves. */
      twoPeople: z.boolean(),
    }),
  }),
  'releases.setRule': operation({
    kind: 'command',
    roles: ['administrator'],
    audit: 'release.rule',
    summary: 'Sets whether another person has to agree before a report or a bundle leaves.',
    input: z.strictObject({ twoPeople: z.boolean(), reason }),
    output: z.strictObject({ twoPeople: z.boolean() }),
  }),
  'releases.key': operation({
    kind: 'command',
    roles: ['analyst', 'evaluator', 'administrator'],
    audit: 'release.key',
    summary:
      'The fingerprint of the key that signs what this vault lets out. The key is made when it is first asked for.',
    input: z.strictObject({}),
    output: z.strictObject({ fingerprint: z.string(), madeAt: z.string(), madeBy: z.string() }),
  }),
};
