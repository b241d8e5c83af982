import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const sources = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '--', '*.ts', '*.tsx'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && existsSync(join(root, file)));
const product = sources.filter(
  (file) => !/\.test\.tsx?$|\/testing(?:\.ts|\/)/.test(file) && !/^(test|bench|docs)\//.test(file),
);
const text = (file: string) => readFileSync(join(root, file), 'utf8');

interface Import {
  readonly from: string;
  readonly to: string;
}

/** Every import and re-export of a file, as it is written. */
function specifiersOf(file: string): string[] {
  return [...text(file).matchAll(/(?:\bfrom\s+|\bimport\s*\(\s*|^import\s+)['"]([^'"]+)['"]/gm)].map(
    (match) => match[1] ?? '',
  );
}

const imports: readonly Import[] = product.flatMap((from) =>
  specifiersOf(from).map((specifier) => ({
    from,
    to: specifier.startsWith('.') ? relative(root, join(root, dirname(from), specifier)) : specifier,
  })),
);
/** A layer is a top folder, or one folder of `adapters`; files at the top are the composition. */
const layerOf = (file: string) =>
  file.includes('/')
    ? file.startsWith('adapters/')
      ? file.split('/').slice(0, 2).join('/')
      : (file.split('/')[0] ?? '')
    : 'composition';
const crossing = ({ from, to }: Import) => `${from} -> ${to}`;
const ours = imports.filter(({ to }) => existsSync(join(root, to)) && !to.startsWith('node_modules'));

/** Which layers a layer may import besides itself; the composition and `cli` join them all. */
const allowed: Readonly<Record<string, (to: string) => boolean>> = {
  domain: () => false,
  bot: (to) => to === 'domain',
  storage: (to) => to === 'domain',
  manifest: (to) => ['domain', 'bot', 'adapters/slack', 'composition'].includes(to),
};

/** Libraries that only compute: the domain may use them. */
const pure = ['temporal-polyfill', 'stdnum', 'libphonenumber-js'];

describe('the direction of imports', () => {
  it('is kept by every file', () => {
    const wrong = ours.filter(({ from, to }) => {
      const [here, there] = [layerOf(from), layerOf(to)];
      if (here === there || here === 'composition' || here === 'cli') return false;
      // What one of the top files exports for itself (ids, clock, configuration) belongs to the composition.
      const rule = allowed[here] ?? ((target: string) => target === 'bot' || target === 'domain');
      return !rule(there);
    });
    expect(wrong.map(crossing)).toEqual([]);
  });

  it('keeps libraries that do input and output out of the domain', () => {
    const wrong = imports.filter(
      ({ from, to }) =>
        from.startsWith('domain/') &&
        !/\.(?:ts|json)$/.test(to) &&
        !pure.some((library) => to === library || to.startsWith(`${library}/`)),
    );
    expect(wrong.map(crossing)).toEqual([]);
  });

  it.each([
    ['adapters/teams', /^(botbuilder|botframework|@microsoft\/teams-ai)/],
    ['adapters/slack', /^@slack\//],
    ['storage', /^(better-sqlite3|drizzle-orm)/],
    ['adapters/scrubbers', /^(pdf-lib|@embedpdf\/|sharp|tesseract\.js|heic-decode|saxes|yauzl|entities)/],
    ['adapters/eulogin', /^(openid-client|oidc-provider)/],
    ['adapters/mail', /^(nodemailer|imapflow|mailparser)/],
    ['adapters/calendar', /^(ical-generator|timezones-ical-library)/],
  ])('keeps the packages of %s there', (folder, packages) => {
    const wrong = imports.filter(({ from, to }) => packages.test(to) && !from.startsWith(`${folder}/`));
    expect(wrong.map(crossing)).toEqual([]);
  });

  it('keeps Block Kit and the names of Slack’s payloads in adapters/slack', () => {
    const slack =
      /['"](?:plain_text|mrkdwn|rich_text|block_actions|block_suggestion|view_submission|view_closed|message_action|static_select|external_select|multi_external_select)['"]|\b(?:private_metadata|callback_id|trigger_id|response_action|KnownBlock|ModalView)\b/;
    // The manifest is Slack's own form, and names callback ids.
    const wrong = product.filter(
      (file) =>
        !file.startsWith('adapters/slack/') &&
        file !== 'manifest/slack.ts' &&
        file !== 'manifest/build.ts' &&
        slack.test(text(file)),
    );
    expect(wrong).toEqual([]);
  });

  it('leaves the front pages out of the server', () => {
    const wrong = ours.filter(
      ({ from, to }) => to.startsWith('adapters/web/pages/') && !from.startsWith('adapters/web/pages/'),
    );
    expect(wrong.map(crossing)).toEqual([]);
  });
});

/** A line that is a comment: 'any' is a word there, and no type. */
const prose = /^\s*(?:\/\/|\/?\*)/;

describe('a file', () => {
  it('is one idea, of at most 400 lines', () => {
    const long = product
      .map((file) => ({ file, lines: text(file).split('\n').length }))
      .filter(({ lines }) => lines > 401);
    expect(long).toEqual([]);
  });

  it('has no any, no silenced check, no skipped test, no default export', () => {
    const found = sources
      .filter((file) => file !== 'test/walls.test.ts')
      .flatMap((file) =>
        text(file)
          .split('\n')
          .map((line, index) => ({ line, at: `${file}:${index + 1}` }))
          .filter(({ line }) =>
            /(?::|\bas) any\b|@ts-(?:ignore|nocheck)|\bTODO\b|\bFIXME\b|\b(?:it|test|describe)\.(?:only|todo|skip)\b/.test(
              prose.test(line) ? line.replaceAll(/(?::|\bas) any\b/g, '') : line,
            ),
          )
          .map(({ at }) => at),
      );
    expect(found).toEqual([]);
    expect(product.filter((file) => !file.endsWith('.config.ts') && /^export default/m.test(text(file)))).toEqual([]);
  });
});
