import { describe, expect, it } from 'vitest';
import { createScrubber } from '../../adapters/scrubbers/scrubber.ts';
import type { ActButton, Card } from '../../bot/view.ts';
import { plainText } from '../../bot/view.ts';
import { attestationStatements } from '../../domain/documents.ts';
import { buttonsOf, type Chatter, createWorld, type World } from '../world.ts';
import { judgeInvitations, judgeScrubbed } from './judge.ts';
import { patient, samplePdf } from './sample-file.ts';
import { type Hands, walkTheWholeWay } from './way.ts';

/** The bare conversations, without a platform: the fastest to tell whether a change broke the way itself. */
function hands(world: World, person: Chatter): Hands {
  const screen: Card[] = [];
  let taken = 0;
  const look = async () => {
    await world.deliver();
    screen.push(...person.inbox.slice(taken));
    taken = person.inbox.length;
  };
  const answered = () => screen.push(...(person.seen.cards ?? []));
  return {
    says: async (text) => {
      await look();
      await person.says(text);
      answered();
    },
    presses: async (label) => {
      await look();
      const button = screen
        .toReversed()
        .flatMap(buttonsOf)
        .find((one): one is ActButton => 'action' in one && one.label === label);
      if (!button) throw new Error(`No button ${label} on: ${screen.map(plainText).join('\n---\n').slice(-2000)}`);
      await person.sends(button.action, button.ref);
      answered();
    },
    fills: async (values) => {
      const fields = person.seen.form?.fields ?? [];
      const given = await Promise.all(
        Object.entries(values).map(async ([name, value]) => {
          const field = fields.find((one) => one.name === name);
          if (field?.kind !== 'search') return [name, value] as const;
          const [found] = await world.service.bot.suggest(person.who, field.source, String(value), 5);
          return [name, found ? [found.value] : []] as const;
        }),
      );
      const { errors } = await person.fills(Object.fromEntries(given));
      if (errors) throw new Error(`Refused: ${JSON.stringify(errors)}`);
      answered();
    },
    sees: async () => {
      await look();
      return screen
        .map(
          (card) =>
            `${plainText(card)}\n${buttonsOf(card)
              .map((button) => ('url' in button ? button.url : ''))
              .join('\n')}`,
        )
        .join('\n---\n');
    },
    link: async (label) => {
      await look();
      const button = screen
        .toReversed()
        .flatMap(buttonsOf)
        .find((one) => 'url' in one && one.label === label);
      if (!button || !('url' in button)) throw new Error(`No link ${label}`);
      return button.url;
    },
  };
}

describe('the whole way, without a platform', () => {
  it('ends with a scrubbed file and an invitation', async () => {
    const scrubber = createScrubber();
    const world = await createWorld({ scrubber, now: new Date().toISOString() });
    const { pages } = world.service;
    const play = (user: string) => hands(world, world.person(user));
    try {
      const { scrubbed, invitations } = await walkTheWholeWay({
        clinician: play('clinician'),
        lead: play('lead'),
        helpdesk: play('helpdesk'),
        administrator: play('administrator'),
        expert: play('expert-1'),
        file: samplePdf(),
        mailedCode: async (address) => {
          await world.deliver();
          return /\b(\d{4} \d{4})\b/.exec(world.letters.findLast(({ to }) => to === address)?.text ?? '')?.[1] ?? '';
        },
        invitations: async () => {
          await world.deliver();
          return world.letters.flatMap(({ to, calendar }) => (calendar ? [{ to, ics: calendar.ics }] : []));
        },
        upload: async (address, file) => {
          const begun = await pages.begin(address.split('/').at(-1) ?? '');
          if ('refused' in begun) throw new Error(begun.words);
          const { session } = begun;
          const { upload } = pages;
          const worked = async () => {
            for (;;) {
              const state = await upload.look(session);
              if (!('work' in state)) return state;
              await new Promise((resolve) => setTimeout(resolve, 20));
            }
          };
          await upload.begin(session, file.byteLength);
          await upload.append(session, 0, file);
          await upload.analyse(session, patient);
          const found = await worked();
          if (!('review' in found) || !found.review) throw new Error(JSON.stringify(found));
          expect(found.review.removed).not.toEqual({});
          const accepted = found.review.findings.map(({ id }) => id);
          await upload.decide(session, { accepted, added: [], flatten: false });
          expect(await worked()).toMatchObject({ document: { stage: 'scrubbed', pages: 2, kept: {} } });
          for (const page of [1, 2])
            expect(await upload.picture(session, page, 600, 'after')).toBeInstanceOf(Uint8Array);
          const attested = await upload.attest(session, attestationStatements, 2);
          expect(attested).toMatchObject({ document: { stage: 'released' } });
          const got = await upload.download(session);
          if (!('file' in got)) throw new Error(got.words);
          const bytes = await got.file.read(0, got.file.length);
          expect(await upload.uploaded(session)).toMatchObject({ document: { stage: 'purged' } });
          return bytes;
        },
      });
      judgeScrubbed(scrubbed);
      judgeInvitations(invitations, ['erik.expert@hopital-modele.example', 'eleni.experti@musterklinikum.example']);
      expect(world.storage.audit.verify()).toMatchObject({ ok: true });
    } finally {
      await scrubber.close();
    }
  });
});
