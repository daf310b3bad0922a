import fc from 'fast-check';
import { DAY, HOUR } from '@barometer/kernel';
import { headlineOf } from './headline';
import { evidenceOf, likenessOf, STORY_WINDOW } from './likeness';

const likeness = (a: string, b: string, apart = 0) => likenessOf(headlineOf(a), headlineOf(b), apart);

// Invented headlines.
it.each([
  ['Ferry sinks off Zanzibar, at least 40 drown', 'At least 40 dead as ferry goes down near Zanzibar'],
  ['Court blocks logging plan in Tasmania', 'Tasmania logging plan halted by judge'],
  ['Glacier lake bursts in northern Peru, two villages evacuated', 'Villages flee as Peruvian glacier lake bursts'],
])('joins %j and %j', (a, b) => expect(likeness(a, b)).toBeGreaterThan(0));

it.each([
  ['Ferry sinks off Zanzibar, at least 40 drown', 'Zanzibar votes for a president as rain floods the coast'],
  ['Union poised to strike at Tasmania mill', 'Mill strike in Tasmania: workers walk out after talks fail'],
  ['Court blocks logging plan in Tasmania', 'Court blocks tax plan in Bavaria'],
  ['Black Friday deals on kettles', 'Black Friday crowds disappoint shops'],
])('keeps %j and %j apart', (a, b) => expect(likeness(a, b)).toBeLessThan(0));

const BAR_FIRE = ['Bar fire in Lucerne kills twelve', 'Twelve dead in Lucerne bar fire'] as const;

it('is lower the more time lies between, and minus infinity beyond the window', () => {
  const at = [0, 8 * HOUR, DAY, 2 * DAY, STORY_WINDOW, STORY_WINDOW + 1].map((apart) => likeness(...BAR_FIRE, apart));
  expect(at[0]).toBe(at[1]);
  expect(at[1]).toBeGreaterThan(at[2]!);
  expect(at[2]).toBeGreaterThan(at[3]!);
  expect(at[3]).toBeGreaterThan(at[4]!);
  expect(at[5]).toBe(-Infinity);
});

it('never joins two versions, or two parties with reversed roles', () => {
  expect(likeness('Quorix 26.1 brings new clock to phones', 'Quorix 26.2 brings new clock to phones')).toBe(-Infinity);
  expect(likeness('Israel strikes Iran', 'Iran strikes Israel')).toBe(-Infinity);
  expect(likeness('Israel strikes Iran', 'Israel bombs Iran')).toBeGreaterThan(0);
});

it('counts an expression as one shared word, and one is not enough', () => {
  expect(likeness('Black Friday gloom', 'Black Friday joy')).toBe(-Infinity);
  expect(evidenceOf(headlineOf('Black kettle gloom'), headlineOf('Black kettle joy'), 0)?.second).toBeGreaterThan(0.4);
});

it('is symmetric and deterministic', () => {
  const vocabulary = 'Tasmania Zanzibar ferry sinks court blocks plan after Black Friday 26.1 26.2 40 Iran strikes Israel why not what set to US'.split(' ');
  const titles = fc.array(fc.constantFrom(...vocabulary), { minLength: 1, maxLength: 9 }).map((words) => words.join(' '));
  fc.assert(
    fc.property(titles, titles, fc.integer({ min: 0, max: STORY_WINDOW }), (a, b, apart) => {
      expect(likeness(a, b, apart)).toBeCloseTo(likeness(b, a, -apart), 9);
    }),
  );
});

it('joins no empty headlines', () => expect(likeness('', '')).toBe(-Infinity));
