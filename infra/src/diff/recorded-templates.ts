import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Template } from './template-diff';

/** Templates in a folder, one `<stack>.template.json` each: those recorded in this repository, or fetched from an account. */
export class RecordedTemplates {
  constructor(private readonly folder: string) {}

  /** By stack name. */
  read(): Readonly<Record<string, Template>> {
    if (!existsSync(this.folder)) return {};
    const files = readdirSync(this.folder).filter((file) => file.endsWith(ending));
    return Object.fromEntries(files.map((file) => [file.slice(0, -ending.length), JSON.parse(readFileSync(join(this.folder, file), 'utf8')) as Template]));
  }

  write(templates: Readonly<Record<string, Template>>): void {
    rmSync(this.folder, { recursive: true, force: true });
    mkdirSync(this.folder, { recursive: true });
    for (const [stack, template] of Object.entries(templates)) writeFileSync(join(this.folder, stack + ending), `${JSON.stringify(template, null, 1)}\n`);
  }
}

const ending = '.template.json';
