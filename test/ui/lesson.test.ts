import { after, describe, it } from 'node:test';
import { chapters, endModels, openChapter, Reader } from './support/lesson-reader.ts';
import { session } from './support/session.ts';

describe('The lesson in the workbench, offline', () => {
  const now = session();
  after(endModels);

  for (const { file, chapter } of chapters)
    it(`does what every line of ${file} says`, { timeout: 5 * 60_000 }, async () => {
      const { workbench } = now();
      await openChapter(workbench, file, chapter);
      const reader = new Reader(workbench, file);
      for (const fence of chapter.fences) {
        if (fence.kind === 'attention') await reader.checkPicture(fence);
        if (fence.kind === 'sentences') await reader.checkSentences(fence);
        if (fence.kind === 'question') await reader.checkQuestion(fence, chapter);
      }
      await reader.showKey(chapter, 'light');
    });
});
