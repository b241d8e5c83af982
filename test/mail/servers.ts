import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../ports.ts';

/** A real Exim that delivers into a real Dovecot, on loopback, both from Debian. They need root, as in a machine's own set-up. */
export interface MailServers {
  readonly smtpPort: number;
  readonly imapPort: number;
  readonly folder: string;
  /** Opens a mailbox, before anything is sent there. */
  box(address: string): void;
  /** Lays a mail into a mailbox as it is. */
  lay(address: string, mail: string | Buffer): void;
  /** Ends Dovecot; it starts again with `startImap`. */
  stopImap(): Promise<void>;
  startImap(): Promise<void>;
  /** The mailbox is restored from a copy: the same mails under other numbers, with another UIDVALIDITY. */
  numberAnew(address: string): void;
  /** Raw mails of a mailbox, in no order that counts. */
  mails(address: string): string[];
  close(): Promise<void>;
}

export const password = 'secret';
/** From this address mails of a domain come, for Exim to vouch for; anybody else's are forged. */
const hostOfNetwork = '127.0.0.1';
export const hostOfHospital = '127.0.0.2';
export const hostOfStranger = '127.0.0.3';
export const networkDomain = 'network.example';
export const hospitalDomain = 'hospital.example';
export const authservId = 'mx.network.example';

const user = 'Debian-exim';

/** `away` is an address that answers every mail automatically. What no box has been opened for bounces. */
export async function startMailServers(away = 'away'): Promise<MailServers> {
  const folder = mkdtempSync(join(tmpdir(), 'mail-servers-'));
  chmodSync(folder, 0o755);
  for (const name of ['spool', 'log', 'mail']) mkdirSync(join(folder, name));
  const [smtpPort, imapPort] = [await freePort(), await freePort()];
  writeFileSync(join(folder, 'exim.conf'), exim(folder, away));
  writeFileSync(join(folder, 'senders'), `${networkDomain}: ${hostOfNetwork}\n${hospitalDomain}: ${hostOfHospital}\n`);
  writeFileSync(join(folder, 'dovecot.conf'), dovecot(folder, imapPort));
  owned(folder, 'spool', 'log', 'mail');
  const running: ChildProcess[] = [
    spawn('/usr/sbin/exim4', ['-C', join(folder, 'exim.conf'), '-bdf', '-q5s', '-oX', String(smtpPort)], {
      stdio: 'ignore',
    }),
    startDovecot(folder),
  ];
  const failed = new Promise<never>((_, reject) => {
    for (const child of running) child.once('error', reject);
  });
  let laid = 0;
  const boxOf = (address: string) => join(folder, 'mail', address);
  await Promise.race([Promise.all([listening(smtpPort), listening(imapPort)]), failed]).catch((error: unknown) => {
    for (const child of running) child.kill();
    throw error;
  });
  return {
    smtpPort,
    imapPort,
    folder,
    box: (address) => {
      for (const name of ['cur', 'new', 'tmp']) mkdirSync(join(boxOf(address), name), { recursive: true });
      owned(folder, join('mail', address));
    },
    lay: (address, mail) => {
      laid += 1;
      const name = `${Math.floor(Date.now() / 1000)}.L${String(laid).padStart(4, '0')}.laid`;
      writeFileSync(join(boxOf(address), 'tmp', name), mail);
      owned(folder, join('mail', address, 'tmp', name));
      renameSync(join(boxOf(address), 'tmp', name), join(boxOf(address), 'new', name));
    },
    async stopImap() {
      const dovecot = running.pop();
      const ended = new Promise((resolve) => dovecot?.once('exit', resolve));
      dovecot?.kill();
      await ended;
    },
    async startImap() {
      running.push(startDovecot(folder));
      await listening(imapPort);
    },
    numberAnew: (address) => {
      for (const name of readdirSync(boxOf(address)).filter((file) => file.startsWith('dovecot')))
        rmSync(join(boxOf(address), name));
    },
    mails: (address) =>
      ['new', 'cur'].flatMap((name) =>
        readdirSync(join(boxOf(address), name)).map((file) => readFileSync(join(boxOf(address), name, file), 'latin1')),
      ),
    async close() {
      const ended = running.map((child) =>
        child.exitCode === null ? new Promise((resolve) => child.once('exit', resolve)) : Promise.resolve(),
      );
      for (const child of running) child.kill();
      await Promise.all(ended);
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

const startDovecot = (folder: string) =>
  spawn('/usr/sbin/dovecot', ['-F', '-c', join(folder, 'dovecot.conf')], { stdio: 'ignore' });

function owned(folder: string, ...names: readonly string[]): void {
  execFileSync('chown', ['-R', `${user}:${user}`, ...names.map((name) => join(folder, name))]);
}

/** Waits until somebody listens. Throws where nobody does within ten seconds, with what is to be installed. */
export async function listening(port: number, who = 'exim4-daemon-light and dovecot-imapd'): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const there = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('connect', () => {
        socket.destroy();
        resolve(true);
      });
      socket.once('error', () => resolve(false));
    });
    if (there) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`Nobody listens on ${port}: is ${who} installed, and is this root?`);
}

/** Vouches for a sender whose mail comes from its domain's own host, as SPF does without the name servers of a test. */
const exim = (folder: string, away: string) => `
primary_hostname = ${authservId}
exim_user = ${user}
exim_group = ${user}
spool_directory = ${folder}/spool
log_file_path = ${folder}/log/%slog
pid_file_path = ${folder}/spool/exim.pid
keep_environment =
add_environment = PATH=/usr/bin:/bin
tls_advertise_hosts =
host_lookup =
local_interfaces = 127.0.0.1
smtp_accept_max = 100
smtp_accept_queue_per_connection = 10000
smtp_accept_max_per_connection = 100000
recipients_max = 1000
domainlist local_domains = ${networkDomain} : ${hospitalDomain}
qualify_domain = ${networkDomain}
acl_smtp_rcpt = check_rcpt
acl_smtp_data = check_data
acl_not_smtp = check_own
begin acl
check_rcpt:
  deny local_parts = refused
  accept domains = +local_domains
  deny
check_data:
  warn add_header = :at_start:Authentication-Results: ${authservId}; \${if eq{$sender_host_address}{\${lookup{$sender_address_domain}lsearch{${folder}/senders}{$value}{-}}}{spf=pass}{spf=fail}} smtp.mailfrom=$sender_address
  accept
check_own:
  warn add_header = :at_start:Authentication-Results: ${authservId}; dmarc=pass header.from=\${domain:$h_From:}
  accept
begin routers
away:
  driver = accept
  local_parts = ${away}
  senders = !:
  transport = absence
  unseen
box:
  driver = accept
  condition = \${lookup{\${lc:$local_part@$domain}}dsearch,filter=dir{${folder}/mail}{yes}{no}}
  transport = maildir
begin transports
maildir:
  driver = appendfile
  directory = ${folder}/mail/\${lookup{\${lc:$local_part@$domain}}dsearch,filter=dir{${folder}/mail}{$value}fail}
  maildir_format
  create_directory = false
  user = ${user}
  group = ${user}
absence:
  driver = autoreply
  from = $local_part@$domain
  to = $sender_address
  subject = Automatic reply
  text = I am away until Monday.
  user = ${user}
`;

const dovecot = (folder: string, port: number) => `
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/dovecot.log
protocols = imap
ssl = no
disable_plaintext_auth = no
listen = 127.0.0.1
mail_location = maildir:${folder}/mail/%u
first_valid_uid = 1
service imap-login {
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
passdb {
  driver = static
  args = password=${password}
}
userdb {
  driver = static
  args = uid=${user} gid=${user} home=${folder}/mail/%u
}
`;
