import countV1 from '#resources/schemes/count-v1.json' with { type: 'json' };
import tieredV1 from '#resources/schemes/tiered-v1.json' with { type: 'json' };
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { type Scheme, schemeSchema } from '#shared/domain/scheme.ts';

/** The schemes that come with this version; drafting and approving others is for the vault's own. */
const builtIn: readonly Scheme[] = [countV1, tieredV1].map((document) => schemeSchema.parse(document));

export function schemeNamed(id: string): Result<Scheme> {
  const scheme = builtIn.find((candidate) => candidate.id === id);
  if (scheme) return ok(scheme);
  const known = builtIn.map((candidate) => candidate.id).join(', ');
  return fail('BAD_SPEC', `There is no weighting scheme “${id}”.`, `Nothing was run. The schemes are: ${known}.`);
}
