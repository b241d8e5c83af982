import { startDemo } from './demo.ts';
import { tokens } from './demo-pages.ts';

const { address } = await startDemo({ port: Number(process.env.PORT ?? 3990) });
process.stdout.write(`${address}/\n${address}/u/${tokens.upload}\n${address}/d/${tokens.decision}\n`);
