import type { ReviewerAgreement, ScreeningConflict } from '#shared/contract/review-screening.ts';
import { fullTextStates, screeningStages } from '#shared/domain/review.ts';
import { requiredPath, word } from '../arguments.ts';
import { withVault } from '../engine-session.ts';
import { flowLines, needed, oneOf, type Run, reviewOf, titleOf } from './evidence-words.ts';

const decide: Run = (args, folder) => {
  const review = reviewOf(args);
  const stage = oneOf(args, 'stage', screeningStages);
  const file = requiredPath(args, 'file');
  return withVault(args, folder, async ({ call }) => {
    const answer = await call('reviews.loadDecisions', { review, stage, file });
    const rejects = answer.rejects.map(({ row, message }) => `${row}  ${message}`);
    return { json: answer, text: [`${answer.accepted} of ${answer.read} decisions kept.`, ...rejects] };
  });
};

function conflictLine({ stage, reference, decisions }: ScreeningConflict): string {
  const said = decisions.map(
    ({ reviewer, decision, reason }) => `${reviewer}: ${decision}${reason ? ` (${reason})` : ''}`,
  );
  return `${stage}  ${titleOf(reference)}\n  ${said.join('; ')}`;
}

const conflicts: Run = (args, folder) => {
  const review = reviewOf(args);
  return withVault(args, folder, async ({ call }) => {
    const answer = await call('reviews.conflicts', { review, limit: 500 });
    return {
      json: answer,
      text: [`${answer.total} records wait to be settled.`, ...answer.conflicts.map(conflictLine)],
    };
  });
};

const resolve: Run = (args, folder) => {
  const settled = {
    ...{ review: reviewOf(args), stage: oneOf(args, 'stage', screeningStages) },
    record: Number(word(args, 3, 'the number of a record')),
    decision: oneOf(args, 'decision', ['include', 'exclude', 'none']),
    ...{ reason: args.text('reason') ?? null, note: needed(args, 'note') },
  };
  return withVault(args, folder, async ({ call }) => {
    const answer = await call('reviews.resolve', settled);
    return { json: answer, text: [`Record ${answer.record}: ${answer.place}; ${answer.conflicts} left to settle.`] };
  });
};

const fullText: Run = (args, folder) => {
  const records = args.words.slice(3).map(Number);
  const said = {
    review: reviewOf(args),
    records,
    state: oneOf(args, 'state', fullTextStates),
    note: args.text('note') ?? '',
  };
  return withVault(args, folder, async ({ call }) => {
    const answer = await call('reviews.fullText', said);
    return { json: answer, text: flowLines(answer.flow) };
  });
};

const flow: Run = (args, folder) => {
  const review = reviewOf(args);
  return withVault(args, folder, async ({ call }) => {
    const answer = await call('reviews.flow', { review });
    return { json: answer, text: flowLines(answer) };
  });
};

type Interval = ReviewerAgreement['kappa'];

function interval(name: string, found: Interval): string {
  if (found === null) return `${name} cannot be computed`;
  const [estimate, low, high] = [found.estimate, found.low, found.high].map((value) => value.toFixed(2));
  return `${name} ${estimate} (95% interval ${low} to ${high})`;
}

const agreement: Run = (args, folder) => {
  const review = reviewOf(args);
  const stage = oneOf(args, 'stage', screeningStages);
  return withVault(args, folder, async ({ call }) => {
    const answer = await call('reviews.agreement', { review, stage });
    return {
      json: answer,
      text: [
        ...answer.pairs.map(({ first, second, n, agreed, kappa, ac1 }) =>
          [
            `${first} and ${second}, ${n} records: ${interval('share alike', agreed)}`,
            ...[interval('kappa', kappa), interval('AC1', ac1)],
          ].join('; '),
        ),
        ...answer.warnings,
      ],
    };
  });
};

export const screeningActions: Readonly<Record<string, Run>> = {
  ...{ decide, conflicts, resolve, flow, agreement },
  'full-text': fullText,
};
