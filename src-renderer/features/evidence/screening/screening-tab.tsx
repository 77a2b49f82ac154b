import type { ReviewView } from '#shared/contract/review-shapes.ts';
import { ScreeningStart } from './screening-start.tsx';

export function ScreeningTab({ view }: { readonly view: ReviewView }) {
  return <ScreeningStart view={view} stage="title" />;
}
