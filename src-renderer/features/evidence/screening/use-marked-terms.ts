import { useMemo } from 'react';
import type { ReviewProtocol } from '#shared/domain/review.ts';
import { createMemory, useMemory } from '../../../bridge/memory.ts';
import { type MarkedTerms, termsOf } from './marked-terms.ts';

const isMarking = createMemory(true);

export type MarkedWords = { readonly terms: MarkedTerms; readonly isOn: boolean; readonly toggle: () => void };

/** The words of a protocol, and whether they are marked in what is read. */
export function useMarkedTerms(protocol: ReviewProtocol): MarkedWords {
  const isOn = useMemory(isMarking);
  const terms = useMemo(() => termsOf(protocol), [protocol]);
  return { terms, isOn, toggle: () => isMarking.set((now) => !now) };
}
