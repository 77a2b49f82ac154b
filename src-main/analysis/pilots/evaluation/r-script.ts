/** Scripts of the estimates one after the other, each under what it fits, and of reliable change from its counts. */
export function evaluationScript(
  parts: readonly { readonly method: string; readonly r: string }[],
  change: string | null,
): string {
  return [
    '# The rows are read from the working directory: people.csv has a row a person (followup, offered as 0 or 1, adhered as 0 or 1, and',
    '# what the estimate is adjusted for, filled in as the words of the estimate say), waves.csv a row for each person and wave.',
    ...parts.map(({ method, r }) => `\n# ${method}\n${r.trimEnd()}`),
    ...(change === null ? [] : [`\n${change.trimEnd()}`]),
    '',
  ].join('\n');
}
