export { writeCounters, writeInBulk } from './bulk';
export { DynamoDbProbe } from './dynamodb-probe';
export { MeteredClient, type MeteredRequest } from './metered-client';
export { FaultyClient, faults, sequence, type Fault } from './faulty-client';
export { freshTable, localClient, localTable, type FreshTable } from './local-table';
export { PricedClient, type ItemKind, type Priced, type PricedWrites } from './priced-client';
