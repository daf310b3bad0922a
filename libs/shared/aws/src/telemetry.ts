import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { Tracer } from '@aws-lambda-powertools/tracer';
import type { Context } from 'aws-lambda';
import type { AwsFault } from './aws-fault';
import { InvocationFaults } from './invocation-faults';
import { metricCatalogue, type MetricName, type ServiceName } from './metric-catalogue';

export type LogFields = Readonly<Record<string, unknown>>;

/** A function's telemetry: log lines, metrics and spans. */
export interface Telemetry<Service extends ServiceName> {
  /** Runs an invocation: adds its id to every line, counts a cold start, and writes its metrics at its end. */
  invocation<T>(context: Context, work: () => Promise<T>): Promise<T>;
  /** Records a fault of AWS: one line, written by the runtime if an invocation ends with it. */
  fault(fault: AwsFault): void;
  info(line: string, fields?: LogFields): void;
  warn(line: string, fields?: LogFields): void;
  error(line: string, fields?: LogFields): void;
  /** Adds values to the metrics of this invocation; `undefined` values are skipped. */
  record(values: Partial<Readonly<Record<MetricName<Service>, number | undefined>>>): void;
  /** Runs `work` inside a subsegment of the invocation's trace. */
  traced<T>(name: string, work: () => Promise<T>): Promise<T>;
}

/**
 * Powertools under the names of `metrics.json`: JSON lines, metrics in the embedded format, X-Ray segments. Outside
 * Lambda, traces are off.
 */
export function createTelemetry<Service extends ServiceName>(service: Service, environment: string): Telemetry<Service> {
  const logger = new Logger({ serviceName: service, persistentKeys: { environment } });
  // Powertools adds the service as a dimension itself.
  const metrics = new Metrics({ namespace: metricCatalogue.namespace, serviceName: service, defaultDimensions: { environment }, logger });
  const tracer = new Tracer({ serviceName: service });
  const faults = new InvocationFaults((line) => logger.error(line));
  const catalogue = metricCatalogue.services[service] as Readonly<Record<string, { unit: 'Count' | 'Seconds' | 'Milliseconds' }>>;
  return {
    invocation: async (context, work) => {
      logger.addContext(context);
      metrics.captureColdStartMetric(context.functionName);
      try {
        return await faults.during(context, work);
      } finally {
        metrics.publishStoredMetrics();
      }
    },
    fault: (fault) => faults.note(fault),
    info: (line, fields) => logger.info(line, fields ?? {}),
    warn: (line, fields) => logger.warn(line, fields ?? {}),
    error: (line, fields) => logger.error(line, fields ?? {}),
    record: (values) => {
      for (const [name, value] of Object.entries(values as Record<string, number | undefined>)) {
        if (value !== undefined) metrics.addMetric(name, catalogue[name]?.unit ?? 'Count', value);
      }
    },
    traced: (name, work) => traced(tracer, name, work),
  };
}

async function traced<T>(tracer: Tracer, name: string, work: () => Promise<T>): Promise<T> {
  const parent = tracer.isTracingEnabled() ? tracer.getSegment() : undefined;
  if (!parent) return work();
  const segment = parent.addNewSubsegment(`## ${name}`);
  tracer.setSegment(segment);
  try {
    return await work();
  } catch (error) {
    tracer.addErrorAsMetadata(error as Error);
    throw error;
  } finally {
    segment.close();
    tracer.setSegment(parent);
  }
}
