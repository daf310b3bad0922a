import { fork, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';

interface FunctionHostOptions {
  readonly name: string;
  /** The bundle, which exports `handler`. */
  readonly bundle: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** Where the function's own lines go; nowhere by default. */
  readonly log?: (line: string) => void;
}

interface Waiting {
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

/** What a function ended in, as Lambda tells whoever invoked it. */
export class FunctionError extends Error {
  override readonly name = 'FunctionError';

  constructor(readonly errorType: string, message: string) {
    super(message);
  }
}

/** A function in a process of its own, which is started when it is needed and again after it died. */
export class FunctionHost {
  private child: ChildProcess | undefined;
  private readonly waiting = new Map<string, Waiting>();

  constructor(private readonly options: FunctionHostOptions) {}

  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** The function's answer; rejects with FunctionError when it throws, takes too long, or its process ends. */
  async invoke(event: unknown): Promise<unknown> {
    const child = (this.child ??= this.start());
    const id = randomUUID();
    const timer = setTimeout(() => this.kill(`Task timed out after ${this.options.timeoutMs / 1_000} seconds`), this.options.timeoutMs);
    try {
      return await new Promise((resolve, reject) => {
        this.waiting.set(id, { resolve, reject });
        child.send({ id, event, remainingMs: this.options.timeoutMs });
      });
    } finally {
      clearTimeout(timer);
      this.waiting.delete(id);
    }
  }

  /** Ends the process at once, as a crash would. */
  kill(reason = 'killed'): void {
    this.child?.kill('SIGKILL');
    this.end(new FunctionError('Runtime.ExitError', reason));
  }

  private start(): ChildProcess {
    const { name, bundle, environment, log } = this.options;
    const child = fork(join(__dirname, '../function-child.cjs'), [bundle], {
      env: { PATH: process.env['PATH'], AWS_LAMBDA_FUNCTION_NAME: name, AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local', ...environment },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => log?.(`${name}: ${chunk.toString('utf8').trimEnd()}`));
    child.on('message', (message: { id: string; answer?: unknown; error?: { errorType: string; errorMessage: string } }) => {
      const call = this.waiting.get(message.id);
      if (message.error) call?.reject(new FunctionError(message.error.errorType, message.error.errorMessage));
      else call?.resolve(message.answer);
    });
    child.on('exit', (code, signal) => {
      if (this.child === child) this.end(new FunctionError('Runtime.ExitError', `the process ended with ${signal ?? code}`));
    });
    return child;
  }

  private end(error: FunctionError): void {
    this.child = undefined;
    for (const call of this.waiting.values()) call.reject(error);
  }
}
