import { describe, expect, it } from 'vitest';
import type { BundleEntry, FileFormat, Finding, PageSize } from '../../domain/ports.ts';
import { redactionsOf } from './decided.ts';
import { stacksAfter } from './stacks.ts';

const slice = (at: number, series = 'ct'): PageSize => ({
  width: 9,
  height: 9,
  picture: true,
  frame: { series, at, first: 1 },
});
const sheet: PageSize = { width: 80, height: 3 };
const box = { left: 0.1, top: 0.1, width: 0.2, height: 0.1 };
const finding = (page: number): Finding => ({
  page,
  source: 'picture',
  start: 0,
  end: 4,
  boxes: [box],
  kind: 'name',
  certainty: 'possible',
  rule: 'burned-in',
});

describe('frames of a scrubbed file', () => {
  it('are looked at as series; those with a finding, or that could not be searched, deserve a longer look', () => {
    const pages = [slice(2), sheet, slice(1), slice(3), slice(1, 'us')];
    const notSearched = [
      { what: 'frames-not-read', pages: [4] },
      { what: 'frames-tested', pages: [5] },
      { what: 'files-left-out', pages: [] },
    ];
    expect(stacksAfter({ pages, findings: [finding(2), finding(3)], notSearched })).toEqual({
      stacks: [
        [
          [3, 3],
          [1, 1],
          [4, 4],
        ],
        [[5, 5]],
      ],
      marked: [[3, 4]],
    });
  });

  it('stand elsewhere where a document before them has become one of other pages', () => {
    const entry = (format: FileFormat, pages: number): BundleEntry => ({ name: 'x', format, pages, at: 0, length: 1 });
    const before = [entry('dicom', 1), entry('docx', 2), entry('dicom', 1)];
    const after = [entry('dicom', 1), entry('pdf', 5), entry('dicom', 1)];
    const pages = [slice(1), sheet, sheet, slice(2)];
    expect(stacksAfter({ pages, findings: [finding(4)], notSearched: [] }, { before, after })).toEqual({
      stacks: [
        [
          [1, 1],
          [7, 7],
        ],
      ],
      marked: [[7, 7]],
    });
  });
});

it('a box of a whole series is on each of its frames, and on no other page; without that it is on its own', () => {
  const review = { format: 'zip', pages: [slice(2), sheet, slice(1), slice(1, 'us')], findings: [] } as const;
  const decide = (series?: true) =>
    redactionsOf(
      { ...review, removed: {}, notSearched: [] },
      { accepted: [], added: [{ page: 3, box, ...(series ? { series } : {}) }], flatten: false },
    );
  expect(decide(true)).toEqual([1, 3].map((page) => ({ page, kind: 'drawn', boxes: [box] })));
  expect(decide()).toEqual([{ page: 3, kind: 'drawn', boxes: [box] }]);
});
