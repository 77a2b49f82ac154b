import type { Direction } from './rules.ts';

export type Better = 'low' | 'high' | 'neither';

/** Whether a signal is good news, bad news, or neither (NHS England, Making Data Count: the icons of variation). */
export type SignalType = 'concern' | 'improvement' | 'neutral';

export function signalType(direction: Direction, better: Better): SignalType {
  if (direction === null || better === 'neither') return 'neutral';
  return direction === better ? 'improvement' : 'concern';
}

/** Whether the process meets its target always, never, or now and then: the icons of assurance. */
export type Assurance = 'pass' | 'fail' | 'hit or miss';

/** By where the target lies against the process limits; null where no direction is better. */
export function assuranceOf(target: number, lower: number, upper: number, better: Better): Assurance | null {
  if (better === 'neither') return null;
  if (target > upper) return better === 'high' ? 'fail' : 'pass';
  if (target < lower) return better === 'high' ? 'pass' : 'fail';
  return 'hit or miss';
}
