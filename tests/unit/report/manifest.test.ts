import { describe, expect, it } from 'vitest';
import { compareFiles, compareManifests } from '#main/report/compare-manifests.ts';
import { buildManifest, hashOfValue, type ManifestInput, manifestText, readManifest } from '#main/report/manifest.ts';

const input: ManifestInput = {
  title: 'Exposure and wellbeing',
  marking: 'OFFICIAL-SENSITIVE',
  spec: { template: 'exposure-and-wellbeing', from: '2025-04-01', to: '2026-03-31' },
  engine: '0.1.0',
  snapshot: 'abc',
  results: [
    { name: 'load', method: 'exposure-load', version: '1.0', spec: { asOf: '2026-03-31' }, value: { people: 10 } },
  ],
  batches: [{ batch: 3, kind: 'exposures', fileHash: 'e'.repeat(64) }],
  document: { title: 'Exposure and wellbeing' },
  files: [{ name: 'report.html', kind: 'html', bytes: new TextEncoder().encode('<!doctype html>') }],
  run: { builtBy: 'A. Analyst', builtAt: '2026-04-02T09:00:00Z', auditHead: 'f'.repeat(64) },
};

describe('the manifest', () => {
  it('hashes what it names', () => {
    const manifest = buildManifest(input);
    // printf '%s' '{"people":10}' | sha256sum
    expect(manifest.results[0]?.sha256).toBe('1355cb0afaf05c83b80d93bd55eff7d2fa55abfc21c732958b6113f1907ffcf4');
    // printf '%s' '<!doctype html>' | sha256sum
    expect(manifest.files[0]).toMatchObject({
      bytes: 15,
      sha256: 'fe26c59e91ac8de694b2531dc3bdc1b7faf471d3d7e4e00870af60f5f22897cb',
    });
    expect(hashOfValue({ b: 1, a: 2 })).toBe(hashOfValue({ a: 2, b: 1 }));
  });

  it('keeps who and when apart: two runs differ there and nowhere else', () => {
    const first = buildManifest(input);
    const second = buildManifest({ ...input, run: { builtBy: 'B', builtAt: '2026-05-01T10:00:00Z', auditHead: '0' } });
    expect({ ...first, run: null }).toEqual({ ...second, run: null });
    expect(compareManifests(first, second)).toEqual({ compared: 6, differences: [], notRerun: [] });
  });

  it('comes back from its text, and refuses any other', () => {
    const manifest = buildManifest(input);
    expect(readManifest(manifestText(manifest))).toEqual({ ok: true, value: manifest });
    const bad = [
      '',
      '{}',
      'null',
      manifestText({ ...manifest, format: 'other' } as never),
      manifestText({ ...manifest, extra: 1 } as never),
    ];
    bad.push(manifestText({ ...manifest, files: [{ ...manifest.files[0]!, name: '../../elsewhere' }] }));
    for (const text of bad) expect(readManifest(text)).toMatchObject({ ok: false, error: { code: 'BAD_FILE' } });
  });

  it('says what differs when results, data or files do', () => {
    const kept = buildManifest(input);
    const other = buildManifest({
      ...input,
      snapshot: 'abd',
      results: [{ ...input.results[0]!, value: { people: 11 } }],
      files: [{ ...input.files[0]!, name: 'other.html' }],
    });
    const { differences, compared } = compareManifests(kept, other);
    expect(differences.map((each) => each.where)).toEqual([
      'report',
      'snapshot',
      'result load',
      'file report.html',
      'file other.html',
    ]);
    expect(compared).toBe(7);
  });

  it('names the batches that are gone and those that have come', () => {
    const kept = buildManifest(input);
    const batches = [{ batch: 4, kind: 'absences', fileHash: 'a'.repeat(64) }];
    const { differences } = compareManifests(kept, buildManifest({ ...input, snapshot: 'abd', batches }));
    expect(differences.find(({ where }) => where === 'snapshot')?.what).toContain(
      'No longer held: batch 3 (exposures). Come since: batch 4 (absences).',
    );
    const older = { ...kept, batches: [] };
    expect(readManifest(JSON.stringify({ ...older, batches: undefined }))).toEqual({ ok: true, value: older });
  });

  it('says that a result of another version of its method cannot be run again, instead of comparing it', () => {
    const kept = buildManifest(input);
    const newer = { ...input.results[0]!, version: '2.0', value: { people: 11 } };
    const { differences, notRerun } = compareManifests(kept, buildManifest({ ...input, results: [newer] }));
    expect(differences).toEqual([]);
    expect(notRerun).toEqual([
      { where: 'result load', what: expect.stringMatching(/version 1\.0 .* has version 2\.0/) },
    ]);
  });

  it('does not ask of an older report for files of a kind that came later', () => {
    const kept = buildManifest(input);
    const files = [...input.files, { name: 'facts.json', kind: 'facts' as const, bytes: new Uint8Array([1]) }];
    expect(compareManifests(kept, buildManifest({ ...input, files })).differences).toEqual([]);
  });

  it('finds files that were changed or taken away', () => {
    const manifest = buildManifest(input);
    const bytes = new TextEncoder().encode('<!doctype html>');
    expect(compareFiles(manifest, new Map([['report.html', bytes]])).differences).toEqual([]);
    const changed = Uint8Array.from(bytes, (byte, index) => (index === 3 ? byte ^ 1 : byte));
    expect(compareFiles(manifest, new Map([['report.html', changed]])).differences[0]?.what).toContain('changed');
    expect(compareFiles(manifest, new Map()).differences[0]?.what).toContain('missing');
  });
});
