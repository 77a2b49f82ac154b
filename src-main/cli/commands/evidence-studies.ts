import type { HeldEvidence, HeldGuidance, SummarisedOutcome } from '#shared/contract/evidence-studies.ts';
import type { InputOf, OperationName, OutputOf } from '#shared/contract/index.ts';
import { type Arguments, requiredPath, usageError, word } from '../arguments.ts';
import { withVault } from '../engine-session.ts';
import type { Answer } from '../output.ts';
import { readJsonObject } from '../read-json.ts';
import { needed, type Run, reviewOf } from './evidence-words.ts';

type Call = <Name extends OperationName>(name: Name, input: InputOf<Name>) => Promise<OutputOf<Name>>;

function heldLines({ studies, outcomes, appraisals, disagreements, grades, guidance }: HeldEvidence): string[] {
  return [
    ...studies.map(
      ({ study, version }) => `${study.study}, version ${version}: ${study.design}, ${study.findings.length} findings`,
    ),
    ...outcomes.map(({ outcome }) => `Outcome ${outcome.outcome}: ${outcome.measure}, ${outcome.importance}`),
    ...appraisals.map(
      ({ appraisal, appraiser, overall }) =>
        `${appraisal.study} by ${appraiser}, ${appraisal.tool}: ${overall ?? 'not judged over all'}`,
    ),
    ...disagreements.map(({ study, judgements }) => `To settle, ${study}: ${judgements.join(' or ')}`),
    ...grades.map(({ grade }) => `Rated: ${grade.outcome}`),
    ...guidance.map(guidanceLine),
  ];
}

function guidanceLine({ review, guidance }: HeldGuidance): string {
  const { guidance: code, who, what, strength, certainty } = guidance;
  return `${review}, ${code} (${strength}, certainty ${certainty}): ${who}: ${what}`;
}

function summaryLines({ outcome, row, synthesis }: SummarisedOutcome): string[] {
  const people = row.people === null ? '' : `, ${row.people} people`;
  return [
    `${outcome.title}: ${row.effect}${row.absolute === null ? '' : `; ${row.absolute}`} (${row.studies} studies${people}). ${row.certainty === null ? 'Not rated' : `Certainty ${row.certainty}`}.`,
    `  ${row.statement}`,
    ...row.reasons.map((reason) => `  ${reason}`),
    ...synthesis.warnings.map((warning) => `  ${warning}`),
  ];
}

const studies: Run = (args, folder) => {
  const review = reviewOf(args);
  return withVault(args, folder, async ({ call }) => {
    const held = await call('evidence.held', { review });
    return { json: held, text: heldLines(held) };
  });
};

/** Saves what a file holds, over the version that stands. A study, or `{"studies": […]}`; so for the others. */
function saving(
  many: string,
  save: (call: Call, review: string, document: never, held: HeldEvidence) => Promise<{ item: string; version: number }>,
): Run {
  return (args, folder) => {
    const review = reviewOf(args);
    const given = readJsonObject(requiredPath(args, 'file'), many);
    const list = given[many];
    const documents = Array.isArray(list) ? list : [given];
    return withVault(args, folder, async ({ call }) => {
      const saved: { item: string; version: number }[] = [];
      for (const document of documents) {
        const held = await call('evidence.held', { review });
        saved.push(await save(call, review, document as never, held));
      }
      return { json: { saved }, text: saved.map(({ item, version }) => `Saved ${item}, version ${version}.`) };
    });
  };
}

const extract = saving('studies', (call, review, study: InputOf<'evidence.saveStudy'>['study'], { studies: all }) => {
  const seen = all.find((held) => held.study.study === study.study)?.version ?? 0;
  return call('evidence.saveStudy', { review, seen, study });
});

const outcomes = saving(
  'outcomes',
  (call, review, outcome: InputOf<'evidence.saveOutcome'>['outcome'], { outcomes: all }) => {
    const seen = all.find((held) => held.outcome.outcome === outcome.outcome)?.version ?? 0;
    return call('evidence.saveOutcome', { review, seen, outcome });
  },
);

const grade = saving('grades', (call, review, document: InputOf<'evidence.grade'>['grade'], { grades }) => {
  const seen = grades.find((held) => held.grade.outcome === document.outcome)?.version ?? 0;
  return call('evidence.grade', { review, seen, grade: document });
});

const guide = saving(
  'guidance',
  (call, review, guidance: InputOf<'evidence.saveGuidance'>['guidance'], { guidance: all }) => {
    const seen = all.find((held) => held.guidance.guidance === guidance.guidance)?.version ?? 0;
    return call('evidence.saveGuidance', { review, seen, guidance });
  },
);

function appraise(args: Arguments, folder: string): Promise<Answer> {
  const user = args.text('user') ?? process.env['TIDEMARK_USER'];
  const run = saving(
    'appraisals',
    (call, review, appraisal: InputOf<'evidence.appraise'>['appraisal'], { appraisals }) => {
      const own = appraisals.find(
        (held) =>
          held.appraiser === user && held.appraisal.study === appraisal.study && held.appraisal.tool === appraisal.tool,
      );
      return call('evidence.appraise', { review, seen: own?.version ?? 0, appraisal });
    },
  );
  return run(args, folder);
}

const guidance: Run = (args, folder) => {
  if (args.text('file') !== undefined) return guide(args, folder);
  return withVault(args, folder, async ({ call }) => {
    const all = await call('evidence.guidance', {});
    return { json: all, text: all.guidance.map(guidanceLine) };
  });
};

const summary: Run = (args, folder) => {
  const review = reviewOf(args);
  return withVault(args, folder, async ({ call }) => {
    const answer = await call('evidence.summary', { review });
    const limits = answer.limits.map(({ limit, likelyBias }) => `Less than a full review: ${limit} ${likelyBias}`);
    return { json: answer, text: [...answer.outcomes.flatMap(summaryLines), ...limits] };
  });
};

/** Without a review it shows the library; with one it begins the review with it. */
const library: Run = (args, folder) =>
  withVault(args, folder, async ({ call }) => {
    const shipped = await call('evidence.library', {});
    const review = args.words[2];
    if (review === undefined) {
      return { json: shipped, text: shipped.studies.map(({ study, setting }) => `${study}: ${setting}`) };
    }
    const copied = await call('evidence.startFrom', { review, library: shipped.library });
    return { json: copied, text: [`Copied ${copied.studies} studies and ${copied.outcomes} outcomes into ${review}.`] };
  });

const tools: Run = (args, folder) =>
  withVault(args, folder, async ({ call }) => {
    const answer = await call('evidence.tools', {});
    return {
      json: answer,
      text: answer.tools.flatMap(({ tool, name, domains }) => [
        `${tool}: ${name}`,
        ...domains.flatMap(({ domain, questions }) => [
          `  ${domain}`,
          ...questions.map(({ question, words }) => `    ${question} ${words}`),
        ]),
      ]),
    };
  });

const addPilot: Run = (args, folder) => {
  const review = reviewOf(args);
  const pilot = word(args, 3, 'the code of the pilot');
  const outcome = needed(args, 'outcome');
  return withVault(args, folder, async ({ call }) => {
    const saved = await call('evidence.addPilot', { review, pilot, outcome });
    return { json: saved, text: [`Added ${saved.item}, version ${saved.version}.`] };
  });
};

const withdrawn = ['study', 'outcome', 'grade', 'guidance'] as const;

const withdraw: Run = (args, folder) => {
  const review = reviewOf(args);
  const given = word(args, 3, `what is taken back: ${withdrawn.join(', ')}`);
  const kind = withdrawn.find((known) => known === given);
  if (kind === undefined) throw usageError(`evidence withdraws ${withdrawn.join(', ')}, not “${given}”.`);
  const item = word(args, 4, 'its code');
  const reason = needed(args, 'reason');
  return withVault(args, folder, async ({ call }) => {
    const saved = await call('evidence.withdraw', { review, kind, item, reason });
    return { json: saved, text: [`Took ${item} back.`] };
  });
};

/** What follows the included studies: extraction, appraisal, synthesis, certainty and guidance. */
export const studyActions: Readonly<Record<string, Run>> = {
  ...{ studies, extract, outcomes, appraise, grade, guidance, summary, library, tools, withdraw },
  'add-pilot': addPilot,
};
