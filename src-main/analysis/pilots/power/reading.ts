import type { PilotPower } from './pilot-power.ts';
import type { PilotPowerSpec } from './spec.ts';

/** How often in words that anybody can picture. */
export function timesOf(power: number): string {
  if (power >= 0.975) return 'nearly every time';
  if (power >= 0.925) return '19 times in 20';
  const times = Math.round(power * 10);
  return times < 1 ? 'less than 1 time in 10' : `${times} ${times === 1 ? 'time' : 'times'} in 10`;
}

function effectInWords({ effect }: PilotPower, { sd, share }: PilotPowerSpec): string {
  const size = Math.abs(effect);
  if (share !== null) return `${(100 * size).toFixed(1)} percentage points`;
  return sd === null ? `${size.toFixed(2)} standard deviations` : `${size.toFixed(1)} points`;
}

function peopleInWords({ people, followedUp, clusters }: PilotPower, { design }: PilotPowerSpec): string {
  const within = clusters === null ? '' : ` in ${Number(clusters.toFixed(1))} clusters`;
  const each = design === 'stepped-wedge' ? ' in every period' : '';
  return `${people} people${within}${each}${followedUp < people ? `, of whom ${followedUp} are followed up` : ''}`;
}

function foundInWords(result: PilotPower, spec: PilotPowerSpec): string {
  const [who, what, often] = [peopleInWords(result, spec), effectInWords(result, spec), timesOf(result.power)];
  switch (result.found) {
    case 'power':
      return `With ${who}, a true difference of ${what} is found ${often}.`;
    case 'effect':
      return `With ${who}, the smallest true difference that is found ${often} is ${what}.`;
    case 'people':
      return `To find a true difference of ${what} ${often}, it takes ${who}.`;
  }
}

/** The answer in words, and what it rests on. */
export function readPilotPower(result: PilotPower, spec: PilotPowerSpec): string[] {
  const { designEffect, powerByClusters } = result;
  const errs = `Where there is no difference at all, one is found ${Number((100 * spec.alpha).toFixed(2))} times in 100.`;
  return [
    foundInWords(result, spec),
    errs,
    ...(designEffect === null
      ? []
      : [`People in one cluster are alike: ${designEffect.toFixed(1)} of them tell as much as one who stands alone.`]),
    ...(powerByClusters === null || powerByClusters > result.power - 0.01
      ? []
      : [`So few clusters find it less often than that: ${timesOf(powerByClusters)}.`]),
    'It holds as far as what it rests on does: the spread, the share who are lost, and how alike people are, none of which is known before.',
  ];
}
