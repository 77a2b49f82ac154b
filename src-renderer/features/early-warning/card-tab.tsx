import { Button } from '@mantine/core';
import { CopyButton } from '../../ui/copy-button.tsx';
import { EmptyState, Panel, Stack } from '../../ui/surface.tsx';
import classes from './early-warning.module.css';
import type { RunProps } from './run-props.ts';
import { text } from './text.ts';
import { cardText } from './words.ts';

/** The model card and the TRIPOD+AI items, to be copied or printed. */
export function CardTab({ result }: RunProps) {
  if (result.modelCard.length === 0) {
    return (
      <Panel title={text.cardTitle}>
        <EmptyState icon="file" title="Not written yet" text={text.noCard} />
      </Panel>
    );
  }
  return (
    <Stack>
      <Panel
        title={text.cardTitle}
        note={text.cardNote}
        actions={
          <>
            <CopyButton label={text.copyCard} text={() => cardText(result)} />
            <Button variant="subtle" size="compact-sm" onClick={() => window.print()}>
              {text.print}
            </Button>
          </>
        }
      >
        <dl className={classes.card}>
          {result.modelCard.map(({ title, text: words }) => (
            <Entry key={title} term={title} words={words} />
          ))}
        </dl>
      </Panel>
      {result.tripod.length > 0 ? (
        <Panel title={text.tripodTitle}>
          <dl className={classes.card}>
            {result.tripod.map(({ item, title, text: words }) => (
              <Entry key={item} term={`${item}. ${title}`} words={words} />
            ))}
          </dl>
        </Panel>
      ) : null}
    </Stack>
  );
}

function Entry({ term, words }: { readonly term: string; readonly words: string }) {
  return (
    <>
      <dt>{term}</dt>
      <dd>{words}</dd>
    </>
  );
}
