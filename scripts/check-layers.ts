import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser';
import extractOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';

/**
 * Checks who knows whom (.dependency-cruiser.cjs). A check that sees nothing passes everything, so this one also asks that
 * enough of the app was seen, that imports by alias were followed, and that each rule reports the tree that was made to
 * break it, and that no other rule does.
 */

const root = join(import.meta.dirname, '..');
const fixtures = join(root, 'tests', 'fixtures', 'layering');
const rooms = ['src-main', 'src-shared', 'src-renderer'];
const scaffolding = ['bin', 'scripts'];

/** Well below what there is, well above what a tool that cannot read TypeScript would see. */
const least = { modules: 300, dependencies: 1_000, byAlias: 200 };

type Sight = { readonly broken: readonly string[]; readonly lines: readonly string[]; readonly result: ICruiseResult };

process.exitCode = await main();

async function main(): Promise<number> {
  const options = await extractOptions(join(root, '.dependency-cruiser.cjs'));
  const faults = [...(await checkApp(options)), ...(await checkFixtures(options))];
  for (const fault of faults) process.stderr.write(`${fault}\n`);
  return faults.length === 0 ? 0 : 1;
}

async function checkApp(options: ICruiseOptions): Promise<readonly string[]> {
  const { lines, result } = await look(options, root, [...rooms, ...scaffolding]);
  const dependencies = result.modules.flatMap((module) => module.dependencies);
  const seen = {
    modules: result.modules.filter((module) => rooms.some((room) => module.source.startsWith(`${room}/`))).length,
    dependencies: dependencies.length,
    byAlias: dependencies.filter((dependency) => dependency.dependencyTypes.includes('aliased-subpath-import')).length,
  };
  process.stdout.write(
    `${seen.modules} modules of the app and ${seen.dependencies} imports seen, ${seen.byAlias} of them by alias: ` +
      `${lines.length === 0 ? 'everybody knows only whom they may' : `${lines.length} not allowed`}.\n`,
  );
  const blind = Object.entries(least).flatMap(([what, floor]) =>
    seen[what as keyof typeof least] < floor
      ? [
          `Too little was seen to say anything: ${what} ${seen[what as keyof typeof least]}, and at least ${floor} exist.`,
        ]
      : [],
  );
  return [...lines, ...blind];
}

async function checkFixtures(options: ICruiseOptions): Promise<readonly string[]> {
  const rules = (options.ruleSet?.forbidden ?? []).map((rule) => rule.name ?? 'unnamed');
  const strays = readdirSync(fixtures).filter((name) => !rules.includes(name));
  const faults = strays.map((name) => `tests/fixtures/layering/${name} breaks a rule that does not exist.`);
  for (const rule of rules) {
    const folder = join(fixtures, rule);
    if (!existsSync(folder)) {
      faults.push(`The rule ${rule} has no tree in tests/fixtures/layering that breaks it.`);
      continue;
    }
    const { broken } = await look(options, folder, readdirSync(folder));
    if (broken.length !== 1 || broken[0] !== rule) {
      const said = broken.length === 0 ? 'nothing' : broken.join(', ');
      faults.push(`The tree that breaks ${rule} was reported for: ${said}.`);
    }
  }
  const outcome =
    faults.length === 0 ? 'each reported the tree that breaks it, and only that' : `${faults.length} not proven`;
  process.stdout.write(`${rules.length} rules: ${outcome}.\n`);
  return faults;
}

/** The rules that a tree breaks, each named once, and one line for every import that breaks one. */
async function look(options: ICruiseOptions, folder: string, paths: readonly string[]): Promise<Sight> {
  const { output } = await cruise([...paths], { ...options, baseDir: folder });
  if (typeof output === 'string') throw new Error('dependency-cruiser answered with text where a result was asked for');
  const comments = new Map((options.ruleSet?.forbidden ?? []).map((rule) => [rule.name, rule.comment ?? '']));
  const { violations } = output.summary;
  return {
    broken: [...new Set(violations.map((violation) => violation.rule.name))],
    lines: violations.map(({ rule, from, to, cycle }) => {
      const way = cycle ? cycle.map((step) => step.name).join(' → ') : to;
      return `${from} → ${way}\n  ${rule.name}: ${comments.get(rule.name) ?? ''}`;
    }),
    result: output,
  };
}
