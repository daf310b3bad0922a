import type { Artifact } from '../../src/packaging/artifact';
import { median, quantile, type Start } from './figures';
import { peakIn, startToldIn, tellStart } from './node-start';
import { packagingTable, startTable, written } from './report';

const zip: Artifact = {
  app: 'tiny',
  packaging: 'zip',
  handler: 'main.handler',
  runtime: 'nodejs24.x',
  architecture: 'arm64',
  path: 'x',
  bytes: 1_200_000,
  unzippedBytes: 4_000_000,
  model: null,
  sha256: 'a'.repeat(64),
};
const start = (init: number, peakMb: number | undefined = 80): Start => ({ launch: 300, init, first: 20, warm: [2, 3, 4], peakMb });
const figures = { name: 'tiny', memoryMb: 512, how: 'somehow', event: 'a list', aim: 'init + first ≤ 350 ms' } as const;

describe('quantile', () => {
  it('answers a value that was measured', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(quantile([10, 1, 2, 3, 4, 5, 6, 7, 8, 9], 0.9)).toBe(9);
    expect(() => median([])).toThrow('no quantile of nothing');
  });
});

describe('the tables', () => {
  it('show sizes, and a line for each figure that was not measured', () => {
    expect(packagingTable([{ name: 'tiny', artifact: zip, fresh: [2000, 4000, 3000], alone: [900], cached: [] }])).toContain(
      '| tiny | ZIP | 1.20 MB | 4.00 MB | 3.0 s | 0.9 s | – | ≤ 3 s |',
    );
  });

  it('sum each start before they take the median', () => {
    const row = startTable([{ ...figures, starts: [start(100), start(120, 96), start(110)] }])
      .split('\n')
      .at(-1);
    expect(row).toBe('| tiny | a list | 110 / 120 ms | 20 / 20 ms | 130 / 140 ms | 430 / 440 ms | init + first ≤ 350 ms | 3.0 ms | 96 of 512 MB |');
  });

  it('leave out a peak that the machine did not report', () => {
    expect(startTable([{ ...figures, starts: [{ ...start(1), peakMb: undefined }] }])).toMatch(/\| – \|$/);
  });
});

describe('writing a report into a document', () => {
  const empty = 'a\n<!-- bench:lambda writes from here -->\n<!-- to here -->\nb\n';
  it('replaces the text between the markers, and nothing else', () => {
    const once = written(empty, 'old');
    expect(written(once, 'new')).toBe('a\n<!-- bench:lambda writes from here -->\nnew\n<!-- to here -->\nb\n');
  });

  it('refuses a document without the markers, or with two of them', () => {
    expect(() => written('a', 'new')).toThrow('lacks the markers');
    expect(() => written(empty + empty, 'new')).toThrow('lacks the markers');
  });
});

describe('what Node and the kernel report', () => {
  it('is parsed from the output of the function', () => {
    expect(startToldIn('{"level":"INFO"}\nbarometer-bench-started:1790000000000.25\nmore')).toBe(1_790_000_000_000.25);
    expect(() => startToldIn('')).toThrow('It wrote:\nnothing');
  });

  it('is requested in one word, since NODE_OPTIONS is split at spaces', () => {
    expect(tellStart.NODE_OPTIONS).toMatch(/^--import=data:text\/javascript,[^\s"]+$/);
  });

  it('has the peak in kibibytes', () => {
    expect(peakIn('Name:\tnode\nVmPeak:\t  900000 kB\nVmHWM:\t  100000 kB\n')).toBeCloseTo(102.4);
  });
});
