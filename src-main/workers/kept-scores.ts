/** The score of a scale as it was made on the way in; null where it could not be. */
export function scoreOf(scores: string | null, scale: string): number | null {
  if (scores === null) return null;
  const kept = JSON.parse(scores) as { readonly scales?: Readonly<Record<string, number | null>> };
  return kept.scales?.[scale] ?? null;
}
