import { sha256Hex } from '#main/crypto/hash-chain.ts';
import type { BundleBody, BundleDefinition } from '#shared/domain/bundle.ts';
import { canonicalJson } from '#shared/domain/canonical-json.ts';
import { type Failure, fail } from '#shared/domain/result.ts';
import type { SignedBundle } from './bundle-file.ts';

/** A definition with the hash of what it says. */
export function definitionOf(definition: Omit<BundleDefinition, 'hash'>): BundleDefinition {
  return { ...definition, hash: sha256Hex(canonicalJson(definition.says)) };
}

function refuse(bundle: SignedBundle, what: string, hint: string): Failure {
  return fail('BAD_FILE', `${bundle.name} (${bundle.body.force}): ${what}.`, `Nothing was pooled. ${hint}`, {
    file: bundle.name,
  });
}

/** What a body measures, by the definition that each names. */
function used({ indicators, exposures, effects, curves }: BundleBody): [BundleDefinition['kind'], string][] {
  return [
    ...indicators.map(({ definition }): [BundleDefinition['kind'], string] => ['indicator', definition]),
    ...(exposures === null ? [] : [['exposures', exposures.definition] as [BundleDefinition['kind'], string]]),
    ...effects.map(({ definition }): [BundleDefinition['kind'], string] => ['effect', definition]),
    ...curves.map(({ definition }): [BundleDefinition['kind'], string] => ['curve', definition]),
  ];
}

/** A failure where a bundle uses a definition that it does not carry, twice, or with a hash that is not that of its words. */
export function definitionFault(bundle: SignedBundle): Failure | null {
  const { definitions } = bundle.body;
  const known = new Map(definitions.map((definition) => [definition.id, definition]));
  const twice = definitions.find((definition) => known.get(definition.id) !== definition);
  if (twice) return refuse(bundle, `it defines ${twice.id} twice`, 'Ask the force to release again.');
  const wrong = definitions.find((definition) => definitionOf(definition).hash !== definition.hash);
  if (wrong) {
    return refuse(
      bundle,
      `the definition ${wrong.id} does not have the hash of what it says`,
      'Ask the force to release again.',
    );
  }
  const seen = new Set<string>();
  for (const [kind, id] of used(bundle.body)) {
    if (known.get(id)?.kind !== kind)
      return refuse(bundle, `it uses ${id}, which it does not define`, 'Ask the force to release again.');
    if (seen.has(id)) return refuse(bundle, `it tells ${id} twice`, 'Ask the force to release again.');
    seen.add(id);
  }
  return null;
}

/** Parts of two definitions that say different things. */
function differingParts(one: BundleDefinition, other: BundleDefinition): string[] {
  const keys = [...new Set([...Object.keys(one.says), ...Object.keys(other.says)])].sort();
  return keys.filter((key) => canonicalJson(one.says[key] ?? null) !== canonicalJson(other.says[key] ?? null));
}

/** A failure where two bundles mean different things by one name; it says which files, which definition, and what differs. */
export function disagreement(bundles: readonly SignedBundle[]): Failure | null {
  const first = new Map<string, { readonly bundle: SignedBundle; readonly definition: BundleDefinition }>();
  for (const bundle of bundles) {
    for (const definition of bundle.body.definitions) {
      const known = first.get(definition.id);
      if (!known) {
        first.set(definition.id, { bundle, definition });
        continue;
      }
      const { version, hash } = known.definition;
      if (version === definition.version && hash === definition.hash) continue;
      const versions =
        version === definition.version
          ? ''
          : `: version ${definition.version}, not ${version} as ${known.bundle.name} has it`;
      const parts = differingParts(known.definition, definition);
      const says = parts.length === 0 ? '' : ` (what differs: ${parts.join(', ')})`;
      return refuse(
        bundle,
        `its definition of ${definition.id} is not that of ${known.bundle.name} (${known.bundle.body.force})${versions}${says}`,
        'Leave one of them out, or ask the forces to release by one definition.',
      );
    }
  }
  return null;
}
