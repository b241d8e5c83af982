import { describe, expect, it } from 'vitest';
import { boxesOf } from '../../domain/boxes.ts';
import type { PageText } from '../../domain/ports.ts';
import { findingsIn } from './findings.ts';
import { reportOf } from './report.ts';

/** A page whose lines stand at the left, ten units of a fiftieth of the page high, each unit a hundredth of it wide. */
function page(text: string, number = 1, source: PageText['source'] = 'text'): PageText {
  const places = new Float32Array(text.length * 4);
  let line = 0;
  let column = 0;
  for (let unit = 0; unit < text.length; unit++) {
    if (text[unit] === '\n') {
      line++;
      column = 0;
    } else {
      if (text[unit] !== ' ') places.set([column * 0.01, line * 0.02, 0.01, 0.02], unit * 4);
      column++;
    }
  }
  return { page: number, source, text, places };
}

const known = { names: ['Jane Roewood'], birthDate: '1963-04-12' };
const rounded = (box: object) =>
  Object.fromEntries(Object.entries(box).map(([key, value]) => [key, Math.round(Number(value) * 1000) / 1000]));

it('finds a birth date that stands by itself as a sheet counts days', () => {
  const starts = (text: string) =>
    findingsIn({ format: 'docx', texts: [page(text)] }, { known }).map(({ start }) => start);
  expect(starts('Points\n23113\n23114\n')).toEqual([7]);
  expect(starts('Platelets 23113 of all\n')).toEqual([]);
});

describe('the boxes of a piece of text', () => {
  it('are one for each line', () => {
    const text = 'Seen: Jane\nRoewood today';
    const start = text.indexOf('Jane');
    expect(boxesOf(page(text).places, start, text.indexOf(' today')).map(rounded)).toEqual([
      { left: 0.06, top: 0, width: 0.04, height: 0.02 },
      { left: 0, top: 0.02, width: 0.07, height: 0.02 },
    ]);
  });

  it('are one for a word that runs down the page', () => {
    const places = new Float32Array([0.5, 0.1, 0.02, 0.01, 0.5, 0.11, 0.02, 0.01, 0.5, 0.12, 0.02, 0.01]);
    expect(boxesOf(places, 0, 3).map(rounded)).toEqual([{ left: 0.5, top: 0.1, width: 0.02, height: 0.03 }]);
  });

  it('are none for what stands nowhere', () => {
    expect(boxesOf(new Float32Array(8), 0, 2)).toEqual([]);
  });
});

describe('the findings of a file', () => {
  it('stand on their own pages, where a name runs over the end of one too', () => {
    const texts = [page('The patient is Jane'), page('Roewood, seen on the ward.', 2)];
    const findings = findingsIn({ format: 'pdf', texts }, { known });
    expect(findings.filter(({ kind }) => kind === 'name').map((one) => [one.page, one.start])).toEqual([
      [1, 15],
      [2, 0],
    ]);
  });

  it('cover what hangs on them in a picture, where letters are placed less well than words', () => {
    const text = 'Seen: Roewood, in the clinic.';
    const widthIn = (source: PageText['source']) =>
      findingsIn({ format: 'pdf', texts: [page(text, 1, source)] }, { known }).map(({ start, end, boxes: [box] }) => [
        start,
        end,
        Math.round((box?.width ?? 0) * 100),
      ]);
    expect(widthIn('text')).toEqual([[6, 13, 7]]);
    expect(widthIn('picture')).toEqual([[6, 13, 8]]);
  });

  it('are the writing that nobody could read on paper, but for what is covered already', () => {
    const text = 'Seen: Roewood in the clinic\n\ufffd\n\ufffd';
    const places = page(text).places;
    const [first, second] = [text.indexOf('\ufffd'), text.lastIndexOf('\ufffd')];
    places.set([0.06, 0.002, 0.05, 0.015], first * 4);
    places.set([0.3, 0.7, 0.1, 0.02], second * 4);
    const texts = [{ page: 1, source: 'picture' as const, text, places }];
    const found = findingsIn({ format: 'jpeg', texts }, { known }).filter(({ rule }) => rule === 'unread-writing');
    expect(found.map(({ start, kind, certainty, boxes }) => [start, kind, certainty, boxes.map(rounded)])).toEqual([
      [second, 'writing', 'possible', [{ left: 0.3, top: 0.7, width: 0.1, height: 0.02 }]],
    ]);
  });

  it('are told once where the text and the picture of a page say the same', () => {
    const text = 'Seen: Roewood in the clinic.';
    const findings = findingsIn({ format: 'pdf', texts: [page(text), page(text, 1, 'picture')] }, { known });
    expect(findings.filter(({ kind }) => kind === 'name')).toHaveLength(1);
  });

  it('judge a cell by the head of its column', () => {
    const text = 'Surname;Stay\nTatterwick;3\nOdd;4\n';
    const findings = findingsIn({ format: 'csv', texts: [{ ...page(text), places: new Float32Array(0) }] }, {});
    const words = findings.map(({ start, end }) => text.slice(start, end));
    expect(words).toContain('Tatterwick');
    expect(words).not.toContain('3');
  });
});

describe('the report', () => {
  const analysis = {
    format: 'pdf',
    prepared: new Uint8Array(0),
    pages: [],
    texts: [],
    bytesIn: 9,
    removed: { metadata: 2 },
    notSearched: [
      { what: 'pictures-not-read', pages: [2] },
      { what: 'fonts', pages: [] },
    ],
  } as const;
  const box = { left: 0.1, top: 0.1, width: 0.2, height: 0.02 };
  const finding = { page: 1, source: 'text', start: 0, end: 4, kind: 'name', certainty: 'certain', rule: 'r' } as const;
  const redacted = {
    bytes: 5,
    pages: 2,
    notSearched: [
      { what: 'pictures-not-read', pages: [1] },
      { what: 'fonts', pages: [1] },
    ],
    verified: ['opens'],
  };

  it('counts a finding as kept unless a redaction covers each of its boxes', () => {
    const findings = [
      { ...finding, boxes: [box] },
      { ...finding, boxes: [box, { ...box, top: 0.2 }] },
      { ...finding, page: 2, boxes: [box] },
    ];
    const drawn = { page: 1, kind: 'drawn', boxes: [{ ...box, left: 0.05, width: 0.4 }] } as const;
    const report = reportOf({ ...analysis, findings }, [drawn], redacted);
    expect(report).toMatchObject({ kept: { name: 2 }, redacted: { drawn: 1 }, bytesIn: 9, bytesOut: 5, pages: 2 });
  });

  it('puts what could not be searched together by code', () => {
    expect(reportOf({ ...analysis, findings: [] }, [], redacted).notSearched).toEqual([
      { what: 'pictures-not-read', pages: [1, 2] },
      { what: 'fonts', pages: [] },
    ]);
  });
});
