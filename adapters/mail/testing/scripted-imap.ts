import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

/** An IMAP server that does as it is told: as much of RFC 9051 as looking into one folder needs, and what goes wrong there. */
export interface ScriptedImap {
  readonly url: string;
  /** The folder; changed by the test between two commands. */
  validity: number;
  readonly mails: Map<number, string>;
  /** When mails arrived. */
  arrived: Date;
  password: string;
  folderGone: boolean;
  /** It takes commands and says nothing to them any more. */
  silent: boolean;
  /** Called before a mail's text is sent; what it gives is sent in its place, and 'cut' sends half of it and ends the connection. */
  onFetch: (uid: number) => 'whole' | 'cut';
  /** Every command line, without its tag. */
  readonly commands: string[];
  readonly connections: number;
  /** Puts a mail into the folder and tells whoever idles. */
  arrive(mail: string): number;
  /** Ends every connection, as a restart does. */
  cutAll(): void;
  close(): Promise<void>;
}

export async function startScriptedImap(): Promise<ScriptedImap> {
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    serve(socket, imap);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const imap: ScriptedImap = {
    url: `imap://desk:secret@127.0.0.1:${(server.address() as AddressInfo).port}`,
    validity: 1,
    mails: new Map(),
    arrived: new Date('2026-11-22T09:00:00Z'),
    password: 'secret',
    folderGone: false,
    silent: false,
    onFetch: () => 'whole',
    commands: [],
    get connections() {
      return connections;
    },
    arrive(mail) {
      const uid = Math.max(0, ...imap.mails.keys()) + 1;
      imap.mails.set(uid, mail);
      if (!imap.silent) for (const socket of sockets) socket.write(`* ${imap.mails.size} EXISTS\r\n`);
      return uid;
    },
    cutAll() {
      for (const socket of sockets) socket.destroy();
    },
    async close() {
      imap.cutAll();
      server.close();
      await once(server, 'close');
    },
  };
  return imap;
}

function serve(socket: Socket, imap: ScriptedImap): void {
  let text = '';
  let idling: string | undefined;
  const say = (line: string) => {
    if (!imap.silent) socket.write(`${line}\r\n`);
  };
  say('* OK [CAPABILITY IMAP4rev1 IDLE] ready');
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
    for (let end = text.indexOf('\r\n'); end >= 0; end = text.indexOf('\r\n')) {
      const line = text.slice(0, end);
      text = text.slice(end + 2);
      if (line.toUpperCase() === 'DONE') {
        if (idling) say(`${idling} OK done`);
        idling = undefined;
        continue;
      }
      const [tag = '', ...rest] = line.split(' ');
      const command = rest.join(' ');
      imap.commands.push(command.replace(/^(LOGIN) .*/i, '$1'));
      if (/^IDLE/i.test(command)) {
        idling = tag;
        say('+ idling');
      } else answer(socket, imap, tag, command, say);
    }
  });
}

function answer(socket: Socket, imap: ScriptedImap, tag: string, command: string, say: (line: string) => void): void {
  const uids = [...imap.mails.keys()].toSorted((a, b) => a - b);
  const done = () => say(`${tag} OK done`);
  if (/^LOGIN/i.test(command))
    return say(
      command.includes(imap.password)
        ? `${tag} OK [CAPABILITY IMAP4rev1 IDLE] in`
        : `${tag} NO [AUTHENTICATIONFAILED] no`,
    );
  if (/^(?:CAPABILITY)/i.test(command)) {
    say('* CAPABILITY IMAP4rev1 IDLE');
    return done();
  }
  if (/^LIST/i.test(command)) {
    say('* LIST (\\HasNoChildren) "/" "INBOX"');
    return done();
  }
  if (/^(?:EXAMINE|SELECT)/i.test(command)) {
    if (imap.folderGone) return say(`${tag} NO [NONEXISTENT] no such mailbox`);
    say('* FLAGS (\\Seen)');
    say(`* ${uids.length} EXISTS`);
    say(`* OK [UIDVALIDITY ${imap.validity}] valid`);
    say(`* OK [UIDNEXT ${(uids.at(-1) ?? 0) + 1}] next`);
    return say(`${tag} OK [READ-ONLY] open`);
  }
  const [, from] = /^UID SEARCH .*UID (\d+):\*/i.exec(command) ?? [];
  const [, since] = /^UID SEARCH .*SINCE "?([\w-]+)/i.exec(command) ?? [];
  if (from !== undefined || since !== undefined) {
    const found = uids.filter((uid) =>
      from === undefined
        ? imap.arrived.getTime() >= Date.parse(since ?? '')
        : uid >= Number(from) || uid === uids.at(-1),
    );
    say(`* SEARCH${found.map((uid) => ` ${uid}`).join('')}`);
    return done();
  }
  const [, wanted] = /^UID FETCH (\d+)/i.exec(command) ?? [];
  if (wanted !== undefined) {
    const uid = Number(wanted);
    const mail = imap.mails.get(uid);
    const number = uids.indexOf(uid) + 1;
    if (mail === undefined) return done();
    if (!/BODY/i.test(command)) {
      const date = imap.arrived.toUTCString().replace(/^\w+, (\d+) (\w+) (\d+) ([\d:]+) GMT$/, '$1-$2-$3 $4 +0000');
      say(`* ${number} FETCH (UID ${uid} RFC822.SIZE ${Buffer.byteLength(mail)} INTERNALDATE "${date}")`);
      return done();
    }
    if (imap.onFetch(uid) === 'cut') {
      socket.write(
        `* ${number} FETCH (UID ${uid} BODY[] {${Buffer.byteLength(mail)}}\r\n${mail.slice(0, mail.length / 2)}`,
      );
      socket.destroySoon();
      return;
    }
    say(`* ${number} FETCH (UID ${uid} BODY[] {${Buffer.byteLength(mail)}}\r\n${mail})`);
    return done();
  }
  done();
}
