// Prints the processor seconds of the fastest of several plain parses. Arguments: the folder of `edifact`, an interchange.

'use strict';

const fs = require('fs');

const { Parser } = require(process.argv[2]);
const text = fs.readFileSync(process.argv[3], 'latin1');

let best = Infinity;
for (let run = 0; run < 5; run += 1) {
  const segments = [];
  let elements = [];
  let components = [];
  const parser = new Parser();
  parser.onopensegment = (tag) => {
    elements = [];
    segments.push({ tag, elements });
  };
  parser.onelement = () => {
    components = [];
    elements.push(components);
  };
  parser.oncomponent = (value) => components.push(value);
  const start = process.cpuUsage();
  parser.write(text);
  parser.end();
  const used = process.cpuUsage(start);
  if (segments.length !== text.split("'").length - 1 - (text.startsWith('UNA') ? 1 : 0)) {
    throw new Error(`${segments.length} segments were found, which is not how many there are`);
  }
  best = Math.min(best, (used.user + used.system) / 1e6);
}
console.log(best);
