import type { AppName } from '../names';
import type { EnvironmentStack } from './environment-stack';
import { OperatorAlarm, type OperatorAlarmProps } from './operator-alarm';

/** The namespace of metrics that the apps write; libs/shared/aws/src/metrics.json lists them. */
const ownNamespace = 'Barometer';

/** The stack of one function. */
type FunctionStack = EnvironmentStack & { readonly app: AppName; readonly functionName: string };

type Rest = Omit<OperatorAlarmProps, 'namespace' | 'dimensions'>;

/** An alarm on a metric that an app writes, in this environment. */
export const ownMetricAlarm = (stack: FunctionStack, rest: Rest) =>
  new OperatorAlarm(stack, { ...rest, namespace: ownNamespace, dimensions: { service: stack.app, environment: stack.names.environment } });

/** An alarm on a metric that Lambda writes for a function. */
export const lambdaAlarm = (stack: FunctionStack, rest: Rest) =>
  new OperatorAlarm(stack, { ...rest, namespace: 'AWS/Lambda', dimensions: { FunctionName: stack.functionName } });

/** Invocations that fail or time out, in two of three five-minute periods: a single bad minute must not wake anyone. */
export const errorAlarm = (stack: FunctionStack) =>
  lambdaAlarm(stack, {
    name: `${stack.app}-errors`,
    meaning: `Invocations of ${stack.app} end in errors.`,
    metric: 'Errors',
    statistic: 'Sum',
    periodMinutes: 5,
    atLeast: 1,
    periods: 2,
    of: 3,
  });

export const throttleAlarm = (stack: FunctionStack, atLeast: number) =>
  lambdaAlarm(stack, {
    name: `${stack.app}-throttles`,
    meaning: `Lambda turns invocations of ${stack.app} away: its reserved concurrency, or that of the account, is used up.`,
    metric: 'Throttles',
    statistic: 'Sum',
    periodMinutes: 5,
    atLeast,
    periods: 2,
    of: 3,
  });
