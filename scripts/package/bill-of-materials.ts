import { createHash } from 'node:crypto';
import { z } from 'zod';

/** The parts of a CycloneDX document that are read or set here; whatever else it holds stays as it is. */
const documentSchema = z.looseObject({
  bomFormat: z.literal('CycloneDX'),
  metadata: z.looseObject({ component: z.looseObject({ name: z.string() }) }),
  components: z.array(z.looseObject({ name: z.string(), version: z.string() })),
});

export type Runtime = { readonly package: string; readonly version: string; readonly integrity: string };

/**
 * The software bill of materials of an installation, as CycloneDX: what npm says of the packages, and the Node runtime. Without
 * a time, and with a serial number that follows from what it lists, so that the same installation has the same bill.
 * @param listed what `npm sbom` wrote
 * @throws ZodError where it is no CycloneDX document
 */
export function billOfMaterials(listed: string, name: string, runtime: Runtime): string {
  const { serialNumber: _serial, ...document } = documentSchema.parse(JSON.parse(listed));
  const { timestamp: _time, ...metadata } = document.metadata;
  const components = [...document.components, runtimeComponent(runtime)];
  const stable = {
    ...document,
    metadata: { ...metadata, component: { ...metadata.component, name, type: 'application' } },
    components,
  };
  return `${JSON.stringify({ ...stable, serialNumber: `urn:uuid:${uuidOf(JSON.stringify(stable))}` }, null, 2)}\n`;
}

function runtimeComponent({ package: name, version, integrity }: Runtime) {
  const content = Buffer.from(integrity.replace(/^sha512-/, ''), 'base64').toString('hex');
  return {
    'bom-ref': `${name}@${version}`,
    type: 'framework',
    name,
    version,
    scope: 'required',
    description: 'The Node.js runtime',
    purl: `pkg:npm/${name}@${version}`,
    hashes: [{ alg: 'SHA-512', content }],
    licenses: [{ license: { id: 'MIT' } }],
  };
}

/** A name-based identifier: version 8 of RFC 9562, from a hash of what it names. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex').slice(0, 32).split('');
  hex[12] = '8';
  hex[16] = 'b';
  return hex.join('').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
