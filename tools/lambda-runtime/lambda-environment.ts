/** The data for a function's environment variables. */
export interface FunctionEnvironment {
  readonly app: string;
  readonly handler: string;
  readonly memoryMb: number;
  /** Host and port of the Runtime API. */
  readonly runtimeApi: string;
  /** /var/task, or the folder with its content. */
  readonly taskRoot: string;
}

/**
 * The variables that Lambda sets (https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html), with
 * credentials that AWS does not accept.
 */
export function lambdaEnvironment({ app, handler, memoryMb, runtimeApi, taskRoot }: FunctionEnvironment): Record<string, string> {
  return {
    AWS_LAMBDA_RUNTIME_API: runtimeApi,
    AWS_LAMBDA_FUNCTION_NAME: `barometer-test-${app}`,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/barometer-test-${app}`,
    AWS_LAMBDA_LOG_STREAM_NAME: '2026/01/01/[$LATEST]test',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_REGION: 'eu-central-1',
    AWS_DEFAULT_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_SESSION_TOKEN: 'local',
    LAMBDA_TASK_ROOT: taskRoot,
    _HANDLER: handler,
    TZ: 'UTC',
  };
}
