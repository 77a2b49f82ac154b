import { Button } from '@mantine/core';
import type { EvidenceLibrary } from '#shared/domain/evidence/library.ts';
import { useOperation } from '../../bridge/hooks.ts';
import { QueryGate } from '../../ui/query-gate.tsx';
import { Panel } from '../../ui/surface.tsx';
import classes from './evidence.module.css';
import { text } from './text.ts';

/** The findings that are shipped, and the way to a review that begins with them. */
export function LibraryPanel({ onBegin }: { readonly onBegin: (library: EvidenceLibrary) => void }) {
  const shipped = useOperation('evidence.library', {});
  return (
    <QueryGate query={shipped} heightPx={80}>
      {(library) => (
        <Panel
          title={text.libraryTitle(library.title)}
          note={text.libraryNote(library.studies.length, library.outcomes.length, library.version)}
          actions={
            <Button variant="default" onClick={() => onBegin(library)}>
              {text.libraryBegin}
            </Button>
          }
        >
          <p className={classes.note}>{library.read}</p>
        </Panel>
      )}
    </QueryGate>
  );
}
