import {
  alertBacktestSchema,
  alertChannelListSchema,
  alertDeliveryListSchema,
  alertEpisodeListSchema,
  alertRuleListSchema,
  alertRuleSchema,
} from '../contract';
import { fakeDependencies, READ_KEY, WRITE_KEY } from '../testing/fake-dependencies';
import { problemOf, testApi } from '../testing/test-api';

const alerts = '/api/v1/alerts';
const silence = { name: 'Quiet', condition: { kind: 'silence' } };

describe('alerts', () => {
  it('adds, shows, changes and removes a rule', async () => {
    const { ask } = await testApi(fakeDependencies().deps);
    const added = await ask('POST', `${alerts}/rules`, { payload: silence });
    expect([added.statusCode, alertRuleSchema.parse(added.json())]).toMatchObject([201, { windowHours: 6, cooldownHours: 12, ringing: false }]);
    const { items } = alertRuleListSchema.parse((await ask('GET', `${alerts}/rules`)).json());
    expect(items.map(({ id, ringing }) => [id, ringing])).toEqual([
      ['dark', true],
      ['added', false],
    ]);
    expect((await ask('PUT', `${alerts}/rules/added`, { payload: { ...silence, windowHours: 9 } })).json()).toMatchObject({ windowHours: 9 });
    expect((await ask('DELETE', `${alerts}/rules/added`)).statusCode).toBe(204);
    expect(problemOf(await ask('PUT', `${alerts}/rules/added`, { payload: silence })).status).toBe(404);
    expect(problemOf(await ask('DELETE', `${alerts}/rules/added`)).status).toBe(404);
  });

  it.each([
    [{ name: 'x' }, 'condition'],
    [{ ...silence, windowHours: 99 }, 'windowHours'],
    [{ ...silence, quiet: { from: '22:00', to: '07:00', timeZone: 'Mars' } }, 'quiet.timeZone'],
    [{ ...silence, id: 'mine' }, 'id'],
    [{ ...silence, channelIds: ['nowhere'] }, 'channelIds'],
  ])('refuses %j', async (payload, field) => {
    const { ask } = await testApi(fakeDependencies().deps);
    const response = await ask('POST', `${alerts}/rules`, { payload });
    expect([response.statusCode, problemOf(response).errors?.[0]?.field]).toEqual([400, field]);
  });

  it('shows past and open episodes', async () => {
    const { ask } = await testApi(fakeDependencies().deps);
    const all = alertEpisodeListSchema.parse((await ask('GET', `${alerts}/episodes?limit=5`)).json());
    expect(all.items).toMatchObject([{ ruleName: 'Dark', sentence: expect.stringContaining('The mood'), headlines: [{ title: 'Gas runs out' }] }]);
    expect(alertEpisodeListSchema.parse((await ask('GET', `${alerts}/episodes?open=true&rule=other`)).json()).items).toEqual([]);
    const again = await ask('GET', `${alerts}/episodes`, { headers: { 'if-none-match': String((await ask('GET', `${alerts}/episodes`)).headers.etag) } });
    expect(again.statusCode).toBe(304);
  });

  it('says when a rule would have fired, also to readers without write access', async () => {
    const { ask } = await testApi(fakeDependencies({ loopback: false }).deps);
    const response = await ask('POST', `${alerts}/backtest`, { payload: silence, headers: { authorization: `Bearer ${READ_KEY}` } });
    expect(alertBacktestSchema.parse(response.json()).episodes).toMatchObject([{ sentence: 'It was dark.' }]);
    for (const [method, path] of [
      ['POST', 'rules'],
      ['DELETE', 'rules/dark'],
      ['POST', 'channels'],
      ['POST', 'channels/hook/test'],
      ['POST', 'deliveries/redrive'],
    ] as const) {
      expect([
        path,
        (await ask(method, `${alerts}/${path}`, { headers: { authorization: `Bearer ${READ_KEY}` }, ...(method === 'POST' && { payload: {} }) })).statusCode,
      ]).toEqual([path, 403]);
    }
  });

  it('adds channels, names their secrets and never accepts one, tests and removes them', async () => {
    const { ask } = await testApi(fakeDependencies().deps);
    const mail = { id: 'mail', name: 'Mail', target: { kind: 'email', secret: 'smtp', from: 'a@example.org', to: ['b@example.org'] } };
    expect((await ask('POST', `${alerts}/channels`, { payload: mail })).statusCode).toBe(201);
    expect(
      problemOf(await ask('POST', `${alerts}/channels`, { payload: { ...mail, target: { ...mail.target, secret: 'smtps://me:pass@mail.example' } } }))
        .errors?.[0]?.field,
    ).toBe('target.secret');
    expect(
      problemOf(await ask('POST', `${alerts}/channels`, { payload: { name: 'x', target: { kind: 'webhook', url: 'file:///etc/passwd' } } })).errors?.[0]?.field,
    ).toBe('target.url');
    expect(alertChannelListSchema.parse((await ask('GET', `${alerts}/channels`)).json()).items.map(({ id }) => id)).toEqual(['hook', 'mail']);
    expect((await ask('POST', `${alerts}/channels/mail/test`)).json()).toEqual({ sent: false, reason: 'The receiver answers 500.' });
    expect([
      problemOf(await ask('DELETE', `${alerts}/channels/hook`)).status,
      (await ask('DELETE', `${alerts}/channels/mail`)).statusCode,
      problemOf(await ask('POST', `${alerts}/channels/mail/test`)).status,
    ]).toEqual([409, 204, 404]);
  });

  it('replaces a channel only on request', async () => {
    const { ask } = await testApi(fakeDependencies().deps);
    const hook = { name: 'Other', target: { kind: 'webhook', url: 'https://other.example/' } };
    expect(problemOf(await ask('POST', `${alerts}/channels`, { payload: { id: 'hook', ...hook } }))).toMatchObject({
      status: 409,
      detail: 'There is a channel hook already. PUT changes it.',
    });
    expect((await ask('PUT', `${alerts}/channels/hook`, { payload: hook })).json()).toMatchObject({ id: 'hook', ...hook });
    expect(problemOf(await ask('PUT', `${alerts}/channels/none`, { payload: hook })).status).toBe(404);
  });

  it('shows the whole address of a channel only with write access, and a password to nobody', async () => {
    const { deps } = fakeDependencies({ loopback: false });
    const target = { kind: 'ntfy' as const, url: 'https://me:pass@ntfy.example:8443/secret-topic?x=1', secret: 'token' };
    const list = { ...deps.alerts.list, channels: async () => [{ id: 'phone', name: 'Phone', target, createdAt: 0 }] };
    const { ask } = await testApi({ ...deps, alerts: { ...deps.alerts, list } });
    const shown = async (key: string) =>
      alertChannelListSchema
        .parse((await ask('GET', `${alerts}/channels`, { headers: { authorization: `Bearer ${key}` } })).json())
        .items.map((one) => one.target);
    expect(await shown(READ_KEY)).toEqual([{ ...target, url: 'https://ntfy.example:8443' }]);
    expect(await shown(WRITE_KEY)).toEqual([{ ...target, url: 'https://ntfy.example:8443/secret-topic?x=1' }]);
  });

  it('shows notices and sends failed ones again', async () => {
    const { ask } = await testApi(fakeDependencies().deps);
    expect(alertDeliveryListSchema.parse((await ask('GET', `${alerts}/deliveries`)).json()).items).toMatchObject([
      { state: 'failed', reason: 'The receiver answers 500.' },
    ]);
    expect((await ask('POST', `${alerts}/deliveries/redrive`, { payload: {} })).json()).toEqual({ waiting: 1 });
    expect((await ask('POST', `${alerts}/deliveries/redrive`, { payload: { ids: ['other'] } })).json()).toEqual({ waiting: 0 });
  });
});
