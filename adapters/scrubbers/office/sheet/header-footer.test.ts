import { expect, it } from 'vitest';
import { element } from '../xml.ts';
import { headerPieces } from './header-footer.ts';

const said = (text: string) =>
  headerPieces(element('x:oddHeader', {}, [text]))
    .map((piece) => (typeof piece === 'string' ? piece : piece.text))
    .join('');

it.each([
  ['&LQw&Bert&Bz&C49305&B71826', '\tQwertz\t4930571826\t'],
  ['&LQw&K00FF00er&Itz &Iof &P', '\tQwertz of \t\t'],
  ['&LBox && Co&RPage', '\tBox \t Co\tPage\t'],
])('the header %j is read as %j: a change of its look parts no word', (text, read) => {
  expect(said(text)).toBe(read);
});

it('writes words that begin before a change of its look', () => {
  const header = element('x:oddHeader', {}, ['&LQw&Bertz&B here']);
  for (const piece of headerPieces(header))
    if (typeof piece !== 'string' && /^(?:Qw|ertz)$/.test(piece.text)) piece.write(piece.text === 'Qw' ? '█' : '');
  expect(header.children).toEqual(['&L█&B&B here']);
});
