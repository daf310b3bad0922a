import { missingMetrics } from './embedded-metrics';
import { mismatches } from './expectation';
import { filledIn, parseSmokeFile } from './smoke-file';

describe('mismatches', () => {
  it.each([
    ['equal values', 1, 1],
    ['an object with more than is named', { a: 1 }, { a: 1, b: 2 }],
    ['a list', [1, { a: 2 }], [1, { a: 2, b: 3 }]],
    ['a figure within its bounds', { $near: 0.8 }, 0.84],
    ['a text that matches', { $matches: '^a' }, 'abc'],
    ['JSON inside a text', { $json: { a: 1 } }, '{"a":1,"b":2}'],
    ['enough', { $atLeast: 2 }, 2],
    ['no value', undefined, undefined],
  ])('finds none in %s', (_what, expected, actual) => expect(mismatches(expected, actual)).toEqual([]));

  it.each([
    [{ a: { b: 1 } }, { a: { b: 2 } }, 'the answer.a.b is 2, not 1'],
    [{ a: 1 }, {}, 'the answer.a is missing, not 1'],
    [{ a: 1 }, [1], 'the answer is [1], no object'],
    [[1], [1, 2], 'the answer has 2 entries, not 1'],
    [[1], 'x', 'the answer is "x", no list'],
    [{ $near: 0.8, $within: 0.01 }, 0.82, 'the answer is 0.82, not 0.8 ± 0.01'],
    [{ $near: 0.8 }, '0.8', 'the answer is "0.8", not 0.8 ± 0.05'],
    [{ $matches: '^b' }, 'abc', 'the answer is "abc", which does not match /^b/'],
    [{ $json: {} }, 'no', 'the answer is no JSON: "no"'],
    [{ $atLeast: 3 }, 2, 'the answer is 2, less than 3'],
  ])('%j against %j', (expected, actual, message) => expect(mismatches(expected, actual)).toEqual([message]));

  it('refuses an unknown rule', () => expect(() => mismatches({ $about: 1 }, 1)).toThrow('"$about" is no expectation'));
  it('shortens a long value', () => expect(mismatches(1, 'x'.repeat(1000))[0]?.length).toBeLessThan(350));
});

describe('smoke.json', () => {
  it('has defaults for everything except its events', () =>
    expect(parseSmokeFile('{"events":[{"name":"a","event":{},"expect":{}}]}', 'x')).toMatchObject({ memoryMb: 512, network: 'host' }));
  it.each([
    ['no JSON', '{'],
    ['no events', '{"events":[]}'],
    ['an unknown word', '{"events":[{"name":"a","event":1,"expect":1}],"memory":1}'],
  ])('is refused with %s', (_what, text) => expect(() => parseSmokeFile(text, 'apps/x/smoke.json')).toThrow('apps/x/smoke.json cannot be used'));
});

it('fills prepared values into texts, at any depth, and only known ones', () => {
  expect(filledIn({ a: ['Bearer ${key}', 1, null], b: { c: '${key}' } }, { key: 'k' })).toEqual({ a: ['Bearer k', 1, null], b: { c: 'k' } });
  expect(() => filledIn('${other}', {})).toThrow('"${other}" stands for nothing that was prepared.');
});

describe('metrics', () => {
  const line = (dimensions: Readonly<Record<string, string>>, values: Readonly<Record<string, unknown>> = { Polled: 3 }, named = Object.keys(values)) =>
    JSON.stringify({
      _aws: { CloudWatchMetrics: [{ Namespace: 'Mine', Dimensions: [Object.keys(dimensions)], Metrics: named.map((Name) => ({ Name, Unit: 'Count' })) }] },
      ...dimensions,
      ...values,
    });
  const wanted = { namespace: 'Mine', dimensions: { service: 'a', environment: 'dev' }, names: ['Polled'] };

  it('are found among other lines, in whatever order their dimensions are', () => {
    expect(missingMetrics(wanted, `START\n{"level":"INFO"}\n${line({ environment: 'dev', service: 'a' })}\n{`)).toEqual([]);
  });

  it.each([
    ['under fewer dimensions', line({ service: 'a' }), ', but under service=a'],
    ['under more', line({ service: 'a', environment: 'dev', function_name: 'f' }), ', but under environment=dev, function_name=f, service=a'],
    ['for another environment', line({ service: 'a', environment: 'prod' }), ', but under environment=prod, service=a'],
    ['in another namespace', line({ service: 'a', environment: 'dev' }).replace('"Mine"', '"Yours"'), ''],
    ['without a value', line({ service: 'a', environment: 'dev' }, {}, ['Polled']), ''],
    ['as a text', line({ service: 'a', environment: 'dev' }, { Polled: '3' }), ''],
    ['not at all', 'Polled', ''],
  ])('are missing if they are written %s', (_how, output, instead) => {
    expect(missingMetrics(wanted, output)).toEqual([`the metric Mine Polled was not written under environment=dev, service=a${instead}`]);
  });
});
