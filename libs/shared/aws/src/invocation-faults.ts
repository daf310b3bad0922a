import { SECOND } from '@barometer/kernel';
import type { Context } from 'aws-lambda';
import type { AwsFault } from './aws-fault';
import { faultBehind } from './fault-watch';

/** The faults of an invocation are written this long before its time limit, since it may not reach its end. */
const RESERVE = SECOND;

/**
 * Writes each fault once, in one line. Lambda's runtime writes the error that an invocation ends with, so only other
 * faults are written here, once that is known: at the end of the invocation.
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
      // Throws the fault itself, which is one line, instead of an error that the SDK or a store made from it.
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

/** The runtime's line shows the name of the error's class, which the bundle has shortened; a field of the error itself takes precedence. */
function named(error: unknown): unknown {
  return error instanceof Error && Object.isExtensible(error) ? Object.assign(error, { errorType: error.name }) : error;
}
