import { ToldNothing } from './told-nothing';

it('recognizes shared keys and split pages, separately, by their first ten characters', () => {
  const told = new ToldNothing();
  told.share('0123456789abc');
  told.split('page-012345');
  expect([told.isShared('0123456789xyz'), told.isShared('page-012345'), told.isSplit('page-01234'), told.isSplit('0123456789abc')]).toEqual([
    true,
    false,
    true,
    false,
  ]);
});

it('keeps 500 marks of a source, new ones before earlier ones, each once', () => {
  const before = Array.from({ length: 600 }, (_, index) => `!key${index}`);
  const told = new ToldNothing(new Set(['a print of an item', ...before]));
  told.share('new');
  told.share('key0');
  expect(told.marks()).toEqual(['!new', '!key0', ...before.slice(1, 499)]);
});
