import { readFileSync } from 'node:fs';
import { meantBy } from '../bot/conversations/help/answers.ts';
import { type Circle, likeTopics, sure } from '../bot/questions/questions.ts';

/**
 * How well sentences that no sample was made from are understood, by language: the topic found first, among the three that are offered, and
 * taken without asking though wrong; and how many sentences that ask nothing are taken for a question; and the same of what the helpdesk, those who decide and experts ask. `npm run bench:questions`
 */

const read = <T>(name: string) =>
  JSON.parse(readFileSync(new URL(`./questions/${name}`, import.meta.url), 'utf8')) as T;
type Asked = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
const asked = read<Asked>('held-out.json');
const askedWithin = read<Readonly<Record<Circle, Asked>>>('held-out-circles.json');
const nothing = read<Readonly<Record<string, readonly string[]>>>('nothing-asked.json');
const verbose = process.argv.includes('--misses');
const percent = (part: number, all: number) => `${((100 * part) / all).toFixed(1)} %`;

for (const [language, topics] of Object.entries(asked)) measure(language, topics, language);
// Slack and Teams are often set to English where nobody speaks it.
for (const [language, topics] of Object.entries(asked)) if (language !== 'en') measure(language, topics, 'en');
for (const [circle, within] of Object.entries(askedWithin) as [Circle, Asked][])
  for (const [language, topics] of Object.entries(within)) measure(language, topics, language, circle);

/** Questions in a language, asked by somebody whose profile says another, or the same. */
function measure(
  language: string,
  topics: Readonly<Record<string, readonly string[]>>,
  shown: string,
  circle: Circle = 'everyone',
): void {
  const asker = { id: '', verified: true, grants: circle === 'helpdesk' ? [{ role: circle }] : [] };
  const all = { asked: 0, first: 0, offered: 0, taken: 0, wrong: 0 };
  for (const [topic, sentences] of Object.entries(topics)) {
    for (const sentence of sentences) {
      const likest = likeTopics(sentence, shown, [circle]);
      const meant = [...new Set(likest.map((found) => meantBy(asker, found.topic)))];
      const place = meant.indexOf(topic);
      const taken = (likest[0]?.likeness ?? 0) >= sure;
      all.asked += 1;
      all.first += place === 0 ? 1 : 0;
      all.offered += place >= 0 && place < 3 ? 1 : 0;
      all.taken += taken ? 1 : 0;
      all.wrong += taken && place !== 0 ? 1 : 0;
      if (verbose && place !== 0) process.stdout.write(`  ${language} ${topic}: ${sentence} -> ${meant[0]}\n`);
    }
  }
  const idle = nothing[language] ?? [];
  const mistaken = idle.filter((sentence) => (likeTopics(sentence, shown, [circle])[0]?.likeness ?? 0) >= sure).length;
  process.stdout.write(
    `${circle === 'everyone' ? '' : `${circle} `}${language}${shown === language ? '' : ` by a profile of ${shown}`}: ${all.asked} questions, right first ${percent(all.first, all.asked)}, among three ${percent(all.offered, all.asked)}, ` +
      `answered at once ${percent(all.taken, all.asked)} (wrong ${all.wrong}); of ${idle.length} that ask nothing ${mistaken} answered\n`,
  );
}
