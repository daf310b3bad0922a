import { INIT_LIMIT_MS, type FunctionHost, type RunningFunction } from '@barometer/lambda-runtime';

/** The error of an invocation, as Lambda reports it to the caller. */
export class FunctionError extends Error {
  override readonly name = 'FunctionError';

  constructor(
    readonly errorType: string,
    message: string,
  ) {
    super(message);
  }
}

interface FunctionPoolOptions {
  readonly app: string;
  /** The packaged artefact, ready to be started. */
  readonly host: FunctionHost;
  readonly memoryMb: number;
  readonly timeoutMs: number;
  /** Maximum of concurrent environments; further events wait, whereas Lambda would throttle them. */
  readonly concurrency: number;
  readonly environment: Readonly<Record<string, string>>;
  /** Receives the function's log lines. */
  readonly log?: (line: string) => void;
}

/**
 * One Lambda function: execution environments of a packaged artefact under the runtime client, each handling one event
 * at a time, started if none is free and replaced after they end.
 */
export class FunctionPool {
  private readonly running = new Set<RunningFunction>();
  private readonly idle: RunningFunction[] = [];
  private readonly waiting: (() => void)[] = [];
  private environment: Readonly<Record<string, string>>;
  private free: number;

  constructor(private readonly options: FunctionPoolOptions) {
    this.environment = options.environment;
    this.free = options.concurrency;
  }

  /** The function's answer; rejects with FunctionError when it throws, takes too long, or its process ends. */
  async invoke(event: unknown): Promise<unknown> {
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    try {
      return await this.send(await this.take(), event);
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.free += 1;
    }
  }

  /** Ends every environment at once, as a crash would; events in progress are rejected with this reason. */
  async kill(reason: string): Promise<void> {
    this.idle.length = 0;
    const ended = [...this.running];
    for (const { api } of ended) api.processEnded(reason);
    await Promise.all(ended.map((one) => this.discard(one)));
  }

  /** Changes the function's settings, for environments started from now on. */
  async configure(environment: Readonly<Record<string, string>>): Promise<void> {
    this.environment = environment;
    await this.kill('The settings of the function were changed.');
  }

  async close(): Promise<void> {
    await this.kill('The function was shut down.');
    await this.options.host.close();
  }

  private async take(): Promise<RunningFunction> {
    for (let one = this.idle.pop(); one; one = this.idle.pop()) {
      if (!one.api.hasEnded) return one;
      await this.discard(one);
    }
    const { host, memoryMb, app, log } = this.options;
    const onOutput = (text: string) =>
      text
        .trimEnd()
        .split('\n')
        .forEach((line) => log?.(`${app}: ${line}`));
    const started = await host.start({ memoryMb, environment: this.environment, onOutput });
    this.running.add(started);
    return started;
  }

  private async send(one: RunningFunction, event: unknown): Promise<unknown> {
    const { timeoutMs, app } = this.options;
    const late = setTimeout(() => one.api.processEnded(`${app} neither started nor answered in time.`), INIT_LIMIT_MS + timeoutMs);
    const outcome = await one.api.invoke(event, { timeoutMs }).finally(() => clearTimeout(late));
    if (one.api.hasEnded) void this.discard(one);
    else this.idle.push(one);
    if (!outcome.ok) throw new FunctionError(outcome.error.errorType, outcome.error.errorMessage);
    return outcome.payload;
  }

  private async discard(one: RunningFunction): Promise<void> {
    if (this.running.delete(one)) await one.stop();
  }
}
