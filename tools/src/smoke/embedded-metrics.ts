import * as z from 'zod';

/** Metrics that a function must write, each under exactly these dimensions. */
export const expectedMetricsSchema = z.strictObject({
  namespace: z.string(),
  dimensions: z.record(z.string(), z.string()),
  names: z.array(z.string()).min(1),
});
export type ExpectedMetrics = z.infer<typeof expectedMetricsSchema>;

/** A line in CloudWatch's embedded metric format; dimensions and values are beside `_aws`, under their names. */
const lineSchema = z.looseObject({
  _aws: z.object({
    CloudWatchMetrics: z.array(z.object({ Namespace: z.string(), Dimensions: z.array(z.array(z.string())), Metrics: z.array(z.object({ Name: z.string() })) })),
  }),
});

/**
 * The metrics that CloudWatch would not find in a function's output.
 *
 * @returns a sentence for each, with the dimensions under which it was written instead
 */
export function missingMetrics({ namespace, dimensions, names }: ExpectedMetrics, output: string): string[] {
  const written = output.split('\n').flatMap(metricsOf);
  const wanted = told(dimensions);
  return names.flatMap((name) => {
    const places = written.filter((metric) => metric.namespace === namespace && metric.name === name).map((metric) => metric.dimensions);
    if (places.includes(wanted)) return [];
    return [`the metric ${namespace} ${name} was not written under ${wanted}${places.length > 0 ? `, but under ${[...new Set(places)].join(' and ')}` : ''}`];
  });
}

function metricsOf(line: string): { namespace: string; name: string; dimensions: string }[] {
  const parsed = lineSchema.safeParse(jsonOf(line));
  if (!parsed.success) return [];
  const { _aws, ...values } = parsed.data;
  return _aws.CloudWatchMetrics.flatMap(({ Namespace: namespace, Dimensions, Metrics }) =>
    Metrics.filter(({ Name }) => typeof values[Name] === 'number').flatMap(({ Name: name }) =>
      Dimensions.map((keys) => ({ namespace, name, dimensions: told(Object.fromEntries(keys.map((key) => [key, String(values[key])]))) })),
    ),
  );
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Dimensions in a fixed order; CloudWatch ignores their order. */
const told = (dimensions: Readonly<Record<string, string>>) =>
  Object.entries(dimensions)
    .sort()
    .map(([name, value]) => `${name}=${value}`)
    .join(', ');
