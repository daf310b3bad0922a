import type { AppName } from '../names';
import type { EnvironmentStack } from './environment-stack';
import { OperatorAlarm, type OperatorAlarmProps } from './operator-alarm';

/** Of the metrics that the apps write themselves; libs/shared/aws/src/metrics.json has the list. */
const ownNamespace = 'Barometer';

type Rest = Omit<OperatorAlarmProps, 'namespace' | 'dimensions'>;

/** Alarms about what an app says of itself, in this environment. */
export const ownMetricAlarm = (stack: EnvironmentStack, app: AppName, rest: Rest) =>
  new OperatorAlarm(stack, { ...rest, namespace: ownNamespace, dimensions: { service: app, environment: stack.names.environment } });

/** Alarms about what Lambda says of a function. */
export const lambdaAlarm = (stack: EnvironmentStack, app: AppName, rest: Rest) =>
  new OperatorAlarm(stack, { ...rest, namespace: 'AWS/Lambda', dimensions: { FunctionName: stack.names.function(app) } });

/** Invocations that end in an error or run into the limit, in two of three times five minutes: one bad minute wakes nobody. */
export const errorAlarm = (stack: EnvironmentStack, app: AppName) =>
  lambdaAlarm(stack, app, {
    name: `${app}-errors`, meaning: `Invocations of ${app} end in errors.`, metric: 'Errors', statistic: 'Sum', periodMinutes: 5, atLeast: 1, periods: 2, of: 3,
  });

export const throttleAlarm = (stack: EnvironmentStack, app: AppName, atLeast: number) =>
  lambdaAlarm(stack, app, {
    name: `${app}-throttles`, meaning: `Lambda turns invocations of ${app} away: its reserved concurrency, or that of the account, is used up.`,
    metric: 'Throttles', statistic: 'Sum', periodMinutes: 5, atLeast, periods: 2, of: 3,
  });
