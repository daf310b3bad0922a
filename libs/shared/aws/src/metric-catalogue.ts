import catalogue from './metrics.json';

/** The namespace, the dimensions and every metric by the service that emits it; infra reads the same JSON for its alarms. */
export const metricCatalogue = catalogue;

export type ServiceName = keyof typeof catalogue.services;
export type MetricName<Service extends ServiceName> = keyof (typeof catalogue.services)[Service];
