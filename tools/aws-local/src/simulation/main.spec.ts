import { join } from 'node:path';
import { deployedOf } from './evidence';
import { readOptions, simulate } from './main';
import { textOf } from './report';

const ROOT = join(__dirname, '../../../..');
const read = (...args: string[]) => readOptions(args, deployedOf(ROOT));
const enough = ['--feeds', '10', '--articles-per-day', '1000'];

it('starts from the settings in infra/cdk.json', () => {
  expect(read(...enough)).toMatchObject({
    isHelp: false,
    asJson: false,
    feeds: 10,
    articlesPerDay: 1_000,
    seed: 1,
    sample: 1_500,
    deployed: { ...deployedOf(ROOT), listPartitions: 1 },
  });
  expect(read(...enough, '--ingestion-mb', '1769', '--list-partitions', '4').deployed).toMatchObject({ ingestionMb: 1_769, listPartitions: 4 });
  expect(read('--help').isHelp).toBe(true);
});

it.each([
  [['--feeds', '10'], '--articles-per-day is missing.'],
  [['--articles-per-day', '10'], '--feeds is missing.'],
  [[...enough, '--feeds', '1e4'], '--feeds must be a whole number from 1 to 100000, in digits alone, not "1e4".'],
  [[...enough, '--seed', '-1'], undefined],
  [[...enough, '--list-partitions', '0'], '--list-partitions must be a whole number from 1 to 100, in digits alone, not "0".'],
  [[...enough, '--mood', 'dark'], "Unknown option '--mood'"],
])('%j are refused', (args, message) => expect(() => read(...args)).toThrow(message));

it('gives the same result for the same seed, from the figures of the workspace', async () => {
  const options = { ...read('--feeds', '40', '--articles-per-day', '20000', '--seed', '9'), sample: 100 };
  const [first, second] = [await simulate(options), await simulate(options)];
  expect(second.day.articles).toEqual(first.day.articles);
  expect(first.capacities).toEqual(second.capacities);
  const text = textOf(first);
  for (const words of ['40 feeds, polled every 15 minutes, 20,000 articles a day', 'seed 9', '| list: all | 1.', '| what fails first |', 'costs $'])
    expect(text).toContain(words);
});
