import { keepsItsPromises, keepsReceipts } from '../support/channel-kit.ts';
import { httpBench } from '../support/http-bench.ts';

keepsItsPromises('a gateway over HTTP', httpBench);
keepsReceipts('a gateway over HTTP', httpBench);
