import { copyFileSync, cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { main } from '#main/cli/main.ts';
import { fingerprintOf, newSigningPair } from '#main/crypto/sign.ts';
import { writeBundle } from '#main/services/sharing/bundle-file.ts';
import { definitionOf } from '#main/services/sharing/definitions.ts';
import type { Verdict } from '#shared/contract/reports.ts';
import type { BundleBody } from '#shared/domain/bundle.ts';
import { bodyOf, drawForces } from '../fixtures/drawn-forces.ts';
import { temporaryFolder } from './test-vault.ts';

const folder = temporaryFolder('pool');
const trusted: Record<string, string> = {};
const bodies: BundleBody[] = [];
const files: string[] = [];

type Run = { readonly exit: number; readonly out: string };

async function tidemark(...given: string[]): Promise<Run> {
  let out = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
  const exit = await main([...given, '--json']);
  vi.restoreAllMocks();
  return { exit, out };
}

function pool(bundles: readonly string[], spec: unknown, ...more: string[]): Promise<Run> {
  const file = join(folder, 'spec.json');
  writeFileSync(file, JSON.stringify(spec));
  return tidemark('pool', ...bundles, '--spec', file, '--out', join(folder, 'pooled.json'), ...more);
}

function signed(body: BundleBody, name: string): string {
  const pair = newSigningPair();
  trusted[body.force] = fingerprintOf(pair.publicKey);
  const file = join(folder, name);
  writeFileSync(file, writeBundle(body, pair));
  return file;
}

const effect = definitionOf({
  id: 'effect:absence-spells',
  kind: 'effect',
  version: 1,
  says: { title: 'Absence spells per 100 full-time years', scale: 'log', times: 100 },
});
const exposures = definitionOf({
  id: 'exposures:count-v1',
  kind: 'exposures',
  version: 1,
  says: { scheme: 'count-v1' },
});

beforeAll(() => {
  for (const [at, force] of drawForces(6, 5, { slope: 0.12, between: 0.03, bend: -0.002 }).entries()) {
    const body = bodyOf(force, at);
    bodies.push({
      ...body,
      definitions: [...body.definitions, effect, exposures],
      effects: [
        {
          definition: effect.id,
          estimate: Math.log(1.1 + 0.05 * at),
          variance: 0.002 + 0.001 * at,
          people: [force.people],
        },
      ],
      exposures: {
        definition: exposures.id,
        events: 300,
        people: force.people,
        months: [
          { month: '2021-01', count: 100 },
          { month: '2021-02', count: 200 },
        ],
        categories: [
          { category: 'RTC_FATAL', count: 250 },
          { category: 'HOMICIDE_SCENE', count: 50 },
        ],
      },
    });
    files.push(signed(bodies[at]!, `force-${at}.bundle`));
  }
});

afterEach(() => vi.restoreAllMocks());

describe('tidemark pool', () => {
  it('writes what it found as JSON, and as a report in every form, with the hash of each bundle', async () => {
    const report = join(folder, 'report');
    const run = await pool(files, { trusted, title: 'Six synthetic forces' }, '--report', report);
    expect(run.exit).toBe(0);
    const written = JSON.parse(readFileSync(join(folder, 'pooled.json'), 'utf8')) as {
      result: { forces: unknown[]; effects: { mean: { k: number; leaveOneOut: unknown[]; predictionLow: number } }[] };
      provenance: { bundles: { hash: string }[] };
      r: string;
    };
    expect(written.result.forces).toHaveLength(6);
    expect(written.result.effects[0]!.mean).toMatchObject({ k: 6, predictionLow: expect.any(Number) });
    expect(written.result.effects[0]!.mean.leaveOneOut).toHaveLength(6);
    expect(written.provenance.bundles.map(({ hash }) => hash.length)).toEqual(Array(6).fill(64));
    expect(written.r).toContain('rma(');
    expect(readdirSync(report).sort()).toEqual(
      ['facts.json', 'manifest.json', 'pooled.docx', 'pooled.html', 'pooled.pdf', 'tables.R'].sort(),
    );
    const html = readFileSync(join(report, 'pooled.html'), 'utf8');
    for (const body of bodies) expect(html).toContain(body.force);
    expect(html).toContain(written.provenance.bundles[0]!.hash);
  });

  it('verifies a report with its bundles, whatever they are called, and names what differs', async () => {
    const report = join(folder, 'to-verify');
    expect((await pool(files, { trusted }, '--report', report)).exit).toBe(0);
    const renamed = files.map((_, at) => join(folder, `renamed-${at}.bundle`));
    for (const [at, file] of files.entries()) copyFileSync(file, renamed[at]!);
    const verify = async (from: string, ...bundles: readonly string[]) => {
      const { exit, out } = await tidemark('verify', from, ...bundles);
      return { exit, verdict: JSON.parse(out) as Verdict };
    };
    const same = await verify(report, ...renamed.reverse());
    expect(same).toMatchObject({ exit: 0, verdict: { equal: true, signature: { state: 'none' } } });

    const fewer = await verify(report, ...files.slice(1));
    expect(fewer.exit).toBe(5);
    expect(fewer.verdict.differences.find(({ where }) => where === 'snapshot')?.what).toBe(
      `The bundles are not those the report was pooled from. Not given: bundle of ${bodies[0]!.force}.`,
    );

    const edited = join(folder, 'edited');
    cpSync(report, edited, { recursive: true });
    const facts = readFileSync(join(edited, 'facts.json'), 'utf8');
    writeFileSync(join(edited, 'facts.json'), facts.replace('"6"', '"7"'));
    const found = await verify(edited, ...files);
    expect(found.exit).toBe(5);
    expect(found.verdict.differences.map(({ what }) => what).join('; ')).toMatch(
      /“7” in the report, “6” when run again/,
    );

    const broken = join(folder, 'broken.bundle');
    const bytes = readFileSync(files[0]!);
    bytes[300] = bytes[300]! ^ 1;
    writeFileSync(broken, bytes);
    const refused = await tidemark('verify', report, broken, ...files.slice(1));
    expect(refused).toMatchObject({ exit: 5, out: expect.stringContaining('broken.bundle') });
    expect((await tidemark('verify', report)).exit).toBe(2);
    expect((await tidemark('verify', report, files[0]!, '--vault', folder)).exit).toBe(2);
  });

  it('gives the same JSON for the same bundles in any order', async () => {
    const one = await pool(files, { trusted });
    const other = await pool([...files].reverse(), { trusted });
    expect(other.out).toBe(one.out);
  });

  it('refuses a changed byte with 5, another file and an unknown key with 3, and a small cell with 6, each by its name', async () => {
    const changed = readFileSync(files[0]!);
    changed[200] = changed[200]! ^ 1;
    const damaged = join(folder, 'damaged.bundle');
    writeFileSync(damaged, changed);
    const plain = join(folder, 'plain.csv');
    writeFileSync(plain, 'force,count\n');
    const few = {
      ...bodies[1]!,
      force: 'Few',
      snapshot: 'f'.repeat(64),
      curves: [{ ...bodies[1]!.curves[0]!, people: 9 }],
    };
    const small = signed(few, 'small.bundle');
    for (const [file, exit] of [
      [damaged, 5],
      [plain, 3],
      [small, 6],
      [join(folder, 'none.bundle'), 3],
    ] as const) {
      const run = await pool([files[1]!, file], { trusted });
      expect(run.exit, file).toBe(exit);
      expect(run.out).toContain(file.split('/').at(-1));
    }
    expect((await pool(files, {})).exit).toBe(3);
    expect((await pool([], { trusted })).exit).toBe(2);
    expect((await pool(files, { trusted, knots: 3 })).exit).toBe(3);
  });
});
