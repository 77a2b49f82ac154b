/** One step of `npm test`, in the order in which they run; none is left out because an earlier one failed. */
export type Step =
  /** A script of package.json that says yes or no. */
  | { readonly name: string; readonly kind: 'check'; readonly script: string }
  /** A project of vitest.config.ts, its tests counted one by one. */
  | { readonly name: string; readonly kind: 'tests'; readonly project: string; readonly browserOnly?: true };

export const steps: readonly Step[] = [
  { name: 'types', kind: 'check', script: 'typecheck' },
  { name: 'lint', kind: 'check', script: 'lint' },
  { name: 'layers', kind: 'check', script: 'layers' },
  { name: 'unused', kind: 'check', script: 'unused' },
  { name: 'licences', kind: 'check', script: 'licences' },
  { name: 'unit', kind: 'tests', project: 'unit' },
  { name: 'statistics', kind: 'tests', project: 'statistics' },
  // Before the tests that open the real pages.
  { name: 'build', kind: 'check', script: 'build' },
  { name: 'integration', kind: 'tests', project: 'integration' },
  { name: 'electron', kind: 'tests', project: 'electron' },
  { name: 'e2e', kind: 'tests', project: 'e2e' },
];

/**
 * The steps that `--only unit,layers` names, in the usual order; all of them without it.
 * @throws Error where an argument or a name is not known.
 */
export function chosenSteps(given: readonly string[]): readonly Step[] {
  if (given.length === 0) return steps;
  const [option, list, ...rest] = given.flatMap((argument) => argument.split(/=(.*)/s).filter((part) => part !== ''));
  const names = (list ?? '').split(',').filter((name) => name !== '');
  const known = steps.map((step) => step.name);
  if (option !== '--only' || names.length === 0 || rest.length > 0) {
    throw new Error(`Give nothing, or --only with some of: ${known.join(', ')}.`);
  }
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new Error(`There is no step ${unknown.join(', ')}. The steps are: ${known.join(', ')}.`);
  return steps.filter((step) => names.includes(step.name));
}
