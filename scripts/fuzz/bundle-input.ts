import { readFileSync } from 'node:fs';
import { poolForces } from '../../src-main/analysis/pooling/pool-forces.ts';
import { parsePoolSpec } from '../../src-main/analysis/pooling/pool-spec.ts';
import { newSigningPair } from '../../src-main/crypto/sign.ts';
import { readBundle, writeBundle } from '../../src-main/services/sharing/bundle-file.ts';
import { checkBundles } from '../../src-main/services/sharing/check-bundles.ts';
import type { BundleBody } from '../../src-shared/domain/bundle.ts';
import type { RandomStream } from '../../src-shared/domain/random.ts';
import { ExpectedError, type Result } from '../../src-shared/domain/result.ts';
import { bodyOf, drawForces } from '../../tests/fixtures/drawn-forces.ts';
import { mutateJson } from './mutate-json.ts';
import { mutateBytes, pick } from './mutate-text.ts';

const bodies = drawForces(2, 1, { slope: 0.1, between: 0, bend: 0 }).map(bodyOf);
const words = ['indicator:caseness', '2021-01', 'people', 'numerator', 'covariance', '-1', 'knots', 'definition'];

/** One change somewhere in a body; mostly in the numbers, which everything else only describes. */
function changed(random: RandomStream, body: BundleBody): BundleBody {
  if (random.nextUniform() < 0.3) return mutateJson(random, body as never, words) as never;
  const part = pick(random, ['indicators', 'curves', 'definitions'] as const);
  return { ...body, [part]: mutateJson(random, body[part] as never, words) };
}

/** Half of them are changed before they are signed, so that what is behind the signature is tried too. */
export async function makeBundleInput(random: RandomStream): Promise<Buffer> {
  const beforeSigning = random.nextUniform() < 0.5;
  let body = structuredClone(pick(random, bodies));
  // One change, most often: a second one hides behind the refusal of the first.
  if (beforeSigning) body = changed(random, body);
  if (beforeSigning && random.nextUniform() < 0.2) body = changed(random, body);
  // As a file has it: no number without end.
  const text = Buffer.from(writeBundle(JSON.parse(JSON.stringify(body)), newSigningPair()));
  return beforeSigning ? text : mutateBytes(random, text, ['\n', 'ed25519 ', 'tidemark bundle 2', '{', '"', ...words]);
}

function taken<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  const { code, message, hint } = result.error;
  throw new ExpectedError(code, message, hint);
}

/** Reads a bundle as `pool` does, beside a sound one, with both keys named. */
export async function readBundleInput(path: string): Promise<void> {
  const own = taken(readBundle('own.bundle', readFileSync(path)));
  const sound = taken(readBundle('sound.bundle', Buffer.from(writeBundle(bodies[1] as BundleBody, newSigningPair()))));
  const both = [own, sound];
  const trusted = Object.fromEntries(both.map(({ body, fingerprint }) => [body.force, fingerprint]));
  const checked = taken(checkBundles(own.body.force === sound.body.force ? [own] : both, trusted));
  const spec = taken(parsePoolSpec({}));
  JSON.stringify(
    poolForces(
      checked.map(({ body }) => body),
      spec,
    ),
  );
}
