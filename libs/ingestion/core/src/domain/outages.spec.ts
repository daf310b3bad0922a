import { exampleSource } from '../testing/fake-sources';
import type { Source } from './source';
import { healthAfterDocument, healthAfterFailure, healthAfterNotModified, newHealth } from './source-health';

const document = { kind: 'document' as const, body: new Uint8Array(3), url: '', httpStatus: 200 };
const added = exampleSource({ addedAt: 5, health: newHealth(5) });
const end = (now: number) => ({ now, random: 0 });
const fails = (source: Source, now: number, code: 'timeout' | 'gone' = 'timeout'): Source => ({
  ...source,
  health: healthAfterFailure(source, { code, message: 'No.' }, end(now)),
});
const works = (source: Source, now: number): Source => ({ ...source, health: healthAfterDocument(source, document, { newArticles: 0 }, end(now)) });

describe('the outages of a source', () => {
  it('begin with the last success before three failures in a row, and end with the next one', () => {
    const failing = fails(fails(works(added, 100), 200), 300);
    expect(failing.health.outages).toBeUndefined();
    const out = fails(fails(failing, 400), 500);
    expect(out.health.outages).toEqual([{ from: 100 }]);
    expect(works(out, 600).health.outages).toEqual([{ from: 100, to: 600 }]);
    expect(healthAfterNotModified(out, { kind: 'not-modified' }, end(600)).outages).toEqual([{ from: 100, to: 600 }]);
  });

  it('begin when the source was added if it never worked, and after the first failure if it is gone', () => {
    expect(fails(fails(fails(added, 10), 20), 30).health.outages).toEqual([{ from: 5 }]);
    expect(fails(works(added, 100), 200, 'gone').health.outages).toEqual([{ from: 100 }]);
  });

  it('are the latest five', () => {
    let source = works(added, 0);
    for (let round = 1; round <= 7; round += 1) source = works(fails(fails(fails(source, round * 10 + 1), round * 10 + 2), round * 10 + 3), round * 10 + 5);
    expect(source.health.outages?.map(({ to }) => to)).toEqual([35, 45, 55, 65, 75]);
  });
});
