import type { Answer, Interaction, What } from '../../bot/interaction.ts';
import type { ActButton, Button, Card, Field, Form, Values } from '../../bot/view.ts';
import type { Random } from '../../domain/seeded.ts';

/** Somebody in a private chat who does what their screen offers: presses, fills in, types. */
export interface Actor {
  readonly user: string;
  /** The next thing that they do, under a new key. */
  next(): Interaction;
  /** What they see afterwards. */
  sees(answer: Answer): void;
  /** Something was posted to them. */
  hears(card: Card): void;
}

export interface Knowledge {
  /** The newest code that was mailed to the address. */
  readonly code: (address: string) => string | undefined;
  /** People who can be invited. */
  readonly experts: readonly string[];
  readonly random: Random;
  /** A word that was never used before: what is found twice was done twice. */
  readonly word: () => string;
}

/** What is pressed seldom: it ends things, or leads round in circles. */
const seldom =
  /withdraw|decline|cancel|close|reject|suspend|error|erase|leave|forget|refer|hand-over|register\.form|verify\.|urgency|record$|resolve|reopen|support|factors|help|(?<!desk\.)show|decide\.decline/;
/** What brings somebody on their way. */
const onward = ({ action, ref }: ActButton) =>
  /^(desk\.(take|pass-on)|register\.(account|factor|notified|submitted)|administrator\.approved|decide\.authorise|case\.(open|enrol)|consent\.record|scheduling\.plan|meeting\.ask)/.test(
    action,
  ) ||
  (action === 'desk.show' && /^[RQ]-/.test(ref ?? ''));
const members = ['register', 'register', 'case', 'case', 'meeting', 'status', 'consent', 'support'];
const deskWords = ['queue', 'queue', 'schedule', 'status'];

/** One of the helpdesk, a lead, an administrator or an expert of the sample directory, or a clinician who is nobody yet. */
export function actor(user: string, role: 'clinician' | 'desk' | 'other', knows: Knowledge): Actor {
  const { random } = knows;
  const email = `${user}@saint-example.example`;
  const pick = <T>(from: readonly T[]): T | undefined => from[Math.floor(random() * from.length)];
  let form: Form | undefined;
  let buttons: ActButton[] = [];
  let asked = 0;
  let number = 0;
  let lastCode: string | undefined;

  const add = (more: readonly ActButton[]) => {
    buttons = [...buttons, ...more].slice(-14);
  };
  const valueOf = (field: Field, of: Form): Values[string] => {
    switch (field.kind) {
      case 'check':
        return true;
      case 'date':
        return new Date().toISOString().slice(0, 10);
      case 'datetime': {
        if (field.optional) return undefined;
        const day = 3 + Math.floor(random() * 20);
        return `${new Date(Date.now() + day * 86_400_000).toISOString().slice(0, 10)}T1${Math.floor(random() * 10)}:00`;
      }
      case 'choice': {
        // Of the answers about consent, the one that lets the case go on.
        const usual = field.options.find(({ value }) =>
          ['given', 'patient', 'routine', 'clinician', '0'].includes(value),
        );
        return (random() < 0.8 ? usual : undefined)?.value ?? pick(field.options)?.value;
      }
      case 'choices':
        return field.options.slice(0, 1).map(({ value }) => value);
      case 'search': {
        if (field.value && field.value.length > 0) return field.value.map(({ value }) => value);
        if (field.source === 'hcp') return ['EXB-1'];
        if (field.source === 'group') return ['HTAD'];
        if (field.source === 'expert') return field.several ? knows.experts.slice(0, 2) : knows.experts.slice(0, 1);
        const about = /C-[0-9A-Z]{8}/.exec(JSON.stringify([of.ref, buttons]))?.[0];
        return about ? [about] : [];
      }
      case 'email':
        return email;
      case 'url':
        return 'https://meet.example/room';
      default:
        if (field.name === 'name') return `Doctor ${knows.word()}`;
        if (field.name === 'majority') return '';
        if (field.name === 'code') return knows.code(email) ?? '';
        if (field.name === 'version') return '3.0';
        return `remark ${knows.word()}`;
    }
  };
  const filled = (of: Form): What => ({
    kind: 'submit',
    form: of.form,
    ...(of.ref === undefined ? {} : { ref: of.ref }),
    values: Object.fromEntries(of.fields.map((field) => [field.name, valueOf(field, of)])),
  });

  const chosen = (): What => {
    if (form && random() < 0.95) {
      const of = form;
      form = undefined;
      return filled(of);
    }
    const code = role === 'clinician' ? knows.code(email) : undefined;
    if (code !== undefined && code !== lastCode) {
      lastCode = code;
      return { kind: 'text', text: `code ${code}` };
    }
    const ticket = /T-[0-9A-Z]{8}/.exec(JSON.stringify(buttons))?.[0];
    if (role === 'desk' && ticket && random() < 0.3)
      return {
        kind: 'command',
        text: `${random() < 0.5 ? 'note' : 'reply'} ${ticket} remark ${knows.word()}`,
        desk: true,
      };
    const first = buttons.filter(
      ({ style, action }) => style === 'primary' && !/reopen|factors|status\.show/.test(action),
    );
    const likely = buttons.filter(({ action, style }) => style !== 'danger' && !seldom.test(action));
    const luck = random();
    let button: ActButton | undefined;
    if (luck < 0.05) button = pick(buttons);
    else if (luck < 0.45) button = buttons.findLast(onward) ?? first.at(-1);
    else if (luck < 0.6) button = first.at(-1) ?? likely.at(-1);
    else if (luck < 0.8) button = pick(likely);
    if (button) {
      buttons = buttons.filter((one) => one !== button);
      return { kind: 'press', action: button.action, ...(button.ref === undefined ? {} : { ref: button.ref }) };
    }
    asked += 1;
    if (role === 'clinician' && asked % 6 === 0) return { kind: 'press', action: 'support.ask', ref: 'other' };
    return {
      kind: 'command',
      text: pick(role === 'desk' ? deskWords : role === 'other' ? ['status'] : members) ?? '',
      desk: false,
    };
  };

  return {
    user,
    next() {
      number += 1;
      return {
        key: `${user}:${number}`,
        who: { identity: { platform: 'web', tenant: 'local', user }, name: user, language: 'en', zone: 'Europe/Paris' },
        where: { kind: 'private' },
        what: chosen(),
      };
    },
    sees(answer) {
      form = answer.errors ? undefined : answer.form;
      add((answer.cards ?? []).flatMap(buttonsOf));
    },
    hears: (card) => add(buttonsOf(card)),
  };
}

function buttonsOf(card: Card): ActButton[] {
  const all: readonly Button[] = [
    ...card.body.flatMap((block) => (block.kind === 'list' ? block.items.flatMap((item) => item.buttons ?? []) : [])),
    ...(card.buttons ?? []),
  ];
  return all.filter((button): button is ActButton => 'action' in button);
}

/** Words of letters alone, never the same twice, that look like nothing that could identify anybody. */
export function words(): () => string {
  let count = 0;
  return () => {
    count += 1;
    const digits = count.toString(20).padStart(4, '0');
    return `zu${digits
      .split('')
      .map((digit) => 'bcdfghjklmnpqrstvwxy'[Number.parseInt(digit, 20)])
      .join('a')}a`;
  };
}
