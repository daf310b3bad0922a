import * as fc from 'fast-check';
import { form } from '../testing/samples';
import { BLANK_HOURS, evaluate } from './evaluate';
import type { HourFacts } from './facts';
import { freshState, type RuleForm } from './rule';

const facts = (tones: readonly (number | undefined)[]): HourFacts[] =>
  tones.map((tone, hour) => ({ hour, observed: tone !== undefined, volume: tone === undefined ? 0 : 20, tone }));
const start = freshState(-1);
const episodes = (rule: RuleForm, tones: readonly (number | undefined)[]) =>
  evaluate(rule, start, facts(tones)).events.map(({ kind, hour }) => `${kind} ${hour}`);

describe('evaluate', () => {
  it('opens at its threshold and closes only once the value is back by the hysteresis', () => {
    expect(episodes(form({ hysteresis: 0.1 }), [-0.3, -0.4, -0.35, -0.31, -0.29])).toEqual(['opened 1', 'closed 4']);
  });

  it('fires only after so many hours in a row, not counting hours without data', () => {
    const rule = form({ holdHours: 2, hysteresis: 0 });
    expect(episodes(rule, [-0.5, -0.3, -0.5, undefined, -0.5, -0.5])).toEqual(['opened 5']);
  });

  it('begins no other episode during the cool-down, and one after it if the condition still holds', () => {
    expect(episodes(form({ cooldownHours: 2, hysteresis: 0 }), [-0.5, 0, -0.5, -0.5, -0.5, -0.5])).toEqual(['opened 0', 'closed 1', 'opened 4']);
  });

  it('says nothing with too few articles', () => {
    expect(evaluate(form({ leastArticles: 21 }), start, facts([-0.9])).events).toEqual([]);
  });

  it('ends an episode after a day without data', () => {
    expect(episodes(form(), [-0.5, ...Array.from({ length: BLANK_HOURS }, () => undefined)])).toEqual(['opened 0', `closed ${BLANK_HOURS}`]);
  });

  it('keeps stories apart, and reports each once', () => {
    const rule = form({ condition: { kind: 'story', publishers: 3 }, cooldownHours: 24 });
    const hours: HourFacts[] = [2, 3, 4].map((publishers, hour) => ({
      hour,
      observed: true,
      volume: 9,
      stories: [{ id: 'flood', title: 'Flood', publishers }, ...(hour === 2 ? [{ id: 'gas', title: 'Gas', publishers: 5 }] : [])],
    }));
    expect(evaluate(rule, start, hours).events.map(({ hour, subject }) => `${subject} ${hour}`)).toEqual(['flood 1', 'gas 2']);
  });

  it('reports what was found in a window with gaps, but ends nothing because of it', () => {
    const rule = form({ condition: { kind: 'story', publishers: 3 } });
    const hours: HourFacts[] = [['flood'], ['gas'], []].map((ids, hour) => ({
      hour,
      observed: false,
      listened: true,
      volume: 9,
      stories: ids.map((id) => ({ id, title: id, publishers: 4 })),
    }));
    const phrase = form({ condition: { kind: 'phrase', phrase: 'gas' } });
    expect(evaluate(rule, start, hours).events.map(({ kind, subject }) => `${kind} ${subject}`)).toEqual(['opened flood', 'opened gas']);
    expect(evaluate(phrase, start, [{ hour: 0, observed: false, listened: true, volume: 1, matches: 1 }]).events).toHaveLength(1);
    expect(evaluate(phrase, start, [{ hour: 0, observed: false, listened: false, volume: 1, matches: 1 }]).events).toEqual([]);
    expect(evaluate(form(), start, [{ hour: 0, observed: false, listened: true, volume: 20, tone: -0.9 }]).events).toEqual([]);
  });

  it.each([
    [
      'unusual',
      { kind: 'unusual', direction: 'darker', beyond: 0.05 },
      { tone: -0.36, usual: { low: -0.3, high: 0, mean: -0.1 } },
      { tone: -0.34, usual: { low: -0.3, high: 0, mean: -0.1 } },
    ],
    ['volume', { kind: 'volume', times: 2 }, { usualVolume: 10 }, { usualVolume: 11 }],
    ['phrase', { kind: 'phrase', phrase: 'gas' }, { matches: 1 }, { matches: 0 }],
    ['silence', { kind: 'silence' }, { volume: 0 }, { volume: 1 }],
  ])('judges %s', (_name, condition, rings, rests) => {
    const one = (more: object): HourFacts => ({ hour: 0, observed: true, volume: 20, ...more });
    const rule = form({ condition, leastArticles: undefined });
    expect([evaluate(rule, start, [one(rings)]).events.length, evaluate(rule, start, [one(rests)]).events.length]).toEqual([1, 0]);
  });

  it('makes no statement on volume without a usual one, and finds no phrase that is not there', () => {
    const one = (more: object): HourFacts => ({ hour: 0, observed: true, volume: 20, ...more });
    expect(evaluate(form({ condition: { kind: 'volume', times: 2 } }), start, [one({ usualVolume: 0 })]).events).toEqual([]);
    expect(evaluate({ ...form({ condition: { kind: 'phrase', phrase: 'gas' } }), leastArticles: 0 }, start, [one({ matches: 0 })]).events).toEqual([]);
  });

  it('finds the same however the hours are split', () => {
    const tones = fc.array(fc.option(fc.double({ min: -0.6, max: 0, noNaN: true }), { nil: undefined, freq: 8 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(
        tones,
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 0, max: 5 }),
        fc.integer({ min: 1, max: 9 }),
        (given, holdHours, cooldownHours, cut) => {
          const rule = form({ holdHours, cooldownHours });
          const hours = facts(given);
          let state = start;
          const found = [];
          for (let at = 0; at < hours.length; at += cut) {
            // Some hours that were evaluated before are passed again, as late evaluators do.
            const step = evaluate(rule, JSON.parse(JSON.stringify(state)), hours.slice(Math.max(0, at - 2), at + cut));
            state = step.state;
            found.push(...step.events);
          }
          expect(found).toEqual(evaluate(rule, start, hours).events);
        },
      ),
    );
  });
});
