import type { ReviewSummary, ReviewView } from '#shared/contract/review-shapes.ts';
import type { ReviewProtocol } from '#shared/domain/review.ts';
import { type Arguments, requiredPath, usageError, word } from '../arguments.ts';
import { withVault } from '../engine-session.ts';
import type { Answer } from '../output.ts';
import { readJsonObject } from '../read-json.ts';
import { recordActions } from './evidence-records.ts';
import { screeningActions } from './evidence-screening.ts';
import { studyActions } from './evidence-studies.ts';
import { flowLines, type Run, reviewOf } from './evidence-words.ts';

function line({ review, title, status, version, records, included }: ReviewSummary): string {
  return `${review} (${title}), version ${version}: ${status}, ${records} records, ${included} included`;
}

function shown(view: ReviewView): Answer {
  return { json: view, text: [line(view), ...view.gaps.map(({ field, words }) => `It lacks ${words} (${field}).`)] };
}

const list: Run = (args, folder) =>
  withVault(args, folder, async ({ call }) => {
    const answer = await call('reviews.list', {});
    return { json: answer, text: answer.reviews.map(line) };
  });

const show: Run = (args, folder) => {
  const review = reviewOf(args);
  return withVault(args, folder, async ({ call }) => {
    const view = await call('reviews.show', { review });
    const searches = view.searches.map(
      ({ search, database, on, hits, records }) =>
        `Search ${search}: ${database}, ${on}, ${hits} hits, ${records} records`,
    );
    const text = [JSON.stringify(view.protocol, null, 2), ...shown(view).text, ...searches, ...flowLines(view.flow)];
    return { json: view, text };
  });
};

const save: Run = (args, folder) => {
  const protocol = readJsonObject(requiredPath(args, 'file'), 'protocol') as unknown as ReviewProtocol;
  const reason = args.text('reason');
  return withVault(args, folder, async ({ call }) =>
    shown(await call('reviews.save', { protocol, ...(reason === undefined ? {} : { reason }) })),
  );
};

const register: Run = (args, folder) => {
  const review = reviewOf(args);
  return withVault(args, folder, async ({ call }) => {
    const { hash } = await call('reviews.show', { review });
    return shown(await call('reviews.register', { review, hash, registeredIn: args.text('in') ?? '' }));
  });
};

const actions: Readonly<Record<string, Run>> = {
  list,
  show,
  save,
  register,
  ...recordActions,
  ...screeningActions,
  ...studyActions,
};

/** `evidence DIR [ACTION]`: reviews from the protocol to what they advise. */
export function evidence(args: Arguments): Promise<Answer> {
  const folder = word(args, 0, 'the folder of the vault');
  const action = args.words[1] ?? 'list';
  const run = Object.hasOwn(actions, action) ? actions[action] : undefined;
  if (!run) throw usageError(`evidence does not know “${action}”. It knows ${Object.keys(actions).join(', ')}.`);
  return run(args, folder);
}
