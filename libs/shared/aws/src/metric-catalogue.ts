import catalogue from './metrics.json';

/** The namespace, the dimensions and every metric by the service that emits it. The smoke.json of each app lists the metrics that alarms depend on. */
export const metricCatalogue = catalogue;

export type ServiceName = keyof typeof catalogue.services;
export type MetricName<Service extends ServiceName> = keyof (typeof catalogue.services)[Service];
