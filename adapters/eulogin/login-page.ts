/** A person whom one can sign in as, at the provider of the local mode. */
export interface SamplePerson {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

/**
 * The provider's page as HTML: one button for each person and strength. `action` is the address that the choice is posted to, with
 * `person` and `factor` ('one' or 'two'), or `factor` 'none' to turn back. It says plainly that nothing about it is real.
 */
export function loginPage(people: readonly SamplePerson[], action: string): string {
  const rows = people.map(
    (person) => `<li><form method="post" action="${escaped(action)}">
<input type="hidden" name="person" value="${escaped(person.id)}">
<p><strong>${escaped(person.name)}</strong><br><small>${escaped(person.email)}</small></p>
<button name="factor" value="two">Sign in with a second factor</button>
<button name="factor" value="one" class="quiet">with a password only</button>
</form></li>`,
  );
  return page(
    'Sample sign-in',
    `<p class="sign">Fictitious: this is not EU Login. It runs on this computer only, the people do not exist, and no password is asked for.</p>
<h1>Who are you?</h1>
<ul>${rows.join('\n')}</ul>
<form method="post" action="${escaped(action)}"><button name="factor" value="none" class="quiet">Turn back without signing in</button></form>`,
  );
}

/** A page with one sentence, for what cannot go on here. */
export function sentencePage(sentence: string): string {
  return page('Sample sign-in', `<h1>Sample sign-in</h1><p>${escaped(sentence)}</p>`);
}

function page(title: string, main: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${style}</style></head>
<body><main>${main}</main></body></html>
`;
}

const style = `:root{color-scheme:light dark;font:16px/1.5 "Segoe UI",system-ui,sans-serif}
body{margin:0;background:light-dark(#f5f5f5,#1f1f1f);color:light-dark(#242424,#fff)}
main{max-width:34rem;margin:2rem auto;padding:0 1rem}
.sign{border:2px dashed currentColor;border-radius:6px;padding:.75rem 1rem}
h1{font-size:1.4rem}ul{list-style:none;padding:0;display:grid;gap:.75rem}
li{background:light-dark(#fff,#292929);border-radius:6px;padding:.75rem 1rem;box-shadow:0 1px 3px #0003}
p{margin:0 0 .5rem}button{font:inherit;padding:.35rem .9rem;margin:0 .5rem .25rem 0;border-radius:4px;border:1px solid #0f6c6c;background:#0f6c6c;color:#fff;cursor:pointer}
button.quiet{background:none;color:inherit;border-color:currentColor}
button:focus-visible{outline:3px solid light-dark(#000,#fff);outline-offset:2px}`;

function escaped(text: string): string {
  const signs: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (sign) => signs[sign] ?? '');
}
