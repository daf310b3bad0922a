import { digestFormSchema } from './digest-form';
import { channelFormSchema, parseAlertSeeds, ruleFormSchema } from './rule-form';

describe('ruleFormSchema', () => {
  it('fills in what suits the condition', () => {
    expect(ruleFormSchema.parse({ name: 'Dark', condition: { kind: 'unusual' } })).toMatchObject({
      condition: { direction: 'either', beyond: 0 },
      windowHours: 24,
      leastArticles: 20,
      hysteresis: 0.02,
      enabled: true,
    });
  });

  it.each([
    [{ name: '', condition: { kind: 'silence' } }, 'must not be empty'],
    [{ name: 'a', condition: { kind: 'phrase', phrase: ' … ' } }, 'must hold a word'],
    [{ name: 'a', condition: { kind: 'silence' }, quiet: { from: '22:00', to: '07:00', timeZone: 'Mars/Base' } }, 'must be a time zone such as Europe/Vienna'],
    [{ name: 'a', condition: { kind: 'tone', side: 'under', tone: -2 } }, 'must be at least -1'],
    [{ name: 'a\u202eb', condition: { kind: 'silence' } }, 'must have no control characters, and none that hide or turn text'],
    [{ name: 'a\u001b[2Jb', condition: { kind: 'silence' } }, 'must have no control characters, and none that hide or turn text'],
    [{ name: 'a', condition: { kind: 'unusual', beyond: 1.5 } }, 'must be at most 1'],
    [{ name: 'a', condition: { kind: 'tone', side: 'under', tone: 0.5 }, hysteresis: 0.6 }, 'must be at most 0.5: it could never be over'],
    [{ name: 'a', condition: { kind: 'tone', side: 'over', tone: 0.2 }, hysteresis: 1.3 }, 'must be at most 1.2: it could never be over'],
    [{ name: 'a', condition: { kind: 'volume', times: 2 }, hysteresis: 2.1 }, 'must be at most 2: it could never be over'],
    [{ name: 'a', condition: { kind: 'unusual' }, hysteresis: 50 }, 'must be at most 1: it could never be over'],
    [{ name: 'a', condition: { kind: 'phrase', phrase: 'gas' }, leastArticles: 5, hysteresis: 6 }, 'must be at most 5: it could never be over'],
    [{ name: 'a', condition: { kind: 'silence' }, scope: { sourceId: 'daily', group: 'News' } }, 'cannot stand beside a source'],
    [{ name: 'a', condition: { kind: 'silence' }, scope: { group: ' / ' } }, 'must not be empty'],
  ])('refuses %j', (form, message) => {
    expect(ruleFormSchema.safeParse(form).error?.issues[0]?.message).toBe(message);
  });

  it('lists every channel once', () => {
    expect(ruleFormSchema.parse({ name: 'a', condition: { kind: 'silence' }, channelIds: ['x', 'y', 'x'] }).channelIds).toEqual(['x', 'y']);
    expect(digestFormSchema.parse({ name: 'a', timeZone: 'UTC', channelIds: ['x', 'x'] }).channelIds).toEqual(['x']);
    expect(digestFormSchema.safeParse({ name: 'a', timeZone: 'UTC', channelIds: [] }).error?.issues[0]?.message).toBe('must name at least one channel');
  });

  it.each([
    [{ kind: 'webhook', url: 'https://me:secret@example.org/' }, 'must hold no user name or password: put them in the secret'],
    [{ kind: 'ntfy', url: 'https://token@ntfy.sh/mood' }, 'must hold no user name or password: put them in the secret'],
    [{ kind: 'ntfy', url: 'https://ntfy.sh/' }, 'must name a topic, such as https://ntfy.sh/my-topic'],
    [{ kind: 'ntfy', url: 'https://ntfy.sh' }, 'must name a topic, such as https://ntfy.sh/my-topic'],
  ])('refuses a channel to %j', (target, message) => {
    expect(channelFormSchema.safeParse({ name: 'a', target }).error?.issues.map((issue) => issue.message)).toEqual([message]);
  });

  it('reads a list of first rules, and says which entry cannot be used', () => {
    expect(parseAlertSeeds(null)).toEqual({ ok: true, value: { channels: [], rules: [], digests: [] } });
    expect(parseAlertSeeds({ rules: [{ name: 'a', condition: { kind: 'story', publishers: 1 } }] })).toEqual({
      ok: false,
      error: { message: 'rules.0.condition.publishers: must be at least 2' },
    });
  });
});
