import { articleListContract } from './article-list.contract';
import { groupsContract } from './groups.contract';
import { invariantContract } from './invariant.contract';
import { judgementsContract } from './judgements.contract';
import { reportFiguresContract } from './report-figures.contract';
import { retentionContract } from './retention.contract';
import { storyContract } from './story.contract';
import type { MakeReportStore } from './seeds';

/** What every `ReportStore` promises. @example reportStoreContract('memory', (clock) => memoryFixture(clock)); */
export function reportStoreContract(name: string, make: MakeReportStore): void {
  describe(`ReportStore: ${name}`, () => {
    articleListContract(make);
    reportFiguresContract(make);
    groupsContract(make);
    invariantContract(make);
    storyContract(make);
    judgementsContract(make);
    retentionContract(make);
  });
}
