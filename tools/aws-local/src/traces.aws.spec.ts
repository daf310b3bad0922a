import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { RuntimeApi } from '@barometer/lambda-runtime';
import { linesOf } from './testing/started-function';

jest.setTimeout(120_000);

const [root, parent, other] = ['1-6922a5f0-0123456789abcdef01234567', '0123456789abcdef', 'fedcba9876543210'];

/** Listens at the address of X-Ray's daemon, for segments with this name. */
async function startDaemon() {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const segments: Record<string, unknown>[] = [];
  socket.on('message', (packet) => void segments.push(JSON.parse(packet.toString().split('\n')[1] ?? '{}') as Record<string, unknown>));
  return { address: `127.0.0.1:${socket.address().port}`, segments, close: () => socket.close() };
}

const cases = [
  ['ingestion', {}, '## tick'],
  ['analysis', { texts: ['Peace at last'] }, '## texts'],
  [
    'dashboard',
    { rawPath: '/healthz', rawQueryString: '', headers: {}, requestContext: { http: { method: 'GET', path: '/healthz', sourceIp: '192.0.2.1' } } },
    '## request',
  ],
] as const;

it.each(cases)('a sampled invocation of %s reaches the daemon of X-Ray as part of its trace, and an unsampled one does not', async (app, event, name) => {
  const daemon = await startDaemon();
  try {
    const environment = { AWS_XRAY_DAEMON_ADDRESS: daemon.address, AWS_ENDPOINT_URL: 'http://127.0.0.1:9' };
    const work = async (api: RuntimeApi) => {
      await api.invoke(event, { trace: `Root=${root};Parent=${other};Sampled=0` });
      await api.invoke(event, { trace: `Root=${root};Parent=${parent};Sampled=1` });
      const ours = () => daemon.segments.filter((segment) => segment['name'] === name);
      for (let waited = 0; waited < 5_000 && ours().length === 0; waited += 50) await new Promise((resolve) => setTimeout(resolve, 50));
      expect(ours()).toEqual([expect.objectContaining({ trace_id: root, parent_id: parent, type: 'subsegment', end_time: expect.any(Number) })]);
    };
    await linesOf(app, { environment, work });
  } finally {
    daemon.close();
  }
});
