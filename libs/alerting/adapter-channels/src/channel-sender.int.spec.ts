import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ChannelTarget, Notice } from '@barometer/alerting';
import { channel, edition, episode, NOON, NOON_HOUR } from '@barometer/alerting/testing';
import { GuardedPost } from '@barometer/guarded-http';
import { SMTPServer } from 'smtp-server';
import { ChannelSender, type PublishToTopic } from './channel-sender';

const notice: Notice = {
  id: '1764000000000-aa',
  at: NOON,
  test: false,
  home: 'https://mood.example',
  items: [
    {
      event: 'opened',
      episode: episode('a', NOON_HOUR, { headlines: [{ title: 'Gas <!channel> @all & runs out', url: 'https://example.org/gas', publisher: 'Daily' }] }),
    },
  ],
};
const told: Notice = { ...notice, items: [], edition: edition('d', NOON) };
const secrets: Record<string, string> = { hook: `whsec_${Buffer.from('a key of the hook, 24 bytes').toString('base64')}`, token: 'tk_1' };
const closers: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

interface Received {
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A receiver on loopback that records the requests it gets. */
async function receiver(answer: (response: ServerResponse, url: string) => void = (response) => void response.writeHead(204).end()) {
  const got: Received[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request
      .setEncoding('utf8')
      .on('data', (part: string) => (body += part))
      .on('end', () => {
        got.push({ url: request.url, headers: request.headers, body });
        answer(response, request.url ?? '');
      });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return { got, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

function sender({ allowPrivate = true, totalMs = 10_000, publish }: { allowPrivate?: boolean; totalMs?: number; publish?: PublishToTopic } = {}) {
  const post = new GuardedPost({ allowPrivate, totalMs });
  closers.push(() => post.close());
  return new ChannelSender({ post, secret: async (name) => secrets[name], totalMs, publish });
}

const to = (target: ChannelTarget) => channel('c', { target });

describe('ChannelSender', () => {
  it('posts a webhook that the receiver can verify', async () => {
    const { got, url } = await receiver();
    expect(await sender().send(to({ kind: 'webhook', url: `${url}/hook`, secret: 'hook' }), notice)).toEqual({ kind: 'sent' });
    const [{ headers, body }] = got as [Received];
    expect([headers['webhook-id'], headers['webhook-timestamp']]).toEqual([notice.id, String(NOON / 1_000)]);
    expect(headers['webhook-signature']).toBe(
      `v1,${createHmac('sha256', 'a key of the hook, 24 bytes')
        .update(`${notice.id}.${NOON / 1_000}.${body}`)
        .digest('base64')}`,
    );
    expect(JSON.parse(body)).toMatchObject({
      type: 'alerts.told',
      version: 1,
      data: {
        alerts: [
          {
            event: 'opened',
            rule: { id: 'a' },
            openedAt: '2026-11-23T13:00:00.000Z',
            evaluatedAt: null,
            value: -0.5,
            usual: null,
            link: 'https://mood.example/?from=2026-11-23T12%3A00%3A00.000Z',
          },
        ],
      },
    });
  });

  it('writes for Slack, where a headline cannot mention anyone', async () => {
    const { got, url } = await receiver();
    secrets['slack'] = `${url}/services/T0/B0/x`;
    expect(await sender().send(to({ kind: 'slack', secret: 'slack' }), notice)).toEqual({ kind: 'sent' });
    expect(JSON.parse(got[0]!.body).text).toContain('- Gas &lt;!channel&gt; @\u200ball &amp; runs out (Daily)');
  });

  it('publishes to an ntfy topic with its token', async () => {
    const { got, url } = await receiver();
    await sender().send(to({ kind: 'ntfy', url: `${url}/push/my-topic`, secret: 'token' }), notice);
    expect([got[0]?.url, got[0]?.headers.authorization]).toEqual(['/push/', 'Bearer tk_1']);
    expect(JSON.parse(got[0]!.body)).toMatchObject({ topic: 'my-topic', title: 'Dark energy', click: expect.stringContaining('https://mood.example/?from') });
  });

  it('publishes to an SNS topic where there is AWS, with a subject that SNS takes', async () => {
    const told: unknown[] = [];
    const target = to({ kind: 'sns', topicArn: 'arn:aws:sns:eu-central-1:000000000000:alerts' });
    expect(
      await sender({ publish: async (...given) => void told.push(given) }).send(target, {
        ...notice,
        items: [{ event: 'opened', episode: episode('a', NOON_HOUR, { ruleName: 'Düster' }) }],
      }),
    ).toEqual({ kind: 'sent' });
    expect(told).toMatchObject([['arn:aws:sns:eu-central-1:000000000000:alerts', { subject: 'D?ster' }]]);
    expect(await sender().send(target, notice)).toMatchObject({ kind: 'failed', retry: false });
  });

  it('posts an edition of a digest as JSON with a type of its own, and a test as what it is', async () => {
    const { got, url } = await receiver();
    await sender().send(to({ kind: 'webhook', url, secret: 'hook' }), told);
    await sender().send(to({ kind: 'webhook', url }), { ...told, test: true });
    const bodies = got.map(({ body }) => JSON.parse(body) as object);
    expect(got[0]?.headers['webhook-signature']).toBe(
      `v1,${createHmac('sha256', 'a key of the hook, 24 bytes')
        .update(`${notice.id}.${NOON / 1_000}.${got[0]!.body}`)
        .digest('base64')}`,
    );
    expect(bodies).toMatchObject([
      {
        type: 'digest.told',
        version: 1,
        timestamp: '2026-11-23T12:00:00.000Z',
        data: {
          digest: {
            digest: { id: 'd', name: 'Morning' },
            every: 'day',
            scope: { topic: null, source: null, name: 'all news' },
            from: '2026-11-22T12:00:00.000Z',
            to: '2026-11-23T12:00:00.000Z',
            verdict: 'Darker than usual',
            tone: -0.21,
            articles: 1_284,
            usual: { low: -0.18, high: -0.05 },
            change: -0.05,
            drivers: [{ name: 'Energy', effect: -0.04 }, {}],
            stories: [{ publishers: 9, darkest: { publisher: 'Daily Storm', tone: -0.8 } }, {}],
            good: { title: 'Beavers return to the valley' },
            troubled: [{ name: 'The Daily', lastSuccessAt: '2026-11-21T12:00:00.000Z' }, { lastSuccessAt: null }],
            skipped: 0,
            link: expect.stringMatching(/^https:\/\/mood\.example\/\?from=/),
          },
        },
      },
      { type: 'digest.test' },
    ]);
  });

  it('sends an edition in short to Slack and ntfy, in full to SNS, and mentions nobody', async () => {
    const { got, url } = await receiver();
    secrets['slack'] = `${url}/services/T0/B0/x`;
    await sender().send(to({ kind: 'slack', secret: 'slack' }), told);
    await sender().send(to({ kind: 'ntfy', url: `${url}/mood` }), told);
    const [slack, ntfy] = got.map(({ body }) => JSON.parse(body) as Record<string, string>);
    expect(slack?.['text']).toContain('*Morning: darker than usual (−0.21)*\nThe mood of all news');
    expect(slack?.['text']).toContain('Gas prices jump as &lt;b&gt;pipeline&lt;/b&gt; closes');
    expect(ntfy).toMatchObject({
      title: 'Morning: darker than usual (−0.21)',
      message: expect.stringContaining('2 sources are in trouble.'),
      click: expect.stringContaining('https://mood.example/?from'),
    });
    const published: { text: string }[] = [];
    await sender({ publish: async (_arn, message) => void published.push(message) }).send(
      to({ kind: 'sns', topicArn: 'arn:aws:sns:eu-central-1:000000000000:alerts' }),
      told,
    );
    expect(published[0]?.text).toContain('BIGGEST STORIES');
  });

  it.each([
    [500, { kind: 'failed', reason: 'The receiver answers 500.', retry: true }],
    [410, { kind: 'failed', reason: 'The receiver answers 410: it is gone.', retry: false, gone: true }],
  ])('says what %s means', async (status, expected) => {
    const { url } = await receiver((response) => void response.writeHead(status).end('never mind'));
    expect(await sender().send(to({ kind: 'webhook', url }), notice)).toEqual(expected);
  });

  it('waits as long as a receiver asks', async () => {
    const { url } = await receiver((response) => void response.writeHead(429, { 'retry-after': '90' }).end());
    expect(await sender().send(to({ kind: 'webhook', url }), notice)).toMatchObject({ retry: true, retryAfterMs: 90_000 });
  });

  it('follows no redirect, so that none leads to a private address', async () => {
    const { got, url } = await receiver((response) => void response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data' }).end());
    expect(await sender().send(to({ kind: 'webhook', url }), notice)).toMatchObject({
      kind: 'failed',
      retry: false,
      reason: expect.stringContaining('redirects (302)'),
    });
    expect(got).toHaveLength(1);
  });

  it.each(['http://127.0.0.1:9/', 'http://localhost:9/', 'http://[::1]:9/', 'http://169.254.169.254/'])(
    'does not go to %s unless it is allowed',
    async (url) => {
      expect(await sender({ allowPrivate: false }).send(to({ kind: 'webhook', url }), notice)).toMatchObject({
        kind: 'failed',
        retry: false,
        reason: expect.stringContaining('private or local network'),
      });
    },
  );

  it('gives up on a receiver that hangs', async () => {
    const { url } = await receiver(() => undefined);
    expect(await sender({ totalMs: 200 }).send(to({ kind: 'webhook', url }), notice)).toMatchObject({
      kind: 'failed',
      retry: true,
      reason: expect.stringContaining('did not answer within 0.2 seconds'),
    });
  });

  it('says that a secret is missing, and never one that is there', async () => {
    expect(await sender().send(to({ kind: 'webhook', url: 'http://127.0.0.1:9/', secret: 'absent' }), notice)).toEqual({
      kind: 'failed',
      reason: 'The secret "absent" is not set.',
      retry: true,
    });
  });

  it.each([
    ['whsec_', 'its key has 0 bytes, and must have 24 to 64'],
    ['whsec_!!!!', 'what follows whsec_ is no base64'],
    [`whsec_${'A'.repeat(31)}*`, 'what follows whsec_ is no base64'],
    [`whsec_${Buffer.alloc(23, 1).toString('base64')}`, 'its key has 23 bytes, and must have 24 to 64'],
    [`whsec_${Buffer.alloc(65, 1).toString('base64')}`, 'its key has 65 bytes, and must have 24 to 64'],
    ['', 'it is empty'],
  ])('signs nothing with %j', async (secret, problem) => {
    const { got, url } = await receiver();
    secrets['bad'] = secret;
    expect(await sender().send(to({ kind: 'webhook', url, secret: 'bad' }), { ...notice, test: true })).toEqual({
      kind: 'failed',
      reason: `The secret "bad" cannot be used: ${problem}.`,
      retry: true,
    });
    expect(got).toEqual([]);
  });

  it('takes a key of 24 and of 64 bytes, with or without padding', async () => {
    const { got, url } = await receiver();
    for (const key of [Buffer.alloc(25, 1), Buffer.alloc(64, 1)]) {
      secrets['good'] = `whsec_${key.toString('base64').replace(/=+$/, '')}`;
      await sender().send(to({ kind: 'webhook', url, secret: 'good' }), notice);
      const { headers, body } = got.at(-1)!;
      expect(headers['webhook-signature']).toBe(
        `v1,${createHmac('sha256', key)
          .update(`${notice.id}.${NOON / 1_000}.${body}`)
          .digest('base64')}`,
      );
    }
  });

  describe('by mail', () => {
    async function mailServer(options: ConstructorParameters<typeof SMTPServer>[0] = {}) {
      const mails: string[] = [];
      const server = new SMTPServer({
        disabledCommands: ['STARTTLS'],
        onAuth: ({ username, password }, _session, done) => (username === 'u' && password === 'p' ? done(null, { user: 'u' }) : done(new Error('no'))),
        onData: (stream, _session, done) => {
          let mail = '';
          stream
            .setEncoding('utf8')
            .on('data', (part: string) => (mail += part))
            .on('end', () => (mails.push(mail), done()));
        },
        allowInsecureAuth: true,
        logger: false,
        ...options,
      });
      server.on('error', () => undefined);
      await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
      closers.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
      const { port } = server.server.address() as AddressInfo;
      secrets['smtp'] = `smtp://u:p@127.0.0.1:${port}`;
      return { mails, port };
    }
    const mail = to({ kind: 'email', secret: 'smtp', from: 'mood@example.org', to: ['me@example.org'] });

    it('sends plain text that names the delivery', async () => {
      const { mails } = await mailServer();
      expect(await sender().send(mail, notice)).toEqual({ kind: 'sent' });
      expect(mails[0]).toMatch(/Subject: Dark energy/);
      expect(mails[0]).toContain(`Message-ID: <${notice.id}@barometer.invalid>`);
      expect(mails[0]).toContain('The mood of all news');
    });

    it('sends an edition as HTML with its plain text beside it', async () => {
      const { mails } = await mailServer();
      expect(await sender().send(mail, told)).toEqual({ kind: 'sent' });
      const [source = ''] = mails;
      expect(source).toMatch(/^Content-Type: multipart\/alternative/m);
      expect(source).toMatch(/^Subject: =\?UTF-8\?/m);
      const [, plain = '', html = ''] = /Content-Type: text\/plain([\s\S]*)Content-Type: text\/html([\s\S]*)/.exec(source) ?? [];
      const decoded = (part: string) =>
        Buffer.from(
          part.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
          'latin1',
        ).toString('utf8');
      expect(decoded(plain)).toContain('ONE GOOD THING\r\n- Beavers return to the valley');
      expect(decoded(html)).toContain('Gas prices jump as &lt;b&gt;pipeline&lt;/b&gt; closes</a>');
    });

    it('says what a server refuses', async () => {
      const { port } = await mailServer({ onRcptTo: (_address, _session, done) => done(Object.assign(new Error('no such box'), { responseCode: 550 })) });
      expect(await sender().send(mail, notice)).toMatchObject({ kind: 'failed', retry: false, reason: expect.stringContaining('550') });
      secrets['smtp'] = `smtp://u:wrong@127.0.0.1:${port}`;
      expect(await sender().send(mail, notice)).toEqual({ kind: 'failed', reason: 'The mail server refuses the user or the password.', retry: false });
      secrets['smtp'] = 'http://127.0.0.1';
      expect(await sender().send(mail, notice)).toMatchObject({
        kind: 'failed',
        retry: false,
        reason: expect.stringContaining('no address of an SMTP server'),
      });
    });

    it('tries again later where no server is', async () => {
      secrets['smtp'] = 'smtp://127.0.0.1:1';
      expect(await sender().send(mail, notice)).toMatchObject({ kind: 'failed', retry: true, reason: expect.stringContaining('cannot be reached') });
    });
  });
});
