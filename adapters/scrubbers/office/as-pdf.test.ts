import { afterEach, expect, it, vi } from 'vitest';
import { createScrubber } from '../scrubber.ts';
import { asPdf, hasLibreOffice } from './as-pdf.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

it('says that there is no LibreOffice, and refuses to draw a document then', async () => {
  vi.stubEnv('PATH', '/nowhere');
  expect(hasLibreOffice()).toBe(false);
  await expect(asPdf(new Uint8Array(), 'docx', 1000)).rejects.toThrow('flatten-office');
  const scrubber = createScrubber();
  expect(scrubber.flattens('docx')).toBe(false);
  expect(scrubber.flattens('pdf')).toBe(true);
  expect(scrubber.flattens('jpeg')).toBe(false);
  await scrubber.close();
});
