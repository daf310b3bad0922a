import { copyFileSync, globSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Tree } from '@nx/devkit';
import { parseRecord } from '../../../adr/record';
import decision from './generator';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'barometer-decision-'));
  mkdirSync(join(root, 'docs/adr'), { recursive: true });
  for (const file of globSync('docs/adr/000[12]-*.md', { cwd: join(__dirname, '../../../..') }))
    copyFileSync(join(__dirname, '../../../..', file), join(root, file));
});
afterEach(() => rmSync(root, { recursive: true }));

function generated(title: string, more: object = {}): Map<string, string> {
  const written = new Map<string, string>();
  decision({ root, write: (path: string, text: string) => void written.set(path, text) } as unknown as Tree, { title, date: '2026-12-01', ...more });
  return written;
}

it('uses the next number, and makes a valid record', () => {
  const written = generated('Stories are joined by rare words: what “rare” means', { owner: 'reporting', governs: 'libs/**, apps/**' });
  const [path, index] = [...written.keys()];
  expect([path, index]).toEqual(['docs/adr/0003-stories-are-joined-by-rare-words-what-rare-means.md', 'docs/adr/README.md']);
  expect(parseRecord(written.get(path ?? '') ?? '', path ?? '')).toMatchObject({
    id: '0003',
    status: 'proposed',
    owner: 'reporting',
    governs: ['libs/**', 'apps/**'],
    reviewed: '2026-12-01',
    nextReview: '2027-03-02',
  });
  expect(written.get('docs/adr/README.md')).toContain('| [0003](0003-stories-are-joined-by-rare-words-what-rare-means.md) | Stories are joined');
});

it('refuses a title without letters', () => expect(() => generated('…')).toThrow('"…" makes no file name'));
