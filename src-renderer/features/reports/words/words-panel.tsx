import { Button } from '@mantine/core';
import { useEffect, useMemo } from 'react';
import type { Passage } from '#shared/contract/narrative.ts';
import type { ReportSpec } from '#shared/contract/report-spec.ts';
import type { ReportDocument } from '#shared/report/document.ts';
import { placedFacts } from '#shared/report/document-facts.ts';
import { type PrintedNumbers, printedNumbers } from '#shared/report/narrative/printed-numbers.ts';
import { isStale, readPassage, withNumbersOfNow, withQuotes } from '#shared/report/narrative/read-passage.ts';
import { Notice, Panel, Stack } from '../../../ui/surface.tsx';
import { AddPassage, places } from './add-passage.tsx';
import { DraftsBar } from './drafts-bar.tsx';
import { PassageEditor } from './passage-editor.tsx';
import { isAt, useWords } from './words-memory.ts';
import { wordsText as text } from './words-text.ts';

type Props = {
  /** With the words in it, as it would be built. */
  readonly spec: ReportSpec;
  /** The last preview; null where there is none now. */
  readonly previewed: ReportDocument | null;
};

/** What an author writes beside each section, and how the numbers in it stand to those of the report. */
export function WordsPanel({ spec, previewed }: Props) {
  const { words, change } = useWords(spec.template);
  const printed = useMemo(() => (previewed === null ? null : printedNumbers(placedFacts(previewed))), [previewed]);
  useEffect(() => {
    if (previewed === null || printed === null) return;
    const sections = previewed.sections.map(({ id, heading }) => ({ id, heading }));
    // What was typed before there was a preview has its quotes from the first on.
    change((now) => ({ ...now, sections, passages: now.passages.map((passage) => withQuotes(passage, printed)) }));
  }, [previewed, printed, change]);
  const setPassages = (next: (passages: readonly Passage[]) => readonly Passage[]) =>
    change((now) => ({ ...now, passages: next(now.passages) }));
  const put = (passage: Passage) => setPassages((all) => all.map((each) => (isAt(each, passage) ? passage : each)));
  const known = new Set(words.sections.map(({ id }) => id));
  const lost = [...new Set(words.passages.map(({ section }) => section))].filter((id) => !known.has(id));
  const sections = [
    ...words.sections,
    ...lost.map((id) => ({ id, heading: known.size === 0 ? id : text.noSection(id) })),
  ];
  return (
    <Panel title={text.title} note={text.note}>
      <Stack>
        <DraftsBar spec={spec} />
        {printed === null ? (
          <Notice>
            <p>{words.passages.length === 0 ? text.previewFirst : text.previewAgain}</p>
          </Notice>
        ) : (
          <StaleNotice passages={words.passages} printed={printed} onPassages={setPassages} />
        )}
        {sections.flatMap(({ id, heading }) =>
          places.map((place) => {
            const passage = words.passages.find((each) => isAt(each, { section: id, place }));
            return passage === undefined ? null : (
              <PassageEditor
                key={`${id} ${place}`}
                label={text.labelOf(heading, place)}
                passage={passage}
                printed={printed}
                onPassage={put}
                onRemove={() => setPassages((all) => all.filter((each) => each !== passage))}
              />
            );
          }),
        )}
        {words.sections.length === 0 ? null : (
          <AddPassage
            sections={words.sections}
            passages={words.passages}
            onAdd={(passage) => setPassages((all) => [...all, passage])}
          />
        )}
      </Stack>
    </Panel>
  );
}

type StaleProps = {
  readonly passages: readonly Passage[];
  readonly printed: PrintedNumbers;
  readonly onPassages: (next: (passages: readonly Passage[]) => readonly Passage[]) => void;
};

function StaleNotice({ passages, printed, onPassages }: StaleProps) {
  const stale = passages.flatMap((passage) => readPassage(passage, printed).filter(isStale));
  if (stale.length === 0) return null;
  const isWithheld = stale.some(({ state }) => state === 'withheld');
  return (
    <Notice tone={isWithheld ? 'bad' : 'warn'} title={text.changed(stale.length)} announce>
      <p>{isWithheld ? text.withheldNote : text.changedNote}</p>
      {stale.some(({ state }) => state === 'changed') ? (
        <Button
          variant="default"
          size="xs"
          mt="xs"
          onClick={() => onPassages((all) => all.map((passage) => withNumbersOfNow(passage, printed)))}
        >
          {text.useAll}
        </Button>
      ) : null}
    </Notice>
  );
}
