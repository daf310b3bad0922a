import type { LogFields, Telemetry } from '../telemetry';
import type { ServiceName } from '../metric-catalogue';

/** Remembers what a function told, for its tests. */
export class RecordingTelemetry<Service extends ServiceName> implements Telemetry<Service> {
  readonly lines: string[] = [];
  readonly metrics: Record<string, number> = {};
  flushed = 0;

  begin(): void {}

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

  flush(): void {
    this.flushed += 1;
  }

  private note(level: string, line: string, fields?: LogFields): void {
    this.lines.push(`${level}: ${line}${fields ? ` ${JSON.stringify(fields)}` : ''}`);
  }
}
