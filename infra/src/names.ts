export const appNames = ['ingestion', 'analysis', 'dashboard'] as const;
export type AppName = (typeof appNames)[number];

/**
 * What everything of an environment is called. Stacks find each other's resources by these names and never by an
 * export, which would keep the exporting stack from changing for as long as another imports it.
 */
export class Names {
  constructor(readonly environment: string) {}

  readonly stack = (part: AppName | 'state' | 'delivery') => this.of(part);
  readonly function = (app: AppName) => this.of(app);
  readonly logGroup = (app: AppName) => `/aws/lambda/${this.of(app)}`;
  readonly repository = (app: AppName) => this.of(app);
  readonly alarm = (name: string) => this.of(name);

  get table() { return this.of('store'); }
  get scoringQueue() { return this.of('scoring'); }
  get deadLetterQueue() { return this.of('scoring-dead-letters'); }
  get alarmTopic() { return this.of('alarms'); }
  get schedule() { return this.of('tick'); }
  get newsApiSecret() { return `barometer/${this.environment}/newsapi-key`; }

  private of(part: string) { return `barometer-${this.environment}-${part}`; }
}
