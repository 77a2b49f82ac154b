import { Select, Textarea } from '@mantine/core';
import type { ReviewQuestion } from '#shared/domain/review.ts';
import { Panel } from '../../../ui/surface.tsx';
import classes from '../evidence.module.css';
import { protocolText as text } from './text.ts';

type Props = { readonly question: ReviewQuestion; readonly onChange: (question: ReviewQuestion) => void };

/** An empty question of a framework, with what both frameworks ask kept. */
function asFramework(framework: ReviewQuestion['framework'], { intervention, comparison }: ReviewQuestion) {
  return framework === 'PICO'
    ? { framework, population: '', intervention, comparison, outcome: '' }
    : { framework, setting: '', perspective: '', intervention, comparison, evaluation: '' };
}

export function QuestionFields({ question, onChange }: Props) {
  const { framework, ...parts } = question;
  return (
    <Panel title={text.question}>
      <div className={classes.pair}>
        <Select
          label={text.framework}
          data={['PICO', 'SPICE']}
          value={framework}
          onChange={(value) => {
            if (value !== null && value !== framework) {
              onChange(asFramework(value as ReviewQuestion['framework'], question));
            }
          }}
          allowDeselect={false}
        />
        {Object.entries(parts).map(([part, words]) => (
          <Textarea
            key={part}
            label={text.parts[part as keyof typeof text.parts]}
            value={words}
            onChange={(event) => onChange({ ...question, [part]: event.currentTarget.value })}
            maxLength={4_000}
            autosize
            minRows={2}
          />
        ))}
      </div>
    </Panel>
  );
}
