import { makeMasterKey } from '../storage/keys.ts';

process.stdout.write(`${makeMasterKey()}\n`);
