import type { RunSignal } from '#shared/charts/chart-spec.ts';
import classes from './variation.module.css';

/** Nothing out of the ordinary, a signal of a rule, or too few months to say. */
export type VariationState = RunSignal | 'usual' | 'unknown';

/** How a series varies now, in words. */
export function variationWords(state: VariationState): string {
  if (state === 'usual') return 'As usual';
  if (state === 'unknown') return 'Too few months';
  const name = { concern: 'Concern', improvement: 'Improvement', neutral: 'Changed' }[state.kind];
  return state.direction === null ? name : `${name}: ${state.direction === 'high' ? 'higher' : 'lower'}`;
}

const dots: Readonly<Record<'high' | 'low' | 'usual', readonly (readonly [number, number])[]>> = {
  high: [
    [5, 15.4],
    [8.4, 14.2],
    [11.8, 12.8],
    [15, 9.2],
    [17.8, 7.4],
  ],
  low: [
    [5, 8.6],
    [8.4, 9.8],
    [11.8, 11.2],
    [15, 14.8],
    [17.8, 16.6],
  ],
  usual: [
    [5, 13.6],
    [8.5, 10.4],
    [12, 13.6],
    [15.5, 10.4],
    [19, 13.6],
  ],
};

function toneOf(state: VariationState): string {
  return typeof state === 'string' ? '' : (classes[state.kind] ?? '');
}

/** The icon of variation as NHS England draws it: a ring, points that run or keep to the mean, and a letter. */
function VariationMark({ state }: { readonly state: VariationState }) {
  const direction = typeof state === 'string' ? null : state.direction;
  const letter = direction === null ? null : direction === 'high' ? 'H' : 'L';
  const path = state === 'unknown' ? [] : dots[direction ?? 'usual'];
  return (
    <svg
      className={`${classes.mark} ${toneOf(state)}`}
      width={24}
      height={24}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeDasharray={state === 'unknown' ? '2.5 2.5' : undefined}
      aria-hidden="true"
      focusable="false"
    >
      <circle cx="12" cy="12" r="10.8" />
      <path d={`M${path.map(([x, y]) => `${x} ${y}`).join('L') || '8 12h8'}`} strokeWidth="1" />
      {path.map(([x, y], at) => (
        <circle
          key={x}
          cx={x}
          cy={y}
          r={1.3}
          fill={letter === null || at > 2 ? 'currentColor' : 'none'}
          strokeWidth="1"
        />
      ))}
      {letter === null ? null : (
        <text
          x="8.2"
          y={letter === 'H' ? 9.8 : 20}
          fontSize="8"
          fontWeight="700"
          textAnchor="middle"
          fill="currentColor"
          stroke="none"
        >
          {letter}
        </text>
      )}
    </svg>
  );
}

/** Icon and words. */
export function Variation({ state }: { readonly state: VariationState }) {
  const words = variationWords(state);
  return (
    <span className={classes.variation} title={words}>
      <VariationMark state={state} />
      <span className={classes.words}>{words}</span>
    </span>
  );
}

type SparklineProps = {
  /** Oldest first; null where there is no value to show. */
  readonly values: readonly (number | null)[];
  readonly centre: number | null;
  /** Null without one. */
  readonly target: number | null;
  readonly state: VariationState;
};

const [widthPx, heightPx, edgePx] = [88, 26, 4] as const;

/** A small run chart without words: what it stands beside says what it shows. */
export function Sparkline({ values, centre, target, state }: SparklineProps) {
  const known = [...values, centre, target].filter((value) => value !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const x = (at: number) => edgePx + (at * (widthPx - 2 * edgePx)) / Math.max(1, values.length - 1);
  const y = (value: number) =>
    high === low ? heightPx / 2 : heightPx - edgePx - ((value - low) * (heightPx - 2 * edgePx)) / (high - low);
  const last = values.findLastIndex((value) => value !== null);
  const end = values[last];
  const path = values
    .map((value, at) =>
      value === null ? '' : `${values[at - 1] == null ? 'M' : 'L'}${x(at).toFixed(1)} ${y(value).toFixed(1)}`,
    )
    .join('');
  return (
    <svg width={widthPx} height={heightPx} viewBox={`0 0 ${widthPx} ${heightPx}`} aria-hidden="true" focusable="false">
      {centre === null ? null : (
        <line className={classes.mean} x1={edgePx} x2={widthPx - edgePx} y1={y(centre)} y2={y(centre)} />
      )}
      {target === null ? null : (
        <line className={classes.target} x1={edgePx} x2={widthPx - edgePx} y1={y(target)} y2={y(target)} />
      )}
      <path className={classes.line} d={path} />
      {values.map((value, at) =>
        value !== null && values[at - 1] == null && values[at + 1] == null ? (
          // A month between months without a value has no line to be seen by.
          <circle key={x(at)} className={classes.last} cx={x(at)} cy={y(value)} r={1.5} />
        ) : null,
      )}
      {end == null ? null : <circle className={`${classes.last} ${toneOf(state)}`} cx={x(last)} cy={y(end)} r={3} />}
    </svg>
  );
}
