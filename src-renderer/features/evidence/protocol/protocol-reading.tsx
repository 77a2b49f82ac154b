import { Button } from '@mantine/core';
import type { ReviewView } from '#shared/contract/review-shapes.ts';
import { modeOf, type ReviewProtocol, type ScreeningStage } from '#shared/domain/review.ts';
import { Columns, type Fact, Facts, Panel, Stack } from '../../../ui/surface.tsx';
import classes from '../evidence.module.css';
import { protocolText as text } from './text.ts';

type Props = { readonly view: ReviewView; readonly onChange: () => void };

/** A protocol as it stands, to be read. */
export function ProtocolReading({ view, onChange }: Props) {
  const { protocol, registration } = view;
  return (
    <Stack>
      <Panel
        title={text.question}
        actions={
          <Button variant="default" onClick={onChange}>
            {registration === null ? text.change : text.amend}
          </Button>
        }
      >
        <Facts facts={[...questionFacts(protocol), { term: text.background, value: said(protocol.background) }]} />
      </Panel>
      <Columns>
        <Panel title={text.inclusion}>
          <Criteria criteria={protocol.inclusion} />
        </Panel>
        <Panel title={text.exclusion}>
          <Criteria criteria={protocol.exclusion} />
        </Panel>
      </Columns>
      <Panel title={text.limits} note={text.limitsNote}>
        {protocol.limits.length === 0 ? (
          <p className={classes.note}>{text.noLimits}</p>
        ) : (
          <ul className={classes.lines}>
            {protocol.limits.map(({ kind, limit, likelyBias }) => (
              <li key={`${kind} ${limit}`}>
                <strong>{text.limitKinds[kind]}</strong>: {limit} <em>{likelyBias}</em>
              </li>
            ))}
          </ul>
        )}
      </Panel>
      <Panel>
        <Facts
          facts={[
            { term: text.databases, value: said(protocol.databases.join(', ')) },
            { term: text.reviewers, value: said(protocol.reviewers.join(', ')) },
            { term: text.titleScreening, value: modeWords(protocol, 'title') },
            { term: text.fullTextScreening, value: modeWords(protocol, 'full-text') },
            { term: text.synthesis, value: said(protocol.synthesis) },
          ]}
        />
      </Panel>
    </Stack>
  );
}

function said(words: string): string {
  return words === '' ? text.nothingSaid : words;
}

function questionFacts({ question }: ReviewProtocol): Fact[] {
  const { framework, ...parts } = question;
  return [
    { term: text.framework, value: framework },
    ...Object.entries(parts).map(([part, words]) => ({
      term: text.parts[part as keyof typeof text.parts],
      value: said(words),
    })),
  ];
}

function modeWords(protocol: ReviewProtocol, stage: ScreeningStage): string {
  const mode = modeOf(protocol, stage);
  return mode.by === 'two' ? text.modes.two : text.checked(Math.round(100 * mode.checkedShare));
}

function Criteria({ criteria }: { readonly criteria: ReviewProtocol['inclusion'] }) {
  if (criteria.length === 0) return <p className={classes.note}>{text.nothingSaid}</p>;
  return (
    <ol className={classes.lines}>
      {criteria.map(({ code, words }) => (
        <li key={code}>
          {words} <code>{code}</code>
        </li>
      ))}
    </ol>
  );
}
