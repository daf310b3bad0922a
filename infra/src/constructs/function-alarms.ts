import type { AppStack } from './app-stack';
import { OperatorAlarm, type OperatorAlarmProps } from './operator-alarm';

/** Of the metrics that the apps write themselves; libs/shared/aws/src/metrics.json has the list. */
const ownNamespace = 'Barometer';

type Rest = Omit<OperatorAlarmProps, 'namespace' | 'dimensions'>;

/** Alarms about what an app says of itself, in this environment. */
export const ownMetricAlarm = (stack: AppStack, rest: Rest) =>
  new OperatorAlarm(stack, { ...rest, namespace: ownNamespace, dimensions: { service: stack.app, environment: stack.names.environment } });

/** Alarms about what Lambda says of a function. */
export const lambdaAlarm = (stack: AppStack, rest: Rest) =>
  new OperatorAlarm(stack, { ...rest, namespace: 'AWS/Lambda', dimensions: { FunctionName: stack.functionName } });

/** Invocations that end in an error or run into the limit, in two of three times five minutes: one bad minute wakes nobody. */
export const errorAlarm = (stack: AppStack) =>
  lambdaAlarm(stack, {
    name: `${stack.app}-errors`, meaning: `Invocations of ${stack.app} end in errors.`, metric: 'Errors', statistic: 'Sum', periodMinutes: 5, atLeast: 1, periods: 2, of: 3,
  });

export const throttleAlarm = (stack: AppStack, atLeast: number) =>
  lambdaAlarm(stack, {
    name: `${stack.app}-throttles`, meaning: `Lambda turns invocations of ${stack.app} away: its reserved concurrency, or that of the account, is used up.`,
    metric: 'Throttles', statistic: 'Sum', periodMinutes: 5, atLeast, periods: 2, of: 3,
  });
