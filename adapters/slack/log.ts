import { type Logger as BoltLogger, LogLevel } from '@slack/bolt';
import type { Logger } from 'pino';

/**
 * Bolt's logger on top of ours. Its debug lines hold whole payloads and are dropped; of the rest only warnings and errors are kept, cut
 * short, and of an error object the name and code: no message, no body.
 */
export function boltLogger(log: Logger): BoltLogger {
  const line = (part: unknown): string => {
    if (typeof part === 'string') return part.slice(0, 200);
    if (part instanceof Error) return 'code' in part ? `${part.name} ${String(part.code)}` : part.name;
    return '';
  };
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: (...parts: unknown[]) => log.warn({ from: 'bolt' }, parts.map(line).join(' ')),
    error: (...parts: unknown[]) => log.error({ from: 'bolt' }, parts.map(line).join(' ')),
    setLevel: () => undefined,
    getLevel: () => LogLevel.WARN,
    setName: () => undefined,
  };
}
