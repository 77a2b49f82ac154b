import { sha256Hex } from '#main/crypto/hash-chain.ts';
import { type CountsToRelease, keyOf } from '#main/disclosure/released-counts.ts';
import { releaseBodies } from '#main/store/release-records.ts';
import type { ReleaseSpec } from '#shared/contract/release-spec.ts';
import type { BundleBody } from '#shared/domain/bundle.ts';
import { canonicalJson } from '#shared/domain/canonical-json.ts';
import { dayOfIso, isoOfDay, lastDayOfMonth, monthIndexOfIso } from '#shared/domain/dates.ts';
import { ExpectedError, fail, ok, type Result } from '#shared/domain/result.ts';
import { engineVersion } from '#shared/domain/version.ts';
import type { VaultContext } from '../../call-context.ts';
import { judgeTogether, type ReleaseBody } from '../../reports/index.ts';
import { smallCellIn } from '../small-cells.ts';
import type { BundlePart, ShownCount } from './bundle-part.ts';
import { curvePart } from './curves-part.ts';
import { absencePart, pilotPart } from './effects-part.ts';
import { exposuresPart } from './exposures-part.ts';
import { indicatorsPart } from './indicators-part.ts';

/** What would leave, and what the log of releases keeps of it. */
export type MadeBody = {
  readonly body: BundleBody;
  /** SHA-256 of the body: whoever agrees to a release agrees to this. */
  readonly hash: string;
  readonly release: ReleaseBody;
  readonly counts: number;
  readonly withheld: number;
  readonly notes: readonly string[];
};

const mostMonths = 120;

function specFault({ from, to }: ReleaseSpec): Result<never> | null {
  const wrong = (what: string): Result<never> => fail('BAD_SPEC', what, 'Nothing was released. Correct the spec.');
  const months = (monthIndexOfIso(to) ?? 0) - (monthIndexOfIso(from) ?? 0) + 1;
  if (dayOfIso(from) === null || dayOfIso(to) === null) return wrong('“from” and “to” are dates such as 2026-03-31.');
  if (to < from) return wrong('The period ends before it begins.');
  const isWhole = from.endsWith('-01') && to === isoOfDay(lastDayOfMonth(monthIndexOfIso(to) ?? 0));
  if (!isWhole)
    return wrong('The period is of whole months: “from” is the first day of one, “to” the last day of another.');
  return months > mostMonths ? wrong(`The period is longer than ${mostMonths} months.`) : null;
}

/** Runs every analysis that the spec asks for, one after the other. */
async function partsOf(context: VaultContext, spec: ReleaseSpec): Promise<Result<BundlePart[]>> {
  const works: (() => Promise<Result<BundlePart | null>>)[] = [
    () => indicatorsPart(context, spec),
    ...(spec.exposures ? [() => exposuresPart(context, spec)] : []),
    ...(spec.absence ? [() => absencePart(context, spec)] : []),
    ...spec.pilots.map((pilot) => () => pilotPart(context, pilot, spec)),
    ...spec.curves.map((asked) => () => curvePart(context, asked, spec)),
  ];
  const parts: BundlePart[] = [];
  for (const [at, work] of works.entries()) {
    context.progress({ stage: 'Adding up what may leave', done: at, total: works.length, unit: 'steps' });
    const part = await work();
    if (!part.ok) return part;
    if (part.value !== null) parts.push(part.value);
  }
  return ok(parts);
}

function countsOf(
  parts: readonly BundlePart[],
  measures: 'workforce' | 'clinical',
  threshold: number,
): CountsToRelease {
  const own = parts.map((part) => part[measures]);
  return { cells: own.flatMap(({ cells }) => cells), sums: own.flatMap(({ sums }) => sums), threshold };
}

type Judged = Awaited<ReturnType<typeof judgeTogether>>;

/** @throws ExpectedError DISCLOSURE, naming the small counts, where no choice is safe */
async function judge(
  counts: CountsToRelease,
  earlier: readonly ReleaseBody[],
  context: VaultContext,
  measures: 'workforce' | 'clinical',
): Promise<Judged> {
  try {
    return await judgeTogether(
      counts,
      earlier.map((release) => release[measures]),
      context.signal,
    );
  } catch (error) {
    if (!(error instanceof ExpectedError) || error.error.code !== 'DISCLOSURE') throw error;
    const small = counts.cells.filter(({ value }) => value > 0 && value < counts.threshold).map(keyOf);
    const named = small.length === 0 ? 'counts beside earlier releases' : small.slice(0, 5).join('; ');
    throw new ExpectedError(
      'DISCLOSURE',
      `Nothing can be withheld that keeps these from being worked out: ${named}.`,
      'Nothing was released. Ask for a longer period, or for less.',
    );
  }
}

function shownBy({ shown }: Judged): ShownCount {
  return (as) => shown.get(keyOf(as))?.value ?? null;
}

/** What a spec would let out, decided together with everything that has been let out before. Nothing is written. */
export async function makeBody(context: VaultContext, spec: ReleaseSpec): Promise<Result<MadeBody>> {
  const wrong = specFault(spec);
  if (wrong) return wrong;
  const found = await partsOf(context, spec);
  if (!found.ok) return found;
  const parts = found.value;
  const { connection } = context.vault.store;
  const earlier = releaseBodies(connection, null).map((text) => JSON.parse(text) as ReleaseBody);
  context.progress({ stage: 'Checking for small numbers', done: 0, total: null, unit: 'steps' });
  const workforce = await judge(countsOf(parts, 'workforce', spec.threshold), earlier, context, 'workforce');
  const clinical = await judge(countsOf(parts, 'clinical', spec.clinicalThreshold), earlier, context, 'clinical');
  const body = bodyOf(context, spec, parts, [shownBy(workforce), shownBy(clinical)]);
  const small = smallCellIn(body);
  if (small !== null) {
    return fail(
      'DISCLOSURE',
      `A small count would leave: ${small}.`,
      'Nothing was released. Ask for a longer period, or for less.',
    );
  }
  return ok({
    body,
    hash: sha256Hex(canonicalJson(body)),
    release: { workforce: workforce.released, clinical: clinical.released },
    ...tallyOf(body),
    notes: parts.flatMap(({ notes }) => notes),
  });
}

/** How many counts a body has a place for, and how many of them are withheld. */
function tallyOf({ indicators, exposures }: BundleBody): Pick<MadeBody, 'counts' | 'withheld'> {
  const places = [
    ...indicators.flatMap(({ months }) => months.flatMap(({ numerator, denominator }) => [numerator, denominator])),
    ...(exposures === null
      ? []
      : [
          exposures.events,
          exposures.people,
          ...[...exposures.months, ...exposures.categories].map(({ count }) => count),
        ]),
  ];
  return { counts: places.length, withheld: places.filter((count) => count === null).length };
}

function bodyOf(
  { vault }: VaultContext,
  spec: ReleaseSpec,
  parts: readonly BundlePart[],
  [workforce, clinical]: readonly [ShownCount, ShownCount],
): BundleBody {
  const filled = parts.map(({ fill }) => fill(workforce, clinical));
  const effects = filled.flatMap((part) => part.effects ?? []);
  const curves = filled.flatMap((part) => part.curves ?? []);
  const told = new Set([...effects, ...curves].map(({ definition }) => definition));
  return {
    force: spec.force,
    synthetic: vault.synthetic,
    from: spec.from,
    to: spec.to,
    thresholds: { workforce: spec.threshold, clinical: spec.clinicalThreshold },
    engine: `tidemark ${engineVersion}`,
    snapshot: sha256Hex(canonicalJson(parts.map(({ snapshot }) => snapshot))),
    coverage: parts.find(({ coverage }) => coverage !== null)?.coverage ?? null,
    // What an effect or a curve means is told only with it.
    definitions: parts
      .flatMap(({ definitions }) => definitions)
      .filter(({ id, kind }) => (kind !== 'effect' && kind !== 'curve') || told.has(id)),
    indicators: filled.flatMap((part) => part.indicators ?? []),
    exposures: filled.find((part) => part.exposures)?.exposures ?? null,
    effects,
    curves,
  };
}
