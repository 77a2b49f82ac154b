import type { ExposureOutcomeResult } from '#main/analysis/exposure/outcome/exposure-outcome.ts';
import { instrumentNamed } from '#main/analysis/instruments/registry.ts';
import { keyOf } from '#main/disclosure/released-counts.ts';
import type { CurveAsked, ReleaseSpec } from '#shared/contract/release-spec.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { runAnalysis } from '../../analyses/index.ts';
import type { VaultContext } from '../../call-context.ts';
import { definitionOf } from '../definitions.ts';
import { type BundlePart, following, noCounts, printed } from './bundle-part.ts';

type Fitted = ExposureOutcomeResult & {
  readonly instrument: string;
  readonly scale: string;
  readonly cutOff: string | null;
};

function idOf({ instrument, outcome, windowDays }: CurveAsked): string {
  return `curve:${instrument.toLowerCase().replaceAll(/[^a-z0-9.+-]+/g, '-')}:${outcome}:${windowDays}-days`;
}

function definitionIn(asked: CurveAsked, { instrument, scale, cutOff }: Fitted) {
  const { outcome, windowDays, knots, adjust } = asked;
  const version = instrumentNamed(instrument)?.version ?? '';
  return definitionOf({
    id: idOf(asked),
    kind: 'curve',
    version: 1,
    says: {
      ...{ instrument, instrumentVersion: version, scale, outcome, cutOff, windowDays, scheme: 'count-v1' },
      ...{
        knots: [...knots],
        adjust: [...adjust],
        basis: 'restricted cubic spline over the square of the outer distance',
      },
      errors: 'clustered by person',
    },
  });
}

/** Coefficients of an outcome on exposure, with their covariance. Terms of single roles stay inside. */
export async function curvePart(
  context: VaultContext,
  asked: CurveAsked,
  { from, to }: ReleaseSpec,
): Promise<Result<BundlePart>> {
  const { windowDays, ...more } = asked;
  const answer = await runAnalysis(context, 'exposure-outcome', {
    ...more,
    windowDays,
    windows: [windowDays],
    from,
    to,
  });
  if (!answer.ok) return answer;
  const fitted = answer.value.result as unknown as Fitted;
  const { pairs, people, cases } = fitted;
  const { line, curve } = fitted.fitted;
  const [slope, variance] = [line.coefficients[0], line.covariance[0]?.[0]];
  if (curve.coefficients.length !== asked.knots.length - 1 || slope === undefined || variance === undefined) {
    return fail(
      'REFUSED_MODEL',
      `The curve of ${asked.instrument} does not carry ${asked.knots.length} knots: ${fitted.fewerKnots ?? 'there are too few pairs'}.`,
      'Nothing was released. Leave it out, ask over a longer period, or agree on fewer knots with the other forces.',
    );
  }
  const id = idOf(asked);
  const as = (what: string) => ({ group: `curve|${id}|${what}`, from, to });
  const [all, those, others] = [as('pairs'), as('cases'), as('others')];
  return ok({
    definitions: [definitionIn(asked, fitted)],
    workforce: noCounts,
    clinical: {
      cells: [
        printed(all, pairs),
        printed(as('people'), people),
        ...(cases === null ? [] : [printed(those, cases), following(others, pairs - cases)]),
      ],
      sums: cases === null ? [] : [{ total: keyOf(all), parts: [keyOf(those), keyOf(others)] }],
    },
    fill: (_workforce, clinical) => {
      const counts = [clinical(all), clinical(as('people')), ...(cases === null ? [] : [clinical(those)])];
      if (counts.includes(null)) return {};
      const told = {
        definition: id,
        coefficients: [...curve.coefficients],
        covariance: curve.covariance.map((row) => [...row]),
        slope: { estimate: slope, variance },
      };
      return { curves: [{ ...told, pairs, people, cases }] };
    },
    snapshot: answer.value.provenance.snapshot,
    coverage: answer.value.provenance.coverage,
    notes: [],
  });
}
