import { CfnOutput } from 'aws-cdk-lib';
import { FunctionUrlAuthType, InvokeMode } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { AppStack, type AppProps } from '../constructs/app-stack';
import { invoking, onTable, publishing, readingSecret, throughCustomerKey } from '../constructs/data-access';
import { lambdaAlarm, ownMetricAlarm, throttleAlarm } from '../constructs/function-alarms';

/** Serves the page and the API at a Function URL. AWS lets everybody in; the app lets in who has a key. */
export class DashboardStack extends AppStack {
  constructor(scope: Construct, props: AppProps) {
    super(scope, 'dashboard', 'serves the page and the API', props);
    const { dashboard, userAgent, publicUrl } = this.settings;
    const analysis = this.names.functions('analysis');
    const packaged = this.createFunction(dashboard, {
      // It reads feeds before they are added, and they should see who comes later.
      environment: {
        ANALYSIS_FUNCTION: analysis.join(','), ...timeLimits(dashboard.timeoutSeconds), ...(userAgent !== undefined && { USER_AGENT: userAgent }),
        // Channels of alerts are tested from here.
        ALERT_SECRETS_ID: this.names.alertSecrets, ...(publicUrl !== undefined && { PUBLIC_URL: publicUrl }),
      },
      permissions: [
        ...onTable(this, ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem'], ['list', 'waiting', 'directory']),
        invoking(this, analysis),
        readingSecret(this, this.names.alertSecrets),
        publishing(this, this.names.alertTopic),
        ...throughCustomerKey(this, ['dynamodb', 'secretsmanager', 'sns']),
      ],
      whyNoDeadLetters: 'It is only called by who waits for the answer.',
    });
    const url = packaged.function.addFunctionUrl({ authType: FunctionUrlAuthType.NONE, invokeMode: InvokeMode.BUFFERED });
    new CfnOutput(this, 'Address', { value: url.url, description: 'Where the page is' });
    this.createAlarms();
  }

  private createAlarms(): void {
    throttleAlarm(this, 10);
    ownMetricAlarm(this, {
      name: 'dashboard-failures', meaning: 'Requests are answered with a status of 500 or more.', metric: 'RequestsFailed', statistic: 'Sum', periodMinutes: 5, atLeast: 5, periods: 2, of: 3,
    });
    lambdaAlarm(this, {
      name: 'dashboard-slow', meaning: 'One request in twenty takes over three seconds.', metric: 'Duration', statistic: 'p95', periodMinutes: 5, atLeast: 3_000, periods: 3,
    });
  }
}

/** A request ends in an answer that says so, some seconds before the function would be ended. */
const timeLimits = (timeoutSeconds: number) => ({
  REQUEST_TIME_LIMIT_MS: String(timeoutSeconds * 750),
  ANALYZE_TIME_LIMIT_MS: String(timeoutSeconds * 600),
});
