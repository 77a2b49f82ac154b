import { useCallback } from 'react';
import type { Passage } from '#shared/contract/narrative.ts';
import type { ReportSpec } from '#shared/contract/report-spec.ts';
import { createMemory, useMemory } from '../../../bridge/memory.ts';

/** A draft in the vault that the words go on from. */
export type OpenDraft = { readonly draft: number; readonly version: number; readonly name: string };

/** What is written beside a report, whatever is shown of it. */
export type Words = {
  readonly passages: readonly Passage[];
  /** Sections of the last preview, in their order. */
  readonly sections: readonly { readonly id: string; readonly heading: string }[];
  readonly draft: OpenDraft | null;
};

const none: Words = { passages: [], sections: [], draft: null };

type Template = ReportSpec['template'];

// Of each report its own, so that looking at another one loses nothing.
const memory = createMemory<Readonly<Partial<Record<Template, Words>>>>({});

export function useWords(template: Template): {
  readonly words: Words;
  readonly change: (next: (now: Words) => Words) => void;
} {
  const words = useMemory(memory)[template] ?? none;
  const change = useCallback(
    (next: (now: Words) => Words) => memory.set((all) => ({ ...all, [template]: next(all[template] ?? none) })),
    [template],
  );
  return { words, change };
}

/** Sheets to hand out have no room for words of an author, and the summary of a case is the clinician’s alone. */
const wordless = ['family-summary', 'case-summary'] as const;
type Wordless = (typeof wordless)[number];

export function takesWords<Spec extends Pick<ReportSpec, 'template'>>(
  spec: Spec,
): spec is Exclude<Spec, { readonly template: Wordless }> {
  return !(wordless as readonly string[]).includes(spec.template);
}

/** The spec with the words beside it; a passage that is empty so far is left out. */
export function inWords(spec: ReportSpec, { passages }: Words): ReportSpec {
  if (!takesWords(spec)) return spec;
  const narrative = passages.filter(({ text }) => /\S/.test(text));
  return narrative.length === 0 ? spec : { ...spec, narrative };
}

export function isAt(passage: Passage, { section, place }: Pick<Passage, 'section' | 'place'>): boolean {
  return passage.section === section && passage.place === place;
}
