import type { Context } from 'aws-lambda';
import type { AwsFault } from '../aws-fault';
import { InvocationFaults } from '../invocation-faults';
import type { LogFields, Telemetry } from '../telemetry';
import type { ServiceName } from '../metric-catalogue';

/** Records a function's telemetry, for its tests. */
export class RecordingTelemetry<Service extends ServiceName> implements Telemetry<Service> {
  readonly lines: string[] = [];
  readonly metrics: Record<string, number> = {};
  /** Invocations that have ended. */
  ended = 0;
  private readonly faults = new InvocationFaults((line) => this.error(line));

  async invocation<T>(context: Context, work: () => Promise<T>): Promise<T> {
    try {
      return await this.faults.during(context, work);
    } finally {
      this.ended += 1;
    }
  }

  fault(fault: AwsFault): void {
    this.faults.note(fault);
  }

  info(line: string, fields?: LogFields): void {
    this.note('info', line, fields);
  }

  warn(line: string, fields?: LogFields): void {
    this.note('warn', line, fields);
  }

  error(line: string, fields?: LogFields): void {
    this.note('error', line, fields);
  }

  record(values: Readonly<Record<string, number | undefined>>): void {
    for (const [name, value] of Object.entries(values)) if (value !== undefined) this.metrics[name] = value;
  }

  traced<T>(_name: string, work: () => Promise<T>): Promise<T> {
    return work();
  }

  private note(level: string, line: string, fields?: LogFields): void {
    this.lines.push(`${level}: ${line}${fields ? ` ${JSON.stringify(fields)}` : ''}`);
  }
}
