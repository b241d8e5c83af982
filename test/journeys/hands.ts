import type { SlackPerson } from '../slack/driver.ts';
import type { TeamsPerson } from '../teams/person.ts';
import type { Hands } from './way.ts';

/** Somebody in Slack, as the journey's hands. */
export function slackHands(person: SlackPerson): Hands {
  return {
    says: async (text) => void (await person.dm(text)),
    presses: (label) => patiently(async () => void (await person.press(label))),
    fills: async (values) => {
      await person.fill(values);
      await person.submit();
      if (Object.keys(person.errors()).length > 0) throw new Error(`Refused: ${JSON.stringify(person.errors())}`);
    },
    sees: () => person.seen(),
    link: (label) => person.link(label),
  };
}

/** Somebody in Teams, as the journey's hands. */
export function teamsHands(person: TeamsPerson): Hands {
  return {
    says: async (text) => void (await person.says(text)),
    presses: (label) => patiently(async () => void (await person.presses(label))),
    fills: async (values) => {
      await person.fills(values);
      await person.submits();
    },
    sees: async () => person.sees(),
    link: async (label) => person.link(label),
  };
}

/** Makes a chat identity that of a person of the directory: by the code that is mailed to the address there. */
async function verifies(
  hands: Hands,
  address: string,
  mailedCode: (address: string) => Promise<string>,
): Promise<void> {
  await hands.says(`verify ${address}`);
  await hands.says(`code ${await mailedCode(address)}`);
}

/** The directory's people make themselves known: the helpdesk by the operator's code, the others by a code that is mailed to them. */
export async function introduce(
  cast: Readonly<Record<'lead' | 'helpdesk' | 'administrator' | 'expert', Hands>>,
  stage: { readonly helpdeskCode: string; readonly mailedCode: (address: string) => Promise<string> },
): Promise<void> {
  await cast.helpdesk.says(`code ${stage.helpdeskCode}`);
  await verifies(cast.lead, 'lotte.leadsma@saint-example.example', stage.mailedCode);
  await verifies(cast.administrator, 'aline.admin@saint-example.example', stage.mailedCode);
  await verifies(cast.expert, 'erik.expert@hopital-modele.example', stage.mailedCode);
}

/** What is sent to somebody arrives a moment later: a button that is not there yet is looked for again, for ten seconds. */
async function patiently(press: () => Promise<void>): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await press();
    } catch (error) {
      if (tries >= 100 || !/no button|no visible/i.test(String(error))) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
