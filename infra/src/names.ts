export const appNames = ['ingestion', 'analysis', 'dashboard'] as const;
export type AppName = (typeof appNames)[number];

/** The purposes of an environment's stacks. */
export type StackPart = AppName | 'state' | 'delivery' | 'edge';

export const packagings = ['image', 'zip'] as const;
export type Packaging = (typeof packagings)[number];

/**
 * The names of everything in an environment. Stacks find each other's resources by these names and never by an export,
 * which could not change as long as another stack imports it.
 */
export class Names {
  constructor(readonly environment: string) {}

  readonly stack = (part: StackPart) => this.of(part);
  /**
   * Contains the packaging: Lambda cannot turn a ZIP function into an image function or back, and CloudFormation does
   * not replace a resource with a fixed name. With another name the new function is created beside the old one, which
   * is deleted once everything refers to the new one.
   */
  readonly function = (app: AppName, packaging: Packaging) => `${this.of(app)}-${packaging}`;
  /** Every name that an app's function can have, for whatever must keep working while the packaging changes. */
  readonly functions = (app: AppName) => packagings.map((packaging) => this.function(app, packaging));
  /** The same for both packagings, so that the log continues after a change of packaging. */
  readonly logGroup = (app: AppName) => `/aws/lambda/${this.of(app)}`;
  readonly repository = (app: AppName) => this.of(app);
  readonly alarm = (name: string) => this.of(name);

  get table() {
    return this.of('store');
  }
  get scoringQueue() {
    return this.of('scoring');
  }
  get deadLetterQueue() {
    return this.of('scoring-dead-letters');
  }
  /** The operators' dashboard in CloudWatch. */
  get operatorDashboard() {
    return this.of('operators');
  }
  get webAcl() {
    return this.of('front-door');
  }
  get alarmTopic() {
    return this.of('alarms');
  }
  get schedule() {
    return this.of('tick');
  }
  /** Values of the secrets of alert channels, by name. */
  get alertSecrets() {
    return `barometer/${this.environment}/alert-secrets`;
  }
  /** Subscribers of this topic get the alerts whose channel it is. */
  get alertTopic() {
    return this.of('alerts');
  }
  get newsApiSecret() {
    return `barometer/${this.environment}/newsapi-key`;
  }

  /** The client's secret from the provider of sign-ins. */
  get oidcClientSecret() {
    return `barometer/${this.environment}/oidc-client-secret`;
  }

  private of(part: string) {
    return `barometer-${this.environment}-${part}`;
  }
}
