import { z } from 'zod';
import type { Operation } from '#shared/contract/define.ts';
import { condense, type JsonSchema } from './condense.ts';

const introduction = `# The contract between the faces and the engine

Written by \`npm run reference\` from \`src-shared/contract\`; a test fails where it is out of date.

Every screen and every command speaks to the engine through these operations and through nothing else. A call is checked
for its size, its input, an unlocked vault and a role before it is handled, and its output before it leaves. Unknown
operations and keys that are not listed are refused. A \`query\` reads; a \`command\` changes something and answers at once;
a \`job\` takes time, reports progress and can be cancelled. Where a line says *audited as*, the action is in the vault's
append-only log.

Notation: \`name?\` may be left out, \`|\` separates choices, \`[]\` is a list, \`[string]: …\` any key of that form.
`;

/** The reference page of a contract, as Markdown. */
export function contractReference(contract: Readonly<Record<string, Operation>>): string {
  const names = Object.keys(contract);
  const domains = [...new Set(names.map(domainOf))];
  const index = domains.map((domain) => {
    const links = names
      .filter((name) => domainOf(name) === domain)
      .map((name) => `[\`${name}\`](#${name.replaceAll('.', '').toLowerCase()})`);
    return `- **${domain}**: ${links.join(', ')}`;
  });
  const entries = Object.entries(contract).map(([name, operation]) => entryOf(name, operation));
  return `${[introduction, index.join('\n'), ...entries].join('\n').trimEnd()}\n`;
}

function domainOf(name: string): string {
  return name.split('.')[0] ?? name;
}

function entryOf(name: string, operation: Operation): string {
  const { kind, roles, audit, summary, input, output } = operation;
  const further = operation.rolesFor === undefined ? '' : ', as what is asked for decides';
  const who = roles === 'anyone' ? 'anyone, locked or not' : `${roles.join(', ')}${further}`;
  const audited = audit === null ? 'not audited' : `audited as \`${audit}\``;
  return `
## ${name}

${summary}

${kind[0]?.toUpperCase()}${kind.slice(1)} · ${who} · ${audited}

\`\`\`text
input  ${condense(schemaOf(input, 'input'))}
output ${condense(schemaOf(output, 'output'))}
\`\`\``;
}

function schemaOf(type: z.ZodType, io: 'input' | 'output'): JsonSchema {
  return z.toJSONSchema(type, { io, unrepresentable: 'any' }) as JsonSchema;
}
