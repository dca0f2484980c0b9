// `npm start`: the whole product on this machine.
import { runProgram } from './run.mjs';

runProgram('main.js', process.argv.slice(2));
