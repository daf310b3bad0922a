export const appNames = ['ingestion', 'analysis', 'dashboard'] as const;
export type AppName = (typeof appNames)[number];

export const packagings = ['image', 'zip'] as const;
export type Packaging = (typeof packagings)[number];

/**
 * What everything of an environment is called. Stacks find each other's resources by these names and never by an
 * export, which would keep the exporting stack from changing for as long as another imports it.
 */
export class Names {
  constructor(readonly environment: string) {}

  readonly stack = (part: AppName | 'state' | 'delivery') => this.of(part);
  /**
   * Says how the function is packaged: Lambda cannot turn a ZIP function into an image function or back, and CloudFormation
   * does not replace a resource that keeps a name of its own. Under another name the new function is made beside the old
   * one, and the old one is deleted once everything points at the new one.
   */
  readonly function = (app: AppName, packaging: Packaging) => `${this.of(app)}-${packaging}`;
  /** Every name that the function of an app can have, for whatever has to keep working while its packaging changes. */
  readonly functions = (app: AppName) => packagings.map((packaging) => this.function(app, packaging));
  /** The same for both packagings, so that a log goes on when the packaging changes. */
  readonly logGroup = (app: AppName) => `/aws/lambda/${this.of(app)}`;
  readonly repository = (app: AppName) => this.of(app);
  readonly alarm = (name: string) => this.of(name);

  get table() { return this.of('store'); }
  get scoringQueue() { return this.of('scoring'); }
  get deadLetterQueue() { return this.of('scoring-dead-letters'); }
  get alarmTopic() { return this.of('alarms'); }
  get schedule() { return this.of('tick'); }
  /** Values of the secrets of alert channels, by name. */
  get alertSecrets() { return `barometer/${this.environment}/alert-secrets`; }
  /** Who subscribes to this topic is told of alerts that name it as a channel. */
  get alertTopic() { return this.of('alerts'); }
  get newsApiSecret() { return `barometer/${this.environment}/newsapi-key`; }

  private of(part: string) { return `barometer-${this.environment}-${part}`; }
}
