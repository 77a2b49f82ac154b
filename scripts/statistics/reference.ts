import { z } from 'zod';
import type { AnyProcedure } from '#main/stats/procedures/procedure.ts';
import { procedureNamed, procedureNames } from '#main/stats/procedures/registry.ts';
import { runProcedure } from '../../tests/statistics/run-procedure.ts';
import { condense, type JsonSchema } from '../contract/condense.ts';
import { compactJson } from './compact-json.ts';

const introduction = `# The statistics

Written by \`npm run reference\` from \`src-main/stats/procedures\`; a test fails where it is out of date. How right the numbers
are is in [statistics-accuracy.md](statistics-accuracy.md).

\`\`\`sh
npm run -s tidemark -- stats PROCEDURE --data F.csv --spec F.json --json
\`\`\`

The data are a CSV with a header. A column is numeric when every value that is there is a number, else categorical, its levels
in code-point order, or as \`factors: {"column": ["reference", …]}\` gives them. Empty and \`NA\` are missing; rows that miss a
column in use are left out and counted. Formulas are R's: \`y ~ x + factor(z) + a:b + a*b + log(x) + I(x^2) + offset(log(n)) - 1\`,
\`(1|id)\`, \`(x|id)\`, \`Surv(time, status) ~ x\`. Every result has \`procedure\`, \`n\`, \`excluded\`, \`warnings\` and \`r\`, a script for
R that finds the same numbers. Indices count from 1. What cannot be computed is \`null\`, and a warning says why.

All data below are synthetic. Numbers are shown to ten digits; the command gives all.
`;

/** The reference page of the procedures, each with an input and what it gives. */
export async function statisticsReference(): Promise<string> {
  const index = procedureNames.map((name) => `[\`${name}\`](#${name})`).join(', ');
  const entries: string[] = [];
  for (const name of procedureNames) {
    const procedure = await procedureNamed(name);
    if (procedure) entries.push(await entryOf(procedure));
  }
  return `${[introduction, index, ...entries].join('\n').trimEnd()}\n`;
}

async function entryOf(procedure: AnyProcedure): Promise<string> {
  const { name, summary, example } = procedure;
  const { r, ...result } = await runProcedure({ procedure: name, spec: example.spec, data: example.data });
  const schema = z.toJSONSchema(procedure.schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
  return `
## ${name}

${summary}

\`\`\`text
spec ${condense(schema)}
\`\`\`

${example.question}
${example.data === null ? '' : `\n\`\`\`csv\n${example.data.trimEnd()}\n\`\`\`\n`}
\`\`\`json
${JSON.stringify(example.spec)}
\`\`\`

gives

\`\`\`json
${compactJson(result)}
\`\`\`

and in R

\`\`\`r
${r.trimEnd()}
\`\`\``;
}
