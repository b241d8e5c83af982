import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parsePassages } from '../bench/identifiers/corpora.ts';
import { passageLessonOf } from './tagger-corpora.ts';
import { lessonsOf } from './tagger-lessons.ts';

const folder = join(import.meta.dirname, 'tagger-templates');
const languages = readdirSync(folder).flatMap((name) => /^([a-z]{2})\.json$/.exec(name)?.[1] ?? []);
const templatesOf = (language: string) => JSON.parse(readFileSync(join(folder, `${language}.json`), 'utf8'));

describe('generated letters', () => {
  it('are there for each of the languages of the network', () => {
    expect(languages.sort().join(' ')).toBe('bg cs da de el en es et fi fr hr hu it lt lv nb nl pl pt ro sk sl sv');
  });

  it.each(languages)('of %s have marks that hold words, in order and apart', (language) => {
    const lessons = lessonsOf(language, templatesOf(language), 7, 12);
    expect(lessons).toHaveLength(12);
    for (const { text, marks } of lessons) {
      let at = 0;
      for (const { start, end } of marks) {
        expect(start).toBeGreaterThanOrEqual(at);
        expect(text.slice(start, end)).toMatch(/[\p{L}\p{N}]/u);
        at = end;
      }
      expect(text).not.toMatch(/[{}]|undefined/);
    }
  });

  it('are the same for the same seed, and others for another', () => {
    const letters = (seed: number) => JSON.stringify(lessonsOf('de', templatesOf('de'), seed, 5));
    expect(letters(1)).toBe(letters(1));
    expect(letters(2)).not.toBe(letters(1));
  });
});

describe('passages', () => {
  const passages = join(import.meta.dirname, 'tagger-passages');
  const files = readdirSync(passages).filter((name) => name.endsWith('.txt'));

  it.each(files)('of %s have marks of known kinds that hold words, and no sign of marking left', (name) => {
    const texts = parsePassages(readFileSync(join(passages, name), 'utf8'), name);
    expect(texts.length).toBeGreaterThan(10);
    for (const { text, marks } of texts) {
      expect(text).not.toMatch(/\]\([A-Z_]+\)|^====/m);
      for (const { start, end, kind } of marks) {
        expect(text.slice(start, end)).toMatch(/[\p{L}\p{N}]/u);
        expect(kind).toMatch(
          /^(?:NAME|DATE|PLACE|ADDRESS|INSTITUTION|NUMBER|PHONE|MAIL|URL|AGE|AGE_HIGH|PROFESSION|EMPLOYER|WARD|TIME|OTHER)$/,
        );
      }
    }
  });

  it('give lessons of what the finder promises, and of nothing else', () => {
    const [passage] = parsePassages('Frau [Anna Berg](NAME), [54](AGE), seit [3.4.](DATE) bei uns.\n====\nEnde', 'x');
    const lesson = passageLessonOf(passage as NonNullable<typeof passage>);
    expect(lesson.marks.map(({ start, end, kind }) => [lesson.text.slice(start, end), kind])).toEqual([
      ['Anna Berg', 'name'],
      ['3.4.', 'date'],
    ]);
  });
});
