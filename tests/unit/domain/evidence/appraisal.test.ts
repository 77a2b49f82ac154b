import { describe, expect, it } from 'vitest';
import { appraisalToolNamed, appraisalTools } from '#main/analysis/evidence/appraisal-tools.ts';
import {
  type AppraisalTool,
  appraisalFaults,
  appraisalSchema,
  overallJudgement,
  type SignallingAnswer,
  suggestedJudgement,
} from '#shared/domain/evidence/appraisal.ts';

const words: Readonly<Record<string, SignallingAnswer>> = {
  Y: 'yes',
  y: 'probably yes',
  N: 'no',
  n: 'probably no',
  '?': 'no information',
};

function toolOf(name: string): AppraisalTool {
  const tool = appraisalToolNamed(name);
  if (tool === null) throw new Error(name);
  return tool;
}

/** Answers as letters in the order of the questions; a space is a question that was not asked. */
function judged(name: string, domain: string, letters: string): string | null {
  const tool = toolOf(name);
  const own = tool.domains.find((each) => each.domain === domain);
  if (!own) throw new Error(domain);
  const answers = Object.fromEntries(
    own.questions.flatMap(({ question }, at) =>
      letters[at] === ' ' ? [] : [[question, words[letters[at] ?? '?'] ?? 'no']],
    ),
  );
  return suggestedJudgement(tool, own, answers);
}

/** Every way to answer the questions of a domain. */
function everyAnswer(questions: number): string[] {
  return questions === 0
    ? ['']
    : everyAnswer(questions - 1).flatMap((rest) => ['Y', 'N', '?'].map((letter) => rest + letter));
}

describe('RoB 2', () => {
  it.each([
    ['randomisation', 'YYN', 'low'],
    ['randomisation', '?y?', 'low'],
    ['randomisation', 'YYY', 'some concerns'],
    ['randomisation', 'NYN', 'some concerns'],
    ['randomisation', 'Y?N', 'some concerns'],
    ['randomisation', 'Y?Y', 'high'],
    ['randomisation', 'YNN', 'high'],
    ['deviations', 'NN   Y ', 'low'],
    ['deviations', 'YYN  Y ', 'low'],
    ['deviations', 'YYYYNY ', 'high'],
    ['deviations', 'YYYYYY ', 'some concerns'],
    ['deviations', 'NN   NY', 'high'],
    ['deviations', 'YY?  NN', 'some concerns'],
    ['missing', 'Y   ', 'low'],
    ['missing', 'NNYN', 'some concerns'],
    ['missing', 'NNY?', 'high'],
    ['measurement', 'NNYYN', 'some concerns'],
    ['measurement', 'NNYYY', 'high'],
    ['measurement', 'N?N  ', 'some concerns'],
    ['measurement', 'Y    ', 'high'],
    ['reporting', 'YNN', 'low'],
    ['reporting', '?NN', 'some concerns'],
    ['reporting', 'YN?', 'some concerns'],
    ['reporting', 'YNY', 'high'],
  ])('%s answered %s is %s', (domain, letters, judgement) => {
    expect(judged('rob-2', domain, letters)).toBe(judgement);
  });

  it('reaches a judgement however all questions of a domain are answered', () => {
    for (const { domain, questions } of toolOf('rob-2').domains) {
      const open = everyAnswer(questions.length).filter((letters) => judged('rob-2', domain, letters) === null);
      expect(open, domain).toEqual([]);
    }
  });

  it('says nothing while answers are missing', () => {
    expect(judged('rob-2', 'randomisation', 'Y  ')).toBeNull();
    expect(judged('rob-2', 'deviations', 'NN     ')).toBeNull();
  });

  it('is as bad over all as its worst domain, unless the person says otherwise', () => {
    const tool = toolOf('rob-2');
    const domains = tool.domains.map(({ domain }, at) => ({
      domain,
      judgement: at === 2 ? 'some concerns' : 'low',
      reason: 'as the paper tells',
    }));
    const appraisal = appraisalSchema.parse({ study: 'A', tool: 'rob-2', domains });
    expect(overallJudgement(tool, appraisal)).toBe('some concerns');
    expect(overallJudgement(tool, { ...appraisal, domains: appraisal.domains.slice(1) })).toBeNull();
    expect(overallJudgement(tool, { ...appraisal, overall: { judgement: 'high', reason: 'several concerns' } })).toBe(
      'high',
    );
  });
});

describe('the other tools', () => {
  it.each([
    ['YYYY', '5'],
    ['NYYY', '4'],
    ['NYYN', '3'],
    ['NNYN', '2'],
    ['NYNN', '2'],
    ['NNNN', '1'],
  ])('the Maryland scale answered %s is level %s', (letters, level) => {
    expect(judged('maryland-sms', 'design', letters)).toBe(level);
  });

  it('leave the judgement to the person where the published tool has no rules, and have no sum where it has none', () => {
    expect(judged('robins-i', 'confounding', 'NYN')).toBeNull();
    const emmie = toolOf('emmie-q');
    const domains = emmie.domains.map(({ domain }) => ({ domain, judgement: '3', reason: 'as the review tells' }));
    expect(overallJudgement(emmie, appraisalSchema.parse({ study: 'A', tool: 'emmie-q', domains }))).toBeNull();
  });

  it('name each rule, question and judgement as they are', () => {
    for (const { name, judgements, domains } of appraisalTools) {
      const known = new Set(judgements.map(({ judgement }) => judgement));
      for (const { questions, parts } of domains) {
        const asked = new Set(questions.map(({ question }) => question));
        for (const { judgement, when } of parts.flat()) {
          expect(known.has(judgement), `${name}: ${judgement}`).toBe(true);
          for (const question of Object.keys(when)) expect(asked.has(question), `${name}: ${question}`).toBe(true);
        }
      }
    }
  });

  it('say what an appraisal gets wrong', () => {
    const faults = appraisalFaults(
      toolOf('rob-2'),
      appraisalSchema.parse({
        study: 'A',
        tool: 'rob-2',
        domains: [
          { domain: 'randomisation', answers: { '9.9': 'yes' }, judgement: 'fine', reason: 'seems so' },
          { domain: 'weather', judgement: 'low', reason: 'it was dry' },
        ],
        overall: { judgement: 'awful', reason: 'all of it' },
      }),
    );
    expect(faults).toEqual([
      'RoB 2 has no judgement “fine”',
      'the domain randomisation has no question “9.9”',
      'RoB 2 has no domain “weather”',
      'RoB 2 has no judgement “awful”',
    ]);
  });
});
