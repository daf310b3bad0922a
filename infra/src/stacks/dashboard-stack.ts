import { CfnOutput } from 'aws-cdk-lib';
import { FunctionUrlAuthType, InvokeMode } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { AppStack, type AppProps } from '../constructs/app-stack';
import { invoking, onTable, publishing, readingSecret, throughCustomerKey } from '../constructs/data-access';
import { FrontDoor } from '../constructs/front-door';
import { publicUrlOf, type Settings } from '../settings';
import { lambdaAlarm, ownMetricAlarm, throttleAlarm } from '../constructs/function-alarms';

/**
 * Serves the page and the API at a Function URL. AWS admits everyone, or only CloudFront if there is a front door; the
 * app checks the reader's key.
 */
export class DashboardStack extends AppStack {
  constructor(scope: Construct, props: AppProps) {
    super(scope, 'dashboard', 'serves the page and the API', props);
    const { dashboard, userAgent, frontDoor, signIn } = this.settings;
    const publicUrl = publicUrlOf(this.settings);
    const analysis = this.names.functions('analysis');
    const packaged = this.createFunction(dashboard, {
      // The dashboard previews feeds, and their hosts should see the same User-Agent as later.
      environment: {
        ANALYSIS_FUNCTION: analysis.join(','),
        ...timeLimits(dashboard.timeoutSeconds),
        ...(userAgent !== undefined && { USER_AGENT: userAgent }),
        ...(!this.settings.canary && { CANARY: '0' }),
        ...(frontDoor && { FRONT_DOOR: 'cloudfront' }),
        ...this.scoredText(),
        ...(signIn && { ...signInEnvironment(signIn), OIDC_SECRET_ID: this.names.oidcClientSecret }),
        // The dashboard sends the test notices of alert channels.
        ALERT_SECRETS_ID: this.names.alertSecrets,
        ...(publicUrl !== undefined && { PUBLIC_URL: publicUrl }),
      },
      permissions: [
        ...onTable(this, ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem'], ['list', 'waiting', 'directory']),
        invoking(this, analysis),
        readingSecret(this, this.names.alertSecrets),
        ...(signIn ? [readingSecret(this, this.names.oidcClientSecret)] : []),
        publishing(this, this.names.alertTopic),
        ...throughCustomerKey(this, ['dynamodb', 'secretsmanager', 'sns']),
      ],
      whyNoDeadLetters: 'It is only called by who waits for the answer.',
    });
    const url = packaged.function.addFunctionUrl({
      authType: frontDoor ? FunctionUrlAuthType.AWS_IAM : FunctionUrlAuthType.NONE,
      invokeMode: InvokeMode.BUFFERED,
    });
    const address = frontDoor ? new FrontDoor(this, { url, settings: frontDoor, timeoutSeconds: dashboard.timeoutSeconds }).address : url.url;
    new CfnOutput(this, 'Address', { value: address, description: 'Where the page is' });
    this.createAlarms();
  }

  private createAlarms(): void {
    throttleAlarm(this, 10);
    ownMetricAlarm(this, {
      name: 'dashboard-failures',
      meaning: 'Requests are answered with a status of 500 or more.',
      metric: 'RequestsFailed',
      statistic: 'Sum',
      periodMinutes: 5,
      atLeast: 5,
      periods: 2,
      of: 3,
    });
    lambdaAlarm(this, {
      name: 'dashboard-slow',
      meaning: 'One request in twenty takes over three seconds.',
      metric: 'Duration',
      statistic: 'p95',
      periodMinutes: 5,
      atLeast: 3_000,
      periods: 3,
    });
  }
}

/** A slow request gets an answer that says so, some seconds before Lambda would end the function. */
const timeLimits = (timeoutSeconds: number) => ({
  REQUEST_TIME_LIMIT_MS: String(timeoutSeconds * 750),
  ANALYZE_TIME_LIMIT_MS: String(timeoutSeconds * 600),
});

/** The settings of sign-in as environment variables of the function. */
function signInEnvironment({
  issuer,
  clientId,
  scopes,
  readers,
  writers,
  admins,
  sessionIdleHours,
  sessionMaxHours,
}: NonNullable<Settings['signIn']>): Record<string, string> {
  const lists = { OIDC_READERS: readers, OIDC_WRITERS: writers, OIDC_ADMINS: admins };
  const given = Object.entries(lists)
    .filter(([, list]) => list.length > 0)
    .map(([name, list]) => [name, list.join(',')]);
  return {
    OIDC_ISSUER: issuer,
    OIDC_CLIENT_ID: clientId,
    ...(scopes !== undefined && { OIDC_SCOPES: scopes }),
    ...(Object.fromEntries(given) as Record<string, string>),
    ...(sessionIdleHours !== undefined && { OIDC_SESSION_IDLE_HOURS: String(sessionIdleHours) }),
    ...(sessionMaxHours !== undefined && { OIDC_SESSION_MAX_HOURS: String(sessionMaxHours) }),
  };
}
