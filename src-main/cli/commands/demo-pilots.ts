import type { PilotPlan } from '#shared/domain/pilot.ts';
import type { Caller } from '../engine-session.ts';
import { readJsonObject } from '../read-json.ts';

/** Saves the plan of a file, and locks it as it was saved. */
export async function lockPlan({ call }: Caller, path: string): Promise<void> {
  const plan = readJsonObject(path, 'plan') as unknown as PilotPlan;
  const { pilot, hash } = await call('pilots.save', { plan });
  await call('pilots.lock', { pilot, hash });
}
