import { newAlertRuleSchema, type AlertRule } from '@barometer/http-api/contract';
import { draftOf, isPlain, kinds, ruleOf, settingsOf, thresholds } from './rule-words';

const saved: AlertRule = {
  id: 'a',
  name: 'Dark',
  scope: { topicId: 'energy' },
  condition: { kind: 'tone', side: 'over', tone: 0.3 },
  windowHours: 5,
  holdHours: 3,
  leastArticles: 50,
  hysteresis: 0.1,
  cooldownHours: 24,
  tellEnd: true,
  quiet: { from: '21:30', to: '06:15', timeZone: 'Asia/Kolkata' },
  channelIds: ['phone'],
  enabled: false,
  createdAt: '2026-11-23T12:00:00.000Z',
  changedAt: '2026-11-23T12:00:00.000Z',
  evaluatedTo: '2026-11-23T12:00:00.000Z',
  ringing: false,
};
const plain = draftOf(undefined);

describe('the draft of a rule', () => {
  it.each(kinds)('%s begins with the defaults of the API', (kind) => {
    const draft = { ...plain, kind, phrase: 'gas', threshold: thresholds[kind], ...settingsOf(kind) };
    const { condition, scope, name } = ruleOf(draft)!;
    expect(newAlertRuleSchema.parse(ruleOf(draft))).toEqual(newAlertRuleSchema.parse({ name, scope, condition }));
    expect(isPlain(draft)).toBe(true);
  });

  it('keeps everything that was set', () => {
    const draft = draftOf(saved);
    const { id: _id, createdAt: _created, changedAt: _changed, evaluatedTo: _to, ringing: _ringing, ...form } = saved;
    expect([ruleOf(draft), isPlain(draft)]).toEqual([form, false]);
    expect(ruleOf({ ...draft, quiet: false })).not.toHaveProperty('quiet');
  });

  it.each([
    { leastArticles: '-1' },
    { leastArticles: '2.5' },
    { hysteresis: '' },
    { hysteresis: 'much' },
    { cooldownHours: '721' },
    { holdHours: '0' },
    { windowHours: '49' },
    { threshold: ' ' },
    { quiet: true, quietTo: '22:00' },
    { quiet: true, quietZone: '' },
    { quiet: true, quietFrom: '' },
  ])('is incomplete with %j', (change) => expect(ruleOf({ ...plain, ...change })).toBeUndefined());
});
