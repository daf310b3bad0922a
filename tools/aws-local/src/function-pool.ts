import type { FunctionHost } from './function-host';

/** The environments of one function: each answers one event at a time, as on Lambda. */
export class FunctionPool {
  private readonly free: FunctionHost[];
  private readonly queue: ((host: FunctionHost) => void)[] = [];

  constructor(readonly hosts: readonly FunctionHost[]) {
    this.free = [...hosts];
  }

  /** Invokes the function where one is free, or as soon as one is. */
  async invoke(event: unknown): Promise<unknown> {
    const host = this.free.pop() ?? (await new Promise<FunctionHost>((resolve) => this.queue.push(resolve)));
    try {
      return await host.invoke(event);
    } finally {
      const next = this.queue.shift();
      if (next) next(host);
      else this.free.push(host);
    }
  }

  close(): void {
    for (const host of this.hosts) host.kill();
  }
}
