import { curveFault } from '#main/analysis/pooling/curve-form.ts';
import { dayOfIso } from '#shared/domain/dates.ts';
import { type Failure, fail, ok, type Result } from '#shared/domain/result.ts';
import type { SignedBundle } from './bundle-file.ts';
import { definitionFault, disagreement } from './definitions.ts';
import { smallCellFault } from './small-cells.ts';

/** Fingerprints by the force that signs with them. */
export type TrustedKeys = Readonly<Record<string, string>>;

function refuse({ name, body }: SignedBundle, what: string, hint: string): Failure {
  return fail('BAD_FILE', `${name} (${body.force}) ${what}.`, `Nothing was pooled. ${hint}`, { file: name });
}

function signerFault(bundle: SignedBundle, trusted: TrustedKeys): Failure | null {
  const { body, fingerprint } = bundle;
  const named = Object.hasOwn(trusted, body.force) ? trusted[body.force] : undefined;
  if (named === fingerprint) return null;
  return named === undefined
    ? refuse(
        bundle,
        `is signed by ${fingerprint}, which nobody has named as a key of ${body.force}`,
        'Ask the force for its fingerprint by another way than the file, and name it under “trusted” or with --trust.',
      )
    : refuse(
        bundle,
        `is signed by ${fingerprint}, but the key of ${body.force} is ${named}`,
        'Ask the force whether its key has changed, by another way than the file.',
      );
}

function monthsOf({ indicators, exposures }: SignedBundle['body']): string[][] {
  return [
    ...indicators.map(({ months }) => months.map(({ month }) => month)),
    ...(exposures === null ? [] : [exposures.months.map(({ month }) => month)]),
  ];
}

/** Months that are told twice, or lie outside the period. */
function periodFault(bundle: SignedBundle): Failure | null {
  const { body } = bundle;
  const [from, to] = [dayOfIso(body.from), dayOfIso(body.to)];
  if (from === null || to === null || to < from)
    return refuse(bundle, 'has no period', 'Ask the force to release again.');
  const [first, last] = [body.from.slice(0, 7), body.to.slice(0, 7)];
  const wrong = monthsOf(body).some(
    (months) => new Set(months).size < months.length || months.some((month) => month < first || month > last),
  );
  return wrong
    ? refuse(bundle, 'tells a month twice, or one outside its period', 'Ask the force to release again.')
    : null;
}

function formFault(bundle: SignedBundle): Failure | null {
  const saysOf = new Map(bundle.body.definitions.map(({ id, says }) => [id, says]));
  for (const curve of bundle.body.curves) {
    const fault = curveFault(curve, saysOf.get(curve.definition) ?? {});
    if (fault !== null)
      return refuse(bundle, `tells ${curve.definition} with ${fault}`, 'Ask the force to release again.');
  }
  return null;
}

/** A force counts once: by its name, by its key, and by the data that it released from. */
function twice(bundles: readonly SignedBundle[]): Failure | null {
  const marks: readonly [what: string, of: (bundle: SignedBundle) => string][] = [
    ['the same force', ({ body }) => body.force.normalize('NFKC').toLowerCase()],
    ['the same key', ({ fingerprint }) => fingerprint],
    ['the same data', ({ body }) => body.snapshot],
  ];
  for (const [what, of] of marks) {
    const seen = new Map<string, SignedBundle>();
    for (const bundle of bundles) {
      const known = seen.get(of(bundle));
      if (known) {
        return refuse(
          bundle,
          `is of ${what} as ${known.name} (${known.body.force}), and their periods or people would count twice`,
          'Give one bundle of each force.',
        );
      }
      seen.set(of(bundle), bundle);
    }
  }
  return null;
}

/** Bundles that may be pooled, in the order of their forces’ names; the first fault of any is a refusal that names it. */
export function checkBundles(bundles: readonly SignedBundle[], trusted: TrustedKeys): Result<readonly SignedBundle[]> {
  for (const bundle of bundles) {
    const fault =
      signerFault(bundle, trusted) ??
      periodFault(bundle) ??
      definitionFault(bundle) ??
      formFault(bundle) ??
      smallCellFault(bundle);
    if (fault) return fault;
  }
  const between = twice(bundles) ?? disagreement(bundles);
  if (between) return between;
  return ok([...bundles].sort((a, b) => (a.body.force < b.body.force ? -1 : 1)));
}
