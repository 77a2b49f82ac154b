import type { ActorPartnerData, ActorPartnerFit } from '../../dyads/actor-partner-model.ts';
import { jackknifeRatios, type ResampledRatios, resampleRatios } from '../../dyads/resample-effects.ts';
import { at } from '../../linear-algebra/matrix.ts';
import { bootstrapSummary } from '../../resampling/bootstrap-limits.ts';
import type { RowResamples } from '../../resampling/row-resamples.ts';
import { waldTerm } from '../term.ts';
import type { ApimLabels, ApimSpec } from './spec.ts';

type Row = Readonly<Record<string, unknown>>;
type Ratio = { readonly role: 0 | 1; readonly actor: number; readonly partner: number };

/**
 * k of each role: its partner effect over its own actor effect (Kenny and Ledermann 2010, Journal of Family Psychology 24:359):
 * 1 couple, 0 actor only, −1 contrast. Null where the actor effect is not distinguishable from nothing, because a ratio to
 * nothing says nothing.
 */
export function ratioRows(
  fit: ActorPartnerFit,
  data: ActorPartnerData,
  spec: ApimSpec,
  labels: ApimLabels,
  resamples: RowResamples | null,
  warnings: string[],
): Row[] {
  const { slope } = fit.layout;
  const ratios: readonly Ratio[] = [
    { role: 0, actor: slope(0, 0), partner: slope(0, 1) },
    { role: 1, actor: slope(1, 1), partner: slope(1, 0) },
  ];
  const told = ratios.filter(({ actor }) => distinguishable(fit, actor, spec.confidence));
  const resampled = resamples && told.length > 0 ? resampleRatios(data, resamples, spec.missing) : null;
  const jackknife = resampled && spec.interval === 'bca' ? jackknifeRatios(data, spec.missing) : null;
  if (resampled && resampled.failed > 0) {
    warnings.push(
      `${resampled.failed} of ${resamples?.count} resamples of couples have no estimate; they were left out.`,
    );
  }
  return ratios.map((ratio) => {
    const name = { term: `k ${labels.roles[ratio.role]}`, parameter: `k${ratio.role + 1}` };
    if (!told.includes(ratio)) {
      warnings.push(
        `${name.term} is not given: the actor effect of ${labels.roles[ratio.role]} is not distinguishable from nothing, and a ratio to it would say nothing.`,
      );
      return { ...name, estimate: null, se: null, low: null, high: null };
    }
    return { ...name, ...ratioRow(fit, ratio, spec, resampled, jackknife, warnings) };
  });
}

function distinguishable(fit: ActorPartnerFit, actor: number, confidence: number): boolean {
  if (!fit.covariance) return false;
  const { p } = waldTerm('', fit.theta[actor] as number, Math.sqrt(at(fit.covariance, actor, actor)), null, confidence);
  return p !== null && p < 1 - confidence;
}

const fewest = 20;

function ratioRow(
  fit: ActorPartnerFit,
  { role, actor, partner }: Ratio,
  { confidence, interval }: ApimSpec,
  resampled: ResampledRatios | null,
  jackknife: ResampledRatios | null,
  warnings: string[],
): Row {
  const a = fit.theta[actor] as number;
  const k = (fit.theta[partner] as number) / a;
  const v = (one: number, other: number): number => (fit.covariance ? at(fit.covariance, one, other) : Number.NaN);
  const se = Math.sqrt(v(partner, partner) - 2 * k * v(actor, partner) + k * k * v(actor, actor)) / Math.abs(a);
  const { low, high } = waldTerm('', k, se, null, confidence);
  const delta = { low, high };
  if (!resampled) return { estimate: k, se, ...delta };
  const list = role === 0 ? resampled.k1 : resampled.k2;
  if (list.length < fewest) {
    warnings.push(
      `Only ${list.length} resamples have an estimate of k, too few for limits: those given are by the delta method.`,
    );
    return { estimate: k, se, ...delta };
  }
  const without = jackknife && jackknife.failed === 0 ? (role === 0 ? jackknife.k1 : jackknife.k2) : null;
  const found = bootstrapSummary(k, list, confidence, without);
  const limits = interval === 'bca' ? found.bca : found.percentile;
  if (!limits) {
    warnings.push(
      'Bias-corrected and accelerated limits of k do not exist here; percentile limits are given beside them.',
    );
  }
  return {
    estimate: k,
    se,
    low: limits?.low ?? null,
    high: limits?.high ?? null,
    delta,
    bootstrap: {
      samples: found.used,
      mean: found.mean,
      se: found.se,
      percentile: found.percentile,
      z0: Number.isFinite(found.biasCorrection) ? found.biasCorrection : null,
      biasCorrected: found.biasCorrected,
      ...(interval === 'bca' ? { acceleration: found.acceleration, bca: found.bca } : {}),
    },
  };
}
