import { describe, expect, it } from 'vitest';
import { attestationStatements } from '../../domain/documents.ts';
import { hcp } from '../conversations/testing.ts';
import { decide, give, lookAtAll, openedPage, stateIn } from './testing.ts';

describe('a released file', () => {
  it('is handed over to its submitter, as long as the patient consents and the bytes are here', async () => {
    const opened = await openedPage();
    const { cast, page, session, caseId } = opened;
    const { bot } = cast.service;
    await give(opened);
    const id = (await decide(opened)).document?.id ?? '';
    const asked = (who: typeof cast.clinician) => bot.handOver(who.who, id);
    expect(await asked(cast.clinician)).toHaveProperty('refused');
    await lookAtAll(opened);
    stateIn(await page.attest(session, attestationStatements, 2));

    const given = await asked(cast.clinician);
    const download = await page.download(session);
    if (!('file' in download)) throw new Error(download.words);
    const { name, file } = download;
    expect(given).toEqual({ name, bytes: await file.read(0, file.length) });
    expect((await cast.clinician.sends('document.send', id)).file).toEqual({
      document: id,
      name: `${id}.pdf`,
      size: 'bytes' in given ? given.bytes.byteLength : 0,
    });
    // Nobody else, the helpdesk and the hospital's lead included; and nobody what does not exist.
    await cast.enter('chief', 'Prof. Lotte Leadsma', [{ role: 'lead', hcp }]);
    for (const other of [cast.person('chief'), cast.helpdesk]) {
      expect(await asked(other)).toHaveProperty('refused');
      expect(await other.sends('document.send', id)).not.toHaveProperty('file');
    }
    expect(await bot.handOver(cast.clinician.who, 'D-00000000')).toHaveProperty('refused');

    await cast.clinician.sends('consent.withdraw', `${caseId}/care`);
    expect(await asked(cast.clinician)).toHaveProperty('refused');
  });

  it('is gone when it was uploaded to CPMS', async () => {
    const opened = await openedPage();
    await give(opened);
    const id = (await decide(opened)).document?.id ?? '';
    await lookAtAll(opened);
    stateIn(await opened.page.attest(opened.session, attestationStatements, 2));
    stateIn(await opened.page.uploaded(opened.session));
    expect(await opened.cast.service.bot.handOver(opened.cast.clinician.who, id)).toHaveProperty('refused');
  });
});
