import { describe, expect, it } from 'vitest';
import { foundIn } from '../testing.ts';

const LOREM =
  'Lorem ipsum dolor sit amet, consectetur adipiscing elit. Mauris vitae erat nibh. Orci varius natoque penatibus et magnis dis parturient montes, nascetur ridiculus mus.';

describe('what shows how a text looks is nobody', () => {
  it.each([
    'Arial\nCourier New\nTimes New Roman\nCalibri\nArial Italic',
    'This letter is set in Times New Roman, 11 pt. Headings in Helvetica Neue Bold.',
    LOREM,
    'Lorem Ipsum',
    `${LOREM} Nam tincidunt mauris bibendum vel. Morbi ullamcorper posuere cubilia Curae; Vestibulum at iaculis massa.`,
    'Please fill in this page from [Client. Company] and send it back.',
    'A\ufffdB\ufffdC\ufffdD\ufffdE\ufffdF\ufffdG\ufffdH\ufffdI\ufffdJ\ufffdK\ufffdL\ufffdM\ufffdN\ufffdO\ufffdP\ufffdQ\ufffdR\ufffdS\ufffdT\ufffdU\ufffdV\ufffdW\ufffdX\ufffdY\ufffdZ',
  ])('%s', (text) => {
    expect(foundIn(text)).toBe(text);
  });
});

describe('who stands beside it is somebody', () => {
  it.each([
    'Letter in Times New Roman by Dr. ⟦Helena Courier⟧.',
    `${LOREM} Patient: ⟦Jane Roewood⟧. ${LOREM}`,
    `${LOREM} Seen by ⟦Maria Gonzalez⟧ in the clinic. ${LOREM}`,
    'Dear Mrs ⟦M\ufffdller⟧, you were seen in our clinic.',
    'The patient ⟦[Jane Roewood]⟧ was seen.',
  ])('%s', (text) => {
    expect(foundIn(text)).toBe(text);
  });
});
