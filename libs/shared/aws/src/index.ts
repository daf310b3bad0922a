export { AwsFault, awsFaultOf, type AwsFaultKind, type WatchedResource } from './aws-fault';
export { clientSettings, type ClientLimits } from './client-settings';
export { coldStart } from './cold-start';
export { environmentName } from './environment-name';
export { faultBehind, FaultWatch, type WatchableClient } from './fault-watch';
export { metricCatalogue, type MetricName, type ServiceName } from './metric-catalogue';
export { createTelemetry, type LogFields, type Telemetry } from './telemetry';
