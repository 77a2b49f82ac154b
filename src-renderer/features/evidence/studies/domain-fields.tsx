import { Fieldset, Select, TextInput } from '@mantine/core';
import {
  type Appraisal,
  type AppraisalDomain,
  type AppraisalTool,
  signallingAnswers,
  suggestedJudgement,
} from '#shared/domain/evidence/appraisal.ts';
import classes from '../evidence.module.css';
import { studiesText as text } from './text.ts';

/** A domain as it is being judged; an empty judgement is none yet. */
export type JudgedDomain = Appraisal['domains'][number];

type Props = {
  readonly tool: AppraisalTool;
  readonly domain: AppraisalDomain;
  readonly judged: JudgedDomain;
  readonly onChange: (judged: JudgedDomain) => void;
};

type Answer = (typeof signallingAnswers)[number];

/** The questions of a domain, what their answers lead to, and what the person judges. */
export function DomainFields({ tool, domain, judged, onChange }: Props) {
  const suggested = suggestedJudgement(tool, domain, judged.answers);
  const labelOf = (judgement: string) =>
    tool.judgements.find((known) => known.judgement === judgement)?.label ?? judgement;
  const answer = (question: string, value: string | null) => {
    const { [question]: _replaced, ...others } = judged.answers;
    const answers = value === null ? others : { ...others, [question]: value as Answer };
    const next = suggestedJudgement(tool, domain, answers);
    // The judgement follows the answers for as long as nobody has judged otherwise.
    const follows = judged.judgement === '' || judged.judgement === suggested;
    onChange({ ...judged, answers, judgement: follows && next !== null ? next : judged.judgement });
  };
  return (
    <Fieldset legend={domain.label}>
      {domain.questions.map(({ question, words }) => (
        <Select
          key={question}
          mb="xs"
          label={words}
          data={[...signallingAnswers]}
          value={judged.answers[question] ?? null}
          onChange={(value) => answer(question, value)}
          placeholder={text.answer}
          clearable
          maw={640}
        />
      ))}
      {suggested === null ? null : <p className={classes.note}>{text.suggested(labelOf(suggested))}</p>}
      <div className={classes.pair}>
        <Select
          label={`${text.judgement}: ${domain.label}`}
          data={tool.judgements.map(({ judgement, label }) => ({ value: judgement, label }))}
          value={judged.judgement === '' ? null : judged.judgement}
          onChange={(judgement) => onChange({ ...judged, judgement: judgement ?? '' })}
          clearable
        />
        <TextInput
          label={`${text.reason}: ${domain.label}`}
          value={judged.reason}
          onChange={(event) => onChange({ ...judged, reason: event.currentTarget.value })}
          maxLength={2_000}
        />
        <TextInput
          label={`${text.where}: ${domain.label}`}
          value={judged.where}
          onChange={(event) => onChange({ ...judged, where: event.currentTarget.value })}
          maxLength={500}
        />
      </div>
    </Fieldset>
  );
}
