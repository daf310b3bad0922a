import { SECOND } from '@barometer/kernel';
import type { Context } from 'aws-lambda';
import type { AwsFault } from './aws-fault';
import { faultBehind } from './fault-watch';

/** So long before the time limit of an invocation its faults are written, since it may not live to end. */
const RESERVE = SECOND;

/**
 * Has each fault written in one line, once. Lambda's runtime writes what an invocation ends with, so that only what it does
 * not end with is written here, when that is known: at its end.
 */
export class InvocationFaults {
  private readonly unwritten: AwsFault[] = [];
  private running = 0;

  constructor(private readonly write: (line: string) => void) {}

  note(fault: AwsFault): void {
    if (this.running > 0) this.unwritten.push(fault);
    else this.write(fault.message);
  }

  async during<T>(context: Context, work: () => Promise<T>): Promise<T> {
    this.running += 1;
    const timer = setTimeout(() => this.writeAll(), Math.max(0, context.getRemainingTimeInMillis() - RESERVE)).unref();
    try {
      return await work();
    } catch (error) {
      const fault = faultBehind(error);
      this.writeAll(fault?.message);
      // The fault itself, in its one line, and not what the SDK or a store made of it.
      throw named(fault ?? error);
    } finally {
      this.running -= 1;
      clearTimeout(timer);
      this.writeAll();
    }
  }

  private writeAll(except?: string): void {
    for (const { message } of this.unwritten.splice(0)) if (message !== except) this.write(message);
  }
}

/** The runtime's line names an error by its class, whose name the bundle has shortened; a field of the error's own comes first. */
function named(error: unknown): unknown {
  return error instanceof Error && Object.isExtensible(error) ? Object.assign(error, { errorType: error.name }) : error;
}
