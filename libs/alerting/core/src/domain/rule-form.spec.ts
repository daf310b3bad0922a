import { parseAlertSeeds, ruleFormSchema } from './rule-form';

describe('ruleFormSchema', () => {
  it('fills in what suits the condition', () => {
    expect(ruleFormSchema.parse({ name: 'Dark', condition: { kind: 'unusual' } })).toMatchObject({ condition: { direction: 'either', beyond: 0 }, windowHours: 24, leastArticles: 20, hysteresis: 0.02, enabled: true });
  });

  it.each([
    [{ name: '', condition: { kind: 'silence' } }, 'must not be empty'],
    [{ name: 'a', condition: { kind: 'phrase', phrase: ' … ' } }, 'must hold a word'],
    [{ name: 'a', condition: { kind: 'silence' }, quiet: { from: '22:00', to: '07:00', timeZone: 'Mars/Base' } }, 'must be a time zone such as Europe/Vienna'],
    [{ name: 'a', condition: { kind: 'tone', side: 'under', tone: -2 } }, 'must be at least -1'],
  ])('refuses %j', (form, message) => {
    expect(ruleFormSchema.safeParse(form).error?.issues[0]?.message).toBe(message);
  });

  it('reads a list of first rules, and says which entry cannot be used', () => {
    expect(parseAlertSeeds(null)).toEqual({ ok: true, value: { channels: [], rules: [] } });
    expect(parseAlertSeeds({ rules: [{ name: 'a', condition: { kind: 'story', publishers: 1 } }] })).toEqual({ ok: false, error: { message: 'rules.0.condition.publishers: must be at least 2' } });
  });
});
