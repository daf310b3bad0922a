import type { ChildProcess } from 'node:child_process';
import { coldStart } from './cold-start';
import type { FunctionHost } from './function-host';
import { RuntimeApi } from './runtime-api';

/** Environments that each request their first event after a given time in milliseconds, or fail to start. */
function hostOf(starts: readonly (number | 'fails')[]) {
  const stopped: number[] = [];
  let next = 0;
  const start: FunctionHost['start'] = async () => {
    const api = await RuntimeApi.listen();
    const number = next++;
    const readyAfter = starts[number] ?? 0;
    const ask = () => void fetch(`http://${api.address}/2018-06-01/runtime/invocation/next`).catch(() => undefined);
    if (readyAfter === 'fails') api.processEnded('no settings');
    const timer = readyAfter === 'fails' ? undefined : setTimeout(ask, readyAfter);
    return { api, process: {} as ChildProcess, stop: async () => (clearTimeout(timer), stopped.push(number), api.close()) };
  };
  return { host: { how: 'in this process', start, close: async () => undefined }, stopped };
}

describe('coldStart', () => {
  const said: string[] = [];
  const limits = { initMs: 200, timeoutMs: 1_500, log: (line: string) => void said.push(line) };
  const options = { memoryMb: 128, environment: {} };
  beforeEach(() => said.splice(0));

  it('is a single start if that is in time', async () => {
    const { host, stopped } = hostOf([0]);
    const running = await coldStart(host, options, limits);
    expect([running.api.hasEnded, stopped, said]).toEqual([false, [], []]);
    await running.stop();
  });

  it("ends a start that takes longer than Lambda's limit, and starts again within the function's own limit", async () => {
    const { host, stopped } = hostOf([5_000, 400]);
    const running = await coldStart(host, options, limits);
    expect([running.api.hasEnded, stopped, said]).toEqual([false, [0], ['The function was not ready within 0.2 s.']]);
    await running.stop();
  });

  it('fails if the second start is late too, and leaves nothing running', async () => {
    const { host, stopped } = hostOf([5_000, 5_000]);
    await expect(coldStart(host, options, limits)).rejects.toThrow('neither within the 0.2 s that Lambda gives a start, nor within its own 1.5 s');
    expect(stopped).toEqual([0, 1]);
  });

  it('fails with the error of a start that fails', async () => {
    const { host, stopped } = hostOf(['fails']);
    await expect(coldStart(host, options, limits)).rejects.toThrow('no settings');
    expect(stopped).toEqual([0]);
  });
});
