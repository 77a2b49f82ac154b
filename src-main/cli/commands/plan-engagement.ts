import { readFileSync } from 'node:fs';
import type { ActivityView } from '#shared/contract/engagement.ts';
import type { InputOf } from '#shared/contract/index.ts';
import { readCounts } from '#shared/domain/engagement-counts.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { type Arguments, requiredPath } from '../arguments.ts';
import { withVault } from '../engine-session.ts';
import type { Answer } from '../output.ts';
import { readJsonObject } from '../read-json.ts';

type Activity = InputOf<'plan.saveActivity'>['activity'];

function line({ activity, title, kind, audience, from, to, version }: ActivityView): string {
  return `${activity} (${title}), version ${version}: ${kind} of ${audience}, ${from} to ${to}`;
}

/** Lists the activities, runs the analysis of one, or saves one from a file. What people wrote is never printed. */
export function engagement(args: Arguments, folder: string): Promise<Answer> {
  if (args.text('file') !== undefined) return save(args, folder);
  const activity = args.words[2];
  return withVault(args, folder, async ({ call }) => {
    if (activity !== undefined) {
      const found = await call('analyses.run', { method: 'engagement', spec: { activity } });
      return { json: found, text: [...found.reading, ...found.warnings] };
    }
    const { activities } = await call('plan.activities', {});
    const named = activities.map(({ activity: code, title, kind, audience, from, to, version }) => ({
      ...{ activity: code, title, kind, audience, from, to, version },
    }));
    return { json: { activities: named }, text: activities.map(line) };
  });
}

function save(args: Arguments, folder: string): Promise<Answer> {
  const body = readJsonObject(requiredPath(args, 'file'), 'activity') as unknown as Activity;
  const activity = args.text('counts') === undefined ? body : { ...body, ...countsIn(requiredPath(args, 'counts')) };
  return withVault(args, folder, async ({ call }) => {
    const { warnings, ...view } = await call('plan.saveActivity', { activity });
    return {
      json: { activity: view.activity, version: view.version, warnings },
      text: [line({ ...view, warnings }), ...warnings],
    };
  });
}

function countsIn(file: string): Pick<Activity, 'groups' | 'items'> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new ExpectedError(
      'NO_SUCH_FILE',
      'The counts cannot be read.',
      'Nothing was done. Check the name and folder.',
    );
  }
  const read = readCounts(text);
  if (read.ok) return read.value;
  throw new ExpectedError(read.error.code, read.error.message, read.error.hint);
}
